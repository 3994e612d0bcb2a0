import { answer, problem } from "@/app/api/answer";
import { readJson } from "@/app/api/read-json";
import { stowage } from "@/lib/server/next";

/** Longer than any component or incident. */
const maxBody = 256 * 1024;

/** `GET /api/status-admin`: what is behind the public page, as far as the person may see it. */
export async function GET(request: Request): Promise<Response> {
  return answer(request, async (person) => await stowage().status.look(person));
}

/** `POST /api/status-admin` with `{"verb": "incident-publish", "input": {…}}`, for operators; docs/status-page.md has the verbs. */
export async function POST(request: Request): Promise<Response> {
  return answer(request, async (person) => {
    const { body, error } = await readJson(request, maxBody);
    return error ? problem(error) : await stowage().status.act(person, body);
  });
}
