import { stowage } from "@/lib/server/next";

/** Ends the session of the cookie and goes to the sign-in page. */
export async function POST(request: Request): Promise<Response> {
  const { setCookie } = stowage().signOut({ cookie: request.headers.get("cookie") });
  return new Response(null, {
    status: 303,
    headers: { location: "/login", "cache-control": "no-store", "set-cookie": setCookie },
  });
}
