import compression from "compression";
import type { IncomingMessage, ServerResponse } from "node:http";
import { join } from "node:path";
import { constants } from "node:zlib";
import sirv from "sirv";

import { innerHeaders } from "../../protocol/inner-headers.ts";
import type { LaunchCode } from "../access/launch-code.ts";
import type { Config } from "../config/parse-config.ts";
import { log } from "../log.ts";
import type { Runtime } from "../runtime.ts";
import { LargeBodies } from "./large-bodies.ts";
import { tellPeer, trustedProxies } from "./peer.ts";
import { isPassThrough } from "./pass-through/api-target.ts";
import type { PassThrough } from "./pass-through/pass-through.ts";
import { checkRequest } from "./request-check.ts";
import type { HostRules } from "./request-check.ts";
import { contentSecurityPolicy, freshNonce, standingHeaders } from "./security-headers.ts";

export type HandlerParts = {
  config: Config;
  root: string;
  rules: HostRules;
  runtime: Runtime;
  launch: LaunchCode;
  passThrough: PassThrough;
  state: { ready: boolean; stopping: boolean };
  /** Called when the launch code was used. */
  launched: () => void;
  next: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
};

/** Headers by which Next is told things from inside; from outside they are dropped. */
const inner =
  /^(x-nonce|x-middleware-.*|x-nextjs-.*|x-invoke-.*|x-matched-path|x-forwarded-.*|forwarded|content-security-policy.*)$/;

/** Answers every request: checks first, then the few addresses of the process itself, then Next. */
export function requestHandler(parts: HandlerParts) {
  const { config, rules, state } = parts;
  const trusted = trustedProxies(config.trustedProxies);
  const bodies = new LargeBodies();
  const compress = compression({ threshold: 512, brotli: { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } } });
  const folder = join(parts.root, ".next", "static");
  const statics = config.dev
    ? null
    : sirv(folder, { immutable: true, maxAge: 31_536_000, brotli: true, gzip: true, etag: true });

  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    for (const [name, value] of Object.entries(standingHeaders)) response.setHeader(name, value);
    tellPeer(request, trusted);
    // The Kubernetes API has more methods; the pass-through checks its requests by itself.
    const forApi = isPassThrough(request.url);
    const refusal = forApi ? null : checkRequest(request, rules, { upgrade: false });
    if (refusal) return plain(response, refusal.status, `${refusal.why}\n`);
    const path = pathOf(request);
    if (path === "/livez") return plain(response, 200, "ok\n");
    if (path === "/readyz")
      return state.ready && !state.stopping ? plain(response, 200, "ok\n") : plain(response, 503, "not ready\n");
    if (!state.ready) return plain(response, 503, "Stowage is starting.\n");
    if (!bodies.admit(request, response, String(request.headers[innerHeaders.address] ?? ""))) {
      response.setHeader("retry-after", "1");
      return plain(response, 503, "Too much is being sent at once. Try again in a moment.\n");
    }
    if (forApi) return await parts.passThrough.request(request, response);
    if (parts.runtime.statusSite.answer(request, response)) return;
    if (config.face === "local" && path === "/" && request.method === "GET") {
      const code = new URLSearchParams(request.url?.split("?")[1] ?? "").get("launch");
      if (code !== null) return enter(parts, response, code);
    }
    if (statics && path.startsWith("/_next/static/")) {
      request.url = path.slice("/_next/static".length);
      return statics(request, response, () => plain(response, 404, "not found\n"));
    }
    for (const name of Object.keys(request.headers)) if (inner.test(name)) delete request.headers[name];
    const nonce = freshNonce();
    const policy = contentSecurityPolicy(nonce, config.dev);
    request.headers["content-security-policy"] = policy;
    request.headers["x-nonce"] = nonce;
    response.setHeader("content-security-policy", policy);
    compress(request as Parameters<typeof compress>[0], response as Parameters<typeof compress>[1], () => {
      parts.next(request, response).catch((thrown: unknown) => {
        log.error("http.failed", {
          path,
          message: thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown),
        });
        if (!response.headersSent)
          plain(response, 500, "Something went wrong in Stowage. The server's log says more.\n");
        else response.destroy();
      });
    });
  };
}

/** Trades a launch code for a session. The code leaves the address bar at once. */
function enter({ launch, runtime, launched }: HandlerParts, response: ServerResponse, code: string): void {
  if (launch.spend(code)) {
    response.setHeader("set-cookie", runtime.access.enter());
    redirect(response, "/");
    launched();
  } else {
    redirect(response, "/login?launch=spent");
  }
}

function redirect(response: ServerResponse, to: string): void {
  response.writeHead(303, { location: to, "cache-control": "no-store" }).end();
}

function plain(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { "content-type": "text/plain; charset=utf-8", "cache-control": "no-store" }).end(text);
}

function pathOf(request: IncomingMessage): string {
  return (request.url ?? "/").split("?")[0] ?? "/";
}
