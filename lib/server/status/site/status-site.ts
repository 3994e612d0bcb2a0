import { createHash } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";

import type { Locale } from "../../../i18n/messages.ts";
import { pageScript } from "../../../status-page/page-script.ts";
import { renderBadge } from "../../../status-page/render-badge.ts";
import { renderFeed } from "../../../status-page/render-feed.ts";
import type { PageLook } from "../../../status-page/render-page.ts";
import { pageLocale, renderPage } from "../../../status-page/render-page.ts";
import { stylesheet } from "../../../status-page/stylesheet.ts";
import { componentsOf } from "../../../status-page/words-in.ts";
import type { PublicStatus } from "../../../protocol/status.ts";
import { cookieOf } from "../../access/cookies.ts";
import type { Published } from "../published/document.ts";
import { encodingOf, isKnown, siteAnswer } from "./site-answer.ts";
import type { SiteAnswer } from "./site-answer.ts";

/** What was not checked for this long is shown as the last known state, in ms. */
const staleMs = 45_000;
const soon = "public, max-age=5, stale-if-error=86400";
const forever = "public, max-age=31536000, immutable";

const style = asset("style", "css", stylesheet);
const script = asset("script", "js", pageScript);
const assets = new Map<string, SiteAnswer>([
  [style, siteAnswer(stylesheet, "text/css; charset=utf-8", forever)],
  [script, siteAnswer(pageScript, "text/javascript; charset=utf-8", forever)],
]);

/** No nonce: the page is rendered once for everybody, and has no script or style in it. */
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; form-action 'none'; frame-ancestors 'none'; base-uri 'none'";

const nothingYet: PublicStatus = { title: null, state: "no-data", groups: [], incidents: [], maintenance: [] };

/** The public pages: rendered and compressed once for each change, language and theme, and answered from memory. */
export class StatusSite {
  private readonly published: () => Published | null;
  private readonly now: () => number;
  private readonly made = new Map<string, SiteAnswer>();
  private madeOf = "";
  private status: PublicStatus | null = null;
  private version = 0;

  constructor(published: () => Published | null, now: () => number = Date.now) {
    this.published = published;
    this.now = now;
  }

  /** Answers what belongs to the status page; false for everything else. */
  answer(request: IncomingMessage, response: ServerResponse): boolean {
    const [path = "", search = ""] = (request.url ?? "").split("?");
    if (!isOurs(path)) return false;
    if (request.method !== "GET" && request.method !== "HEAD") {
      response
        .writeHead(405, { allow: "GET, HEAD", "content-type": "text/plain" })
        .end("There is only reading here.\n");
      return true;
    }
    if (path === "/status/") {
      response.writeHead(308, { location: "/status" }).end();
      return true;
    }
    const found = assets.get(path) ?? this.find(path, search, request);
    if (found) send(request, response, found);
    else
      response
        .writeHead(404, { "content-type": "text/plain; charset=utf-8", "cache-control": soon })
        .end("There is no such page.\n");
    return true;
  }

  private find(path: string, search: string, request: IncomingMessage): SiteAnswer | null {
    const { status, checked, stale } = this.current();
    const locale = pageLocale(
      new URLSearchParams(search).get("lang"),
      cookieOf(request.headers.cookie ?? null, "stowage-lang"),
      request.headers["accept-language"],
    );
    if (path === "/status") {
      const theme = themeOf(cookieOf(request.headers.cookie ?? null, "stowage-theme"));
      const look: PageLook = { locale, theme, checked, stale, stylesheet: style, script };
      return this.make(`page ${locale} ${theme}`, () =>
        siteAnswer(renderPage(status, look), "text/html; charset=utf-8", soon),
      );
    }
    if (path === "/api/status") {
      return this.make("json", () =>
        siteAnswer(JSON.stringify({ ...status, checked, stale }), "application/json; charset=utf-8", soon),
      );
    }
    if (path === "/status/feed.xml") {
      return this.make(`feed ${locale}`, () =>
        siteAnswer(renderFeed(status, locale), "application/atom+xml; charset=utf-8", soon),
      );
    }
    return this.badge(path, status, locale, stale);
  }

  private badge(path: string, status: PublicStatus, locale: Locale, stale: boolean): SiteAnswer | null {
    const id = /^\/status\/badge\/([a-z0-9-]+)\.svg$/.exec(path)?.[1];
    const component = componentsOf(status).find((one) => one.id === id);
    if (!component) return null;
    return this.make(`badge ${component.id} ${locale}`, () =>
      siteAnswer(renderBadge(component, locale, stale), "image/svg+xml; charset=utf-8", soon),
    );
  }

  /** The document as it is to be shown now. The moment is that of the minute, so that answers stay the same for as long. */
  private current(): { status: PublicStatus; checked: string; stale: boolean } {
    const published = this.published();
    const status = published?.status ?? nothingYet;
    const at = published?.checked ?? this.now();
    // Of a page without components there is nothing to check.
    const stale = status.groups.length > 0 && this.now() - at > staleMs;
    const checked = `${new Date(at).toISOString().slice(0, 16)}:00.000Z`;
    if (status !== this.status) {
      this.status = status;
      this.version += 1;
    }
    const madeOf = `${this.version} ${checked} ${stale}`;
    if (madeOf !== this.madeOf) {
      this.made.clear();
      this.madeOf = madeOf;
    }
    return { status, checked, stale };
  }

  private make(key: string, render: () => SiteAnswer): SiteAnswer {
    const known = this.made.get(key);
    if (known) return known;
    const made = render();
    this.made.set(key, made);
    return made;
  }
}

function isOurs(path: string): boolean {
  return path === "/status" || path.startsWith("/status/") || path === "/api/status";
}

function send(request: IncomingMessage, response: ServerResponse, { type, cache, etag, body }: SiteAnswer): void {
  const headers: Record<string, string | number> = {
    "cache-control": cache,
    etag,
    vary: "Accept-Encoding, Accept-Language, Cookie",
    "content-security-policy": policy,
  };
  if (isKnown(etag, request.headers["if-none-match"])) {
    response.writeHead(304, headers).end();
    return;
  }
  const encoding = encodingOf(request.headers["accept-encoding"]);
  headers["content-type"] = type;
  headers["content-length"] = body[encoding].length;
  if (encoding !== "identity") headers["content-encoding"] = encoding;
  response.writeHead(200, headers).end(request.method === "HEAD" ? undefined : body[encoding]);
}

function themeOf(cookie: string | undefined): PageLook["theme"] {
  return cookie === "light" || cookie === "dark" ? cookie : "system";
}

function asset(name: string, extension: string, text: string): string {
  const hash = createHash("sha256").update(text).digest("hex").slice(0, 12);
  return `/status/${name}-${hash}.${extension}`;
}
