import type { WireError } from "@/lib/protocol/error";
import { httpStatus } from "@/lib/protocol/http-status";
import type { Person } from "@/lib/server/next";
import { stowage } from "@/lib/server/next";

import { askerOf } from "../visitor";

/** Longer than any token: a body beyond it is not read. */
const maxBody = 64 * 1024;

/** The fields of a form by name; files and repeated names are left out. null for a body that is no form of ours. */
export async function formOf(request: Request): Promise<((name: string) => string) | null> {
  const { headers } = request;
  const size = Number(headers.get("content-length"));
  // A form of one button has no fields.
  if (size === 0 && !headers.has("transfer-encoding")) return () => "";
  if (!(size > 0 && size <= maxBody)) return null;
  try {
    const form = await request.formData();
    return (name) => {
      const value = form.get(name);
      return typeof value === "string" ? value : "";
    };
  } catch {
    return null;
  }
}

/** What a form's work gives: what was done, by the word that the page has for it, or why not. `path` is told to nobody else. */
export type FormDone = { done: string; path?: string; at?: string } | { problem: WireError };

/**
 * Answers a form of the page at `page` for whoever is signed in. Browsers are sent back there with `done` or `problem` in the
 * address, so that it works without script; whoever asks for JSON is told the same as JSON.
 */
export async function answerForm(
  request: Request,
  page: string,
  work: (person: Person, field: (name: string) => string) => Promise<FormDone>,
): Promise<Response> {
  const asJson = (request.headers.get("accept") ?? "").includes("application/json");
  const fail = (error: WireError): Response => {
    if (asJson) return Response.json({ error }, { status: httpStatus[error.code], headers: noStore });
    return error.code === "signed-out" ? seeOther("/login") : seeOther(`${page}?${problemQuery(error)}`);
  };
  try {
    const person = await stowage().person(askerOf(request.headers));
    if (!person) return fail({ code: "signed-out" });
    const field = await formOf(request);
    if (!field) return fail({ code: "bad-request" });
    const said = await work(person, field);
    if ("problem" in said) return fail(said.problem);
    const { done, path, at = page } = said;
    if (asJson) return Response.json({ done, path }, { headers: noStore });
    // A secret in the address of the next page would stay in the browser's history.
    if (path !== undefined)
      return new Response(`${request.headers.get("origin") ?? ""}${path}\n`, { headers: noStore });
    return seeOther(`${at}?done=${done}`);
  } catch (thrown) {
    return fail(stowage().tell(thrown));
  }
}

export function seeOther(location: string, setCookie?: string): Response {
  return new Response(null, {
    status: 303,
    headers: { location, ...noStore, ...(setCookie ? { "set-cookie": setCookie } : {}) },
  });
}

/** An error in an address: its code, and the minutes to wait where that is what it tells. */
export function problemQuery({ code, detail }: WireError): URLSearchParams {
  return new URLSearchParams({ problem: code, ...(code === "limited" && detail ? { wait: detail } : {}) });
}

const noStore = { "cache-control": "no-store" };
