import { answer, problem } from "@/app/api/answer";
import { stowage } from "@/lib/server/next";

/** `GET /api/actions/revisions?source=prod&path=shop/web` → `{revisions}` of a deployment, newest first. */
export async function GET(request: Request): Promise<Response> {
  return answer(request, async (person) => {
    const { searchParams } = new URL(request.url);
    const source = searchParams.get("source");
    const path = searchParams.get("path");
    if (!source || !path) return problem({ code: "bad-request", detail: "source and path are needed" });
    return { revisions: await stowage().actions.revisions(person, { kind: "deployments.apps", source, path }) };
  });
}
