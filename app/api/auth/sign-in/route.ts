import { stowage } from "@/lib/server/next";

/** Longer than any token: a body beyond it is not read. */
const maxBody = 64 * 1024;

/** The form of /login: a Kubernetes bearer token for a session cookie. Works without script: answers with a redirect. */
export async function POST(request: Request): Promise<Response> {
  const size = Number(request.headers.get("content-length"));
  if (!(size > 0 && size <= maxBody)) return to("/login?problem=bad-request");
  const token = (await request.formData()).get("token");
  if (typeof token !== "string" || token.trim() === "") return to("/login?problem=empty");
  try {
    const { setCookie } = await stowage().signIn(token.trim());
    return to("/", setCookie);
  } catch (thrown) {
    return to(`/login?problem=${stowage().tell(thrown).code}`);
  }
}

function to(location: string, setCookie?: string): Response {
  return new Response(null, {
    status: 303,
    headers: { location, "cache-control": "no-store", ...(setCookie ? { "set-cookie": setCookie } : {}) },
  });
}
