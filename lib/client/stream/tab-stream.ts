import type { Surroundings } from "./live-stream.ts";
import { LiveStream } from "./live-stream.ts";
import { serverNow, setServerNow } from "./server-clock.ts";

let stream: LiveStream | null = null;

/** The one stream of this tab. Only to be called in a browser: from effects and event handlers. */
export function tabStream(): LiveStream {
  if (!stream) {
    stream = new LiveStream(browser);
    const wake = (): void => stream?.wake();
    window.addEventListener("online", wake);
    window.addEventListener("pageshow", wake);
    window.addEventListener("offline", () => stream?.offline());
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "visible") wake();
    });
  }
  return stream;
}

const browser: Surroundings = {
  connect: (on) => {
    const socket = new WebSocket(`${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/api/live`);
    socket.binaryType = "arraybuffer";
    socket.addEventListener("message", (event) => on.message(event.data));
    socket.addEventListener("close", () => on.close());
    return socket;
  },
  now: serverNow,
  setNow: setServerNow,
  after: (ms, run) => {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
  alive: async () => {
    try {
      await fetch("/livez", { cache: "no-store", signal: AbortSignal.timeout(5000) });
      return true;
    } catch {
      return false;
    }
  },
  known: async () => {
    try {
      const response = await fetch("/api/query?kind=namespaces&count=0", {
        cache: "no-store",
        signal: AbortSignal.timeout(5000),
      });
      return response.status !== 401;
    } catch {
      return true;
    }
  },
  signedOut: () => {
    if (location.pathname === "/login") return;
    location.assign(`/login?to=${encodeURIComponent(`${location.pathname}${location.search}`)}`);
  },
  random: Math.random,
};
