import { innerHeaders } from "@/lib/protocol/inner-headers";
import type { Visitor } from "@/lib/server/next";

/** What a request says of where it comes from, as the process found it. */
export function visitorOf({ headers }: { headers: Pick<Headers, "get"> }): Visitor {
  return {
    cookie: headers.get("cookie"),
    address: headers.get(innerHeaders.address) ?? "",
    agent: headers.get("user-agent") ?? "",
    secure: headers.get(innerHeaders.secure) === "1",
  };
}

/** What a person is found by. */
export function askerOf(headers: Pick<Headers, "get">) {
  return {
    cookie: headers.get("cookie"),
    authorization: headers.get("authorization"),
    address: headers.get(innerHeaders.address),
  };
}
