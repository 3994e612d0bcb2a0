import { z } from "zod";

import { answer, problem } from "@/app/api/answer";
import { querySchema } from "@/lib/protocol/query";
import { stowage } from "@/lib/server/next";

/** The most rows in one answer; scripts page by `start`. */
const maxCount = 5000;

const schema = querySchema.extend({
  start: z.coerce.number().int().min(0).default(0),
  count: z.coerce.number().int().min(0).max(maxCount).default(50),
});

/** `GET /api/query?kind=pods&in=prod&q=…&sort=-restarts&columns=…&start=0&count=50` → `{total, rows, sources}`. */
export async function GET(request: Request): Promise<Response> {
  return answer(request, async (person) => {
    const { searchParams } = new URL(request.url);
    const given = Object.fromEntries([...searchParams].filter(([name]) => name !== "in" && name !== "columns"));
    const parsed = schema.safeParse({
      ...given,
      in: words(searchParams, "in"),
      columns: words(searchParams, "columns"),
    });
    if (!parsed.success) return problem({ code: "bad-request", detail: z.prettifyError(parsed.error) });
    return await stowage().table(person, parsed.data);
  });
}

function words(params: URLSearchParams, name: string): string[] {
  return params.getAll(name).flatMap((value) => value.split(",").filter((word) => word !== ""));
}
