import { answer, problem } from "@/app/api/answer";
import { stowage } from "@/lib/server/next";

/**
 * `GET /api/terminals?source=prod&namespace=shop&pod=web-1`, of an engine `?source=docker&container=web` → `{allowed}`: whether this
 * person may open terminals there.
 */
export async function GET(request: Request): Promise<Response> {
  return answer(request, async (person) => {
    const { searchParams } = new URL(request.url);
    const source = searchParams.get("source");
    const container = searchParams.get("container") ?? "";
    const namespace = searchParams.get("namespace") ?? "";
    const pod = searchParams.get("pod") ?? "";
    if (!source || (container === "" && (namespace === "" || pod === "")))
      return problem({ code: "bad-request", detail: "source, namespace and pod are needed, or source and container" });
    return { allowed: await stowage().mayOpenTerminal(person, { source, namespace, pod, container }) };
  });
}
