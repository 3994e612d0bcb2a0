import { answer } from "@/app/api/answer";
import { stowage } from "@/lib/server/next";

type Context = { params: Promise<{ host: string }> };

/**
 * `GET /api/registries/{host}` → `{registry, repositories, next, listed, error}`. `?after=` is the `next` of the part before; `?q=`
 * looks for words, in Docker Hub by its own search.
 */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  return answer(request, async (person) => {
    const host = decodeURIComponent((await params).host);
    const asked = new URL(request.url).searchParams;
    const question = { host, words: asked.get("q") ?? "", after: asked.get("after") };
    return await stowage().registries.repositories(person, question, request.signal);
  });
}
