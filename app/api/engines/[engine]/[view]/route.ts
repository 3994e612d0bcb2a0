import { answer, problem } from "@/app/api/answer";
import { engineViewSchema } from "@/lib/protocol/engine";
import { stowage } from "@/lib/server/next";

type Context = { params: Promise<{ engine: string; view: string }> };

/** `GET /api/engines/{engine}/{view}`, of one container with `?container=NAME`: the views of lib/protocol/engine.ts and nothing else. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  return answer(request, async (person) => {
    const { engine, view } = await params;
    const asked = engineViewSchema.safeParse(view);
    if (!asked.success) return problem({ code: "not-found", detail: view });
    const container = new URL(request.url).searchParams.get("container");
    const source = decodeURIComponent(engine);
    return await stowage().engines.view(person, { source, view: asked.data, container }, request.signal);
  });
}
