import { answer, problem } from "@/app/api/answer";
import { parseMachine } from "@/lib/protocol/stack";
import { stowage } from "@/lib/server/next";

/**
 * `GET /api/stack` → `{machines}`: what there is to draw. `GET /api/stack?on=docker` or `?on=prod/worker-3` → `{version, stack}`, that
 * machine as it is built; with `If-None-Match: "VERSION"` 304 while it is the same.
 */
export async function GET(request: Request): Promise<Response> {
  return answer(request, async (person) => {
    const on = new URL(request.url).searchParams.get("on");
    if (on === null) return { machines: await stowage().stack.machines(person) };
    const machine = parseMachine(on);
    if (!machine) return problem({ code: "bad-request", detail: "on is a source, or source/node" });
    const said = await stowage().stack.read(person, machine);
    const headers = { etag: `"${said.version}"`, "cache-control": "no-store" };
    if (request.headers.get("if-none-match") === headers.etag) return new Response(null, { status: 304, headers });
    return Response.json(said, { headers });
  });
}
