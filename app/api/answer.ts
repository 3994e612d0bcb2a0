import type { WireError } from "@/lib/protocol/error";
import { httpStatus } from "@/lib/protocol/http-status";
import type { Person } from "@/lib/server/next";
import { stowage } from "@/lib/server/next";

import { askerOf } from "../visitor";

/**
 * Answers one request of the API: finds out who asks, lets `work` do it, and tells errors as `{error: {code, detail}}` with the
 * status of their code. Errors are told by code; what has none is `internal` and only the log knows more.
 */
export async function answer(request: Request, work: (person: Person) => Promise<unknown>): Promise<Response> {
  try {
    const person = await stowage().person(askerOf(request.headers));
    if (!person) return problem({ code: "signed-out" });
    const said = await work(person);
    return said instanceof Response ? said : Response.json(said, { headers: noStore });
  } catch (thrown) {
    return problem(stowage().tell(thrown));
  }
}

export function problem(error: WireError): Response {
  return Response.json({ error }, { status: httpStatus[error.code], headers: noStore });
}

const noStore = { "cache-control": "no-store" };
