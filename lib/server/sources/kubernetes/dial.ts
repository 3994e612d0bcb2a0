import { once } from "node:events";
import type { Socket } from "node:net";
import { connect as connectTcp, isIP } from "node:net";
import type { TLSSocket } from "node:tls";
import { checkServerIdentity, connect as connectTls, getCACertificates } from "node:tls";
import type { ClientCertificate } from "./client-certificate.ts";
import type { Route } from "./proxy.ts";
import { connectThroughHttpProxy, connectThroughSocks, hostOf, portOf } from "./tunnel.ts";

/** How the server proves who it is. */
export type ServerTrust = {
  /** PEM; null trusts what Node and the system trust. Read anew for each connection. */
  readonly ca: () => Promise<Buffer | null>;
  /** The name its certificate must carry, in place of the host. */
  readonly serverName: string | null;
  readonly insecure: boolean;
};

export type Dial = {
  readonly server: URL;
  readonly route: Route;
  readonly trust: ServerTrust;
  readonly certificate: ClientCertificate | null;
  /** What to offer by ALPN, best first; ignored on plain http. */
  readonly protocols: readonly ("h2" | "http/1.1")[];
};

// Well under the idle times of common load balancers; also how a dead peer under HTTP/1.1 is noticed.
const keepAliveDelay = 15_000;

/** Connects to the server, through a proxy where there is one, and does the TLS handshake for https. */
export async function dial(options: Dial, signal: AbortSignal): Promise<Socket> {
  const { server, route } = options;
  const first = route.type === "proxy" ? route.proxy : server;
  const opened: Socket[] = [];
  const opening = <S extends Socket>(socket: S): S => {
    opened.push(socket);
    // Between two steps nobody else listens, and an error without a listener ends the process.
    socket.on("error", () => {});
    return socket;
  };
  try {
    const tcp = opening(
      connectTcp({
        host: hostOf(first),
        port: portOf(first),
        noDelay: true,
        keepAlive: true,
        keepAliveInitialDelay: keepAliveDelay,
      }),
    );
    await connected(tcp, "connect", signal);
    let socket: Socket = tcp;
    if (route.type === "proxy") {
      if (route.proxy.protocol === "https:") {
        socket = opening(
          connectTls({ socket: tcp, host: hostOf(first), ...serverNameOf(hostOf(first)), ca: trustedByDefault() }),
        );
        await connected(socket, "secureConnect", signal);
      }
      const target = { host: hostOf(server), port: portOf(server) };
      const tunnel = route.proxy.protocol.startsWith("socks") ? connectThroughSocks : connectThroughHttpProxy;
      const guard = new AbortController();
      const onError = (error: Error) => guard.abort(error);
      socket.once("error", onError);
      try {
        await tunnel(socket, route.proxy, target, AbortSignal.any([signal, guard.signal]));
      } finally {
        socket.off("error", onError);
      }
    }
    if (server.protocol !== "https:") return socket;
    const tls = opening(await startTls(socket, options));
    await connected(tls, "secureConnect", signal);
    return tls;
  } catch (error) {
    for (const socket of opened) socket.destroy();
    throw signal.aborted ? signal.reason : error;
  }
}

async function startTls(socket: Socket, { server, trust, certificate, protocols }: Dial): Promise<TLSSocket> {
  const name = trust.serverName ?? hostOf(server);
  const ca = trust.insecure ? undefined : ((await trust.ca()) ?? trustedByDefault());
  return connectTls({
    socket,
    ...serverNameOf(name),
    ca,
    rejectUnauthorized: !trust.insecure,
    // Node would check the name of the socket's peer, which behind a proxy is the proxy.
    checkServerIdentity: (_host, peer) => checkServerIdentity(name, peer),
    ALPNProtocols: [...protocols],
    ...(certificate === null ? {} : { cert: certificate.cert, key: certificate.key }),
  });
}

/** An address is no name for SNI. */
function serverNameOf(name: string): { servername: string } {
  return { servername: isIP(name) === 0 ? name : "" };
}

async function connected(socket: Socket, event: "connect" | "secureConnect", signal: AbortSignal): Promise<void> {
  await once(socket, event, { signal });
}

let defaults: string[] | undefined;

/** Node's own list and the machine's, as kubectl trusts the machine's: read once, since that takes a while. */
function trustedByDefault(): string[] {
  defaults ??= [...new Set([...getCACertificates("default"), ...getCACertificates("system")])];
  return defaults;
}
