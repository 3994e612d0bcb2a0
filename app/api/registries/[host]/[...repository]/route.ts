import { answer } from "@/app/api/answer";
import { stowage } from "@/lib/server/next";

type Context = { params: Promise<{ host: string; repository: string[] }> };

/**
 * `GET /api/registries/{host}/{repository}`, whose name has slashes in it:
 * - nothing else, or `?after=`: `{tags, next, …}`;
 * - `?digest-of=TAG`: `{digest}`, null where there is no such tag;
 * - `?ref=TAG-OR-DIGEST`, with `&platform=` and `&was=`: the image, ImageAnswer of lib/protocol/registry.ts;
 * - `?ref=…&layer=DIGEST`: a layer of it and who has it, LayerAnswer.
 *
 * `&pod=SOURCE/NAMESPACE/NAME` lets the pull secrets of a pod be used, as far as the person may read them.
 */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  return answer(request, async (person) => {
    const { host, repository } = await params;
    const asked = new URL(request.url).searchParams;
    const { registries } = stowage();
    const which = {
      host: decodeURIComponent(host),
      repository: repository.map(decodeURIComponent).join("/"),
      pod: asked.get("pod"),
    };
    const tag = asked.get("digest-of");
    if (tag !== null) return { digest: await registries.digest(person, { ...which, tag }, request.signal) };
    const reference = asked.get("ref");
    if (reference === null)
      return await registries.tags(person, { ...which, after: asked.get("after") }, request.signal);
    const [platform, layer] = [asked.get("platform"), asked.get("layer")];
    if (layer !== null) return await registries.layer(person, { ...which, reference, platform, layer }, request.signal);
    return await registries.image(person, { ...which, reference, platform, was: asked.get("was") }, request.signal);
  });
}
