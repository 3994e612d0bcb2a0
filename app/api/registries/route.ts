import { answer } from "@/app/api/answer";
import { stowage } from "@/lib/server/next";

/** How long registries are waited for, in ms. Those that have not answered then are `asking`. */
const waitMs = 25_000;

/** `GET /api/registries` → `{registries, asksOthers}`: the registries that may be asked, and how each stands. */
export async function GET(request: Request): Promise<Response> {
  return answer(request, async (person) => await stowage().registries.list(person, waitMs, request.signal));
}
