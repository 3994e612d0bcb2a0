import { answer, problem } from "@/app/api/answer";
import { stowage } from "@/lib/server/next";

/** `GET /api/complete?kind=pods&in=prod&column=node&text=wor` → `{values: [[value, rows], …]}`, most first, in the person's scope. */
export async function GET(request: Request): Promise<Response> {
  return answer(request, async (person) => {
    const { searchParams } = new URL(request.url);
    const kind = searchParams.get("kind");
    const column = searchParams.get("column");
    if (!kind || !column) return problem({ code: "bad-request", detail: "kind and column are needed" });
    const sources = searchParams.getAll("in").flatMap((value) => value.split(",").filter((word) => word !== ""));
    const text = (searchParams.get("text") ?? "").slice(0, 253);
    return { values: await stowage().complete(person, { kind, in: sources, column, text }) };
  });
}
