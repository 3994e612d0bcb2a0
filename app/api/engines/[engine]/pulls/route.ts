import { answer, problem } from "@/app/api/answer";
import type { PullsAnswer } from "@/lib/protocol/pull";
import { stowage } from "@/lib/server/next";

type Context = { params: Promise<{ engine: string }> };

/** `GET /api/engines/{engine}/pulls` → `{pulls}`: images that it pulls or lately pulled, newest first, with how far each layer is. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  return answer(request, async (person): Promise<PullsAnswer> => {
    const { engine } = await params;
    return { pulls: stowage().actions.pulls(person, decodeURIComponent(engine)) };
  });
}

/** `DELETE /api/engines/{engine}/pulls?id=ID` stops one. */
export async function DELETE(request: Request, { params }: Context): Promise<Response> {
  return answer(request, async (person) => {
    const { engine } = await params;
    const id = new URL(request.url).searchParams.get("id");
    if (!id) return problem({ code: "bad-request", detail: "id is needed" });
    stowage().actions.cancelPull(person, decodeURIComponent(engine), id);
    return new Response(null, { status: 204 });
  });
}
