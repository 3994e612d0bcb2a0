import { stowage } from "@/lib/server/next";

import { visitorOf } from "../../../visitor";
import { seeOther } from "../../form";

/** Ends the session of the cookie and goes to the sign-in page. */
export async function POST(request: Request): Promise<Response> {
  try {
    const { setCookie } = await stowage().access.signOut(visitorOf(request));
    return seeOther("/login", setCookie);
  } catch (thrown) {
    return seeOther(`/login?problem=${stowage().tell(thrown).code}`);
  }
}
