import { stowage } from "@/lib/server/next";

import { visitorOf } from "../../../visitor";
import { formOf, problemQuery, seeOther } from "../../form";

/** The form of /setup: whoever has a link chooses a password and is signed in. */
export async function POST(request: Request): Promise<Response> {
  const field = await formOf(request);
  if (!field) return seeOther("/setup?problem=bad-request");
  const link = field("link");
  const again = (query: URLSearchParams): Response => {
    query.set("link", link);
    return seeOther(`/setup?${query.toString()}`);
  };
  if (field("password") !== field("again")) return again(new URLSearchParams({ problem: "different" }));
  try {
    const chosen = { login: field("login"), name: field("name"), password: field("password") };
    const { setCookie } = await stowage().access.useLink(link, chosen, visitorOf(request));
    return seeOther("/", setCookie);
  } catch (thrown) {
    return again(problemQuery(stowage().tell(thrown)));
  }
}
