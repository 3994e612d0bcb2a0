import { answer, problem } from "@/app/api/answer";
import { stowage } from "@/lib/server/next";

/** `GET /api/schemas?source=prod&apiVersion=apps/v1&kind=Deployment` → what the cluster's OpenAPI document says about the kind. */
export async function GET(request: Request): Promise<Response> {
  return answer(request, async (person) => {
    const { searchParams } = new URL(request.url);
    const [source, apiVersion, kind] = ["source", "apiVersion", "kind"].map((name) => searchParams.get(name));
    if (!source || !apiVersion || !kind)
      return problem({ code: "bad-request", detail: "source, apiVersion and kind are needed" });
    return await stowage().actions.schema(person, { source, apiVersion, kind });
  });
}
