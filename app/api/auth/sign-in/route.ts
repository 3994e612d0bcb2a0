import { returnPath } from "@/lib/shared/return-path";
import { stowage } from "@/lib/server/next";

import { visitorOf } from "../../../visitor";
import { formOf, problemQuery, seeOther } from "../../form";

/** The forms of /login: a Kubernetes bearer token, or login and password, for a session cookie. Works without script. */
export async function POST(request: Request): Promise<Response> {
  const field = await formOf(request);
  if (!field) return seeOther("/login?problem=bad-request");
  const to = returnPath(field("to"));
  const token = field("token").trim();
  const login = field("login");
  const again = (query: URLSearchParams): Response => {
    if (token === "") query.set("way", "password");
    if (to !== "/") query.set("to", to);
    return seeOther(`/login?${query.toString()}`);
  };
  if (token === "" && (login.trim() === "" || field("password") === ""))
    return again(new URLSearchParams({ problem: "empty" }));
  try {
    const way =
      token === ""
        ? ({ type: "password", login, password: field("password") } as const)
        : ({ type: "token", token } as const);
    const { setCookie } = await stowage().access.signIn(way, visitorOf(request));
    return seeOther(to, setCookie);
  } catch (thrown) {
    return again(problemQuery(stowage().tell(thrown)));
  }
}
