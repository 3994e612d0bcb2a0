import { z } from "zod";

import { answer, problem } from "@/app/api/answer";
import { readJson } from "@/app/api/read-json";
import { stopPullSchema } from "@/lib/protocol/action";
import type { PullsAnswer } from "@/lib/protocol/pull";
import { stowage } from "@/lib/server/next";

const maxBody = 4 * 1024;

type Context = { params: Promise<{ engine: string }> };

/** `GET /api/engines/{engine}/pulls` → `{pulls}`: images that it pulls or lately pulled, newest first, with how far each layer is. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  return answer(request, async (person): Promise<PullsAnswer> => {
    const { engine } = await params;
    return { pulls: stowage().actions.pulls(person, decodeURIComponent(engine)) };
  });
}

/** `POST /api/engines/{engine}/pulls` with `{"stop": ID}` stops one. */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  return answer(request, async (person) => {
    const { engine } = await params;
    const { body, error } = await readJson(request, maxBody);
    if (error) return problem(error);
    const asked = stopPullSchema.safeParse(body);
    if (!asked.success) return problem({ code: "bad-request", detail: z.prettifyError(asked.error) });
    stowage().actions.cancelPull(person, decodeURIComponent(engine), asked.data.stop);
    return new Response(null, { status: 204 });
  });
}
