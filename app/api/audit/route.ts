import { z } from "zod";

import { answer, problem } from "@/app/api/answer";
import { auditQuestionSchema } from "@/lib/protocol/audit";
import { stowage } from "@/lib/server/next";

const formatSchema = z.enum(["json", "csv", "jsonl"]).default("json");

const types = { csv: "text/csv; charset=utf-8; header=present", jsonl: "application/x-ndjson; charset=utf-8" };

/**
 * `GET /api/audit?person=…&verb=…&source=…&kind=…&path=…&outcome=…&from=…&to=…&q=…&count=100&before=ID` → `{rows, next, sees}`,
 * newest first. `format=csv` and `format=jsonl` give everything that fits, as a file that is streamed.
 */
export async function GET(request: Request): Promise<Response> {
  return answer(request, async (person) => {
    const given = Object.fromEntries([...new URL(request.url).searchParams].filter(([, value]) => value !== ""));
    const format = formatSchema.safeParse(given["format"]);
    const question = auditQuestionSchema.safeParse(given);
    if (!format.success || !question.success)
      return problem({ code: "bad-request", detail: z.prettifyError((format.error ?? question.error) as z.ZodError) });
    if (format.data === "json") return await stowage().audit.page(person, question.data);
    const name = `stowage-audit-${new Date().toISOString().slice(0, 10)}.${format.data}`;
    return new Response(streamOf(stowage().audit.export(person, question.data, format.data)), {
      headers: {
        "content-type": types[format.data],
        "content-disposition": `attachment; filename="${name}"`,
        "cache-control": "no-store",
      },
    });
  });
}

/** Reads on when what there is was taken. An error breaks the file off, so that nobody takes a part for the whole. */
function streamOf(pieces: AsyncIterable<string>): ReadableStream<Uint8Array> {
  const iterator = pieces[Symbol.asyncIterator]();
  const encoder = new TextEncoder();
  return new ReadableStream({
    async pull(controller) {
      try {
        const { value, done } = await iterator.next();
        if (done) controller.close();
        else controller.enqueue(encoder.encode(value));
      } catch (thrown) {
        stowage().tell(thrown);
        controller.error(thrown);
      }
    },
    async cancel() {
      await iterator.return?.();
    },
  });
}
