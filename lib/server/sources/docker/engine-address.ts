import { isAbsolute } from "node:path";

/** Where an engine listens. */
export type EngineAddress =
  | { readonly type: "unix"; readonly path: string }
  | { readonly type: "tcp"; readonly host: string; readonly port: number; readonly tls: boolean }
  | {
      readonly type: "ssh";
      readonly user: string | null;
      readonly host: string;
      readonly port: number | null;
      readonly path: string;
    };

const plainPort = 2375;
const tlsPort = 2376;
/** What may be a host or a user of ssh: nothing that ssh would take for an option. */
const sshWord = /^[A-Za-z0-9_][A-Za-z0-9_.-]*$/;
const standardSocket = "/var/run/docker.sock";

/**
 * An address as DOCKER_HOST holds it: `unix:///run/docker.sock`, `tcp://host:2376`, `ssh://user@host`. `tls` is that of the
 * environment or context: TCP is spoken with TLS where certificates are. null for what Docker would not take either.
 */
export function parseEngineAddress(text: string, { tls }: { tls: boolean }): EngineAddress | null {
  if (text.startsWith("unix://")) {
    const path = text.slice("unix://".length) || standardSocket;
    return isAbsolute(path) ? { type: "unix", path } : null;
  }
  const url = URL.parse(text);
  if (!url || url.hostname === "" || url.password !== "") return null;
  const port = url.port === "" ? null : Number(url.port);
  const host = url.hostname.replace(/^\[|\]$/g, "");
  switch (url.protocol) {
    case "tcp:":
    case "http:":
    case "https:": {
      const secure = tls || url.protocol === "https:";
      if (url.username !== "" || (url.pathname !== "/" && url.pathname !== "")) return null;
      return { type: "tcp", host, port: port ?? (secure ? tlsPort : plainPort), tls: secure };
    }
    case "ssh:": {
      const user = url.username === "" ? null : decodeURIComponent(url.username);
      if (!sshWord.test(host) || (user !== null && !sshWord.test(user))) return null;
      const path = url.pathname === "" || url.pathname === "/" ? standardSocket : url.pathname;
      return { type: "ssh", user, host, port, path };
    }
    default:
      return null;
  }
}

/** As it may be shown. */
export function printEngineAddress(address: EngineAddress): string {
  switch (address.type) {
    case "unix":
      return `unix://${address.path}`;
    case "tcp":
      return `tcp://${address.host.includes(":") ? `[${address.host}]` : address.host}:${address.port}`;
    case "ssh":
      return `ssh://${address.user === null ? "" : `${address.user}@`}${address.host}${address.port === null ? "" : `:${address.port}`}`;
  }
}
