import { answer, problem } from "@/app/api/answer";
import { readJson } from "@/app/api/read-json";
import type { ActionAnswer } from "@/lib/protocol/action-answer";
import { httpStatus } from "@/lib/protocol/http-status";
import { stowage } from "@/lib/server/next";

type Params = { params: Promise<{ verb: string }> };

/** YAML of 3 MiB twice, as JSON writes it down. */
const maxBody = 12 * 1024 * 1024;

/** `POST /api/actions/{verb}` does it, `?dryRun=true` tells how it would end. Each object's result stands by itself. */
export async function POST(request: Request, { params }: Params): Promise<Response> {
  const { verb } = await params;
  const dryRun = new URL(request.url).searchParams.get("dryRun");
  return answer(request, async (person) => {
    // Nobody who writes `dryRun=1` or `dryRun=True` means to do it.
    if (dryRun !== null && dryRun !== "true" && dryRun !== "false")
      return problem({ code: "bad-request", detail: "dryRun is true or false" });
    const { body, error } = await readJson(request, maxBody);
    if (error) return problem(error);
    const done = await stowage().actions.run(person, verb, body, { dryRun: dryRun === "true" });
    return Response.json(done, { status: statusOf(done), headers: { "cache-control": "no-store" } });
  });
}

/** 200 when all went well, 207 when some did, and where nothing did the status of the first that did not. */
function statusOf({ results }: ActionAnswer): number {
  const errors = results.flatMap(({ error }) => error ?? []);
  const [first] = errors;
  if (!first) return 200;
  return errors.length === results.length ? httpStatus[first.code] : 207;
}
