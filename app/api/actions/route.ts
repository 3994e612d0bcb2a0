import { answer, problem } from "@/app/api/answer";
import { stowage } from "@/lib/server/next";

/** `GET /api/actions?kind=pods&source=prod&path=shop/web-1&path=…` → `{objects: [{path, verbs: {delete: null, …}}]}`: what may be done. */
export async function GET(request: Request): Promise<Response> {
  return answer(request, async (person) => {
    const { searchParams } = new URL(request.url);
    const kind = searchParams.get("kind");
    const source = searchParams.get("source");
    const paths = searchParams.getAll("path");
    if (!kind || !source || paths.length === 0)
      return problem({ code: "bad-request", detail: "kind, source and path are needed" });
    return await stowage().actions.may(person, { kind, source, paths });
  });
}
