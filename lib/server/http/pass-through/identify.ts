import type { IncomingMessage } from "node:http";

import { innerHeaders } from "../../../protocol/inner-headers.ts";
import type { RequestHeaders } from "../../access/access-door.ts";
import { bearerOf } from "../../access/bearer.ts";
import type { Person } from "../../access/person.ts";
import type { KubeStatus } from "./kube-status.ts";
import { impersonation, timesSent } from "./forwarded-headers.ts";

/** Who asks, and how that is asked about again. */
export type Asker = { readonly person: Person; readonly headers: RequestHeaders; readonly byCookie: boolean };

/** Finds out who asks, or why nothing may be done for them. */
export async function identify(
  request: IncomingMessage,
  find: (headers: RequestHeaders) => Promise<Person | null>,
): Promise<Asker | KubeStatus> {
  const { rawHeaders, headers, socket } = request;
  const wanted = impersonation(rawHeaders);
  if (wanted !== null) {
    return {
      code: 403,
      message: `Stowage passes everybody on as themselves: the header ${wanted.slice(0, 60)} (kubectl's --as) is refused.`,
    };
  }
  if (timesSent(rawHeaders, "authorization") > 1)
    return { code: 400, message: "There is more than one Authorization header." };
  const bearer = tokenOf(headers.authorization);
  if (headers.authorization !== undefined && bearer === null) {
    return { code: 401, message: "Stowage takes a bearer token, or one as the password of a user in the address." };
  }
  const byCookie = bearer === null;
  const site = headers["sec-fetch-site"];
  // Another port of this machine is the same site, and cookies do not know ports.
  if (byCookie && site !== undefined && site !== "same-origin" && site !== "none")
    return { code: 403, message: "This comes from another site's page." };
  const said = headers[innerHeaders.address];
  const address = typeof said === "string" ? said : (socket.remoteAddress ?? "");
  const asking = byCookie
    ? { cookie: headers.cookie ?? null, authorization: null, address }
    : { cookie: null, authorization: `Bearer ${bearer}`, address };
  const person = await find(asking);
  if (!person) return { code: 401, message: "Unauthorized" };
  return { person: { ...person, address }, headers: asking, byCookie };
}

/** kubectl sends no token over plain http, but it does send the user and password of an address such as http://x:TOKEN@127.0.0.1:7117. */
function tokenOf(authorization: string | undefined): string | null {
  const basic = /^basic ([A-Za-z0-9+/=_-]+)$/i.exec(authorization ?? "")?.[1];
  if (basic === undefined) return bearerOf(authorization ?? null);
  const text = Buffer.from(basic, "base64").toString("utf8");
  const token = text.slice(text.indexOf(":") + 1);
  return text.includes(":") && /^[!-~]+$/.test(token) ? token : null;
}
