import { answer } from "@/app/api/answer";
import { stowage } from "@/lib/server/next";

type Params = { params: Promise<{ kind: string; source: string; path: string[] }> };

/** `GET /api/objects/{kind}/{source}/{…name}` → the object as JSON, or with `format=yaml` as text; `managedFields=true` keeps those. */
export async function GET(request: Request, { params }: Params): Promise<Response> {
  const { kind, source, path } = await params;
  // Parameters of a dynamic segment arrive as they stand in the address.
  const ref = { kind: decoded(kind), source: decoded(source), path: path.map(decoded).join("/") };
  const { searchParams } = new URL(request.url);
  return answer(request, async (person) => {
    if (searchParams.get("format") !== "yaml") return (await stowage().object(person, ref)).object;
    const text = await stowage().yaml(person, ref, { managedFields: searchParams.get("managedFields") === "true" });
    return new Response(text, {
      headers: { "content-type": "text/plain; charset=utf-8", "cache-control": "no-store" },
    });
  });
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
