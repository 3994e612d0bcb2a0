import { connect as connectHttp2 } from "node:http2";
import type { ClientHttp2Session, ClientHttp2Stream, OutgoingHttpHeaders } from "node:http2";
import { connect as connectSocket } from "node:net";

/** A connection that nobody uses for so long is closed, in ms. */
const idleMs = 30_000;

/**
 * One HTTP/2 session on a socket, opened when it is needed and again after it has broken. It stands in for the library's own manager,
 * which stops listening for errors when the first has come: the second, as of a peer that speaks something else, would end the process.
 */
export class SocketSession {
  readonly authority = "http://localhost";
  private readonly socket: string;
  private session: ClientHttp2Session | null = null;

  constructor(socket: string) {
    this.socket = socket;
  }

  async request(
    method: string,
    path: string,
    headers: OutgoingHttpHeaders,
    options: object,
  ): Promise<ClientHttp2Stream> {
    const session = this.session && !this.session.closed && !this.session.destroyed ? this.session : this.open();
    return session.request({ ...headers, ":method": method, ":path": path }, options);
  }

  /** What is read shows that the connection lives, which only a manager that pings wants to know. */
  notifyResponseByteRead(): void {}

  /** Ends what is under way. */
  close(): void {
    this.session?.destroy();
  }

  private open(): ClientHttp2Session {
    const session = connectHttp2(this.authority, { createConnection: () => connectSocket(this.socket) });
    // Each request hears of it by its own stream.
    session.on("error", () => session.destroy());
    session.setTimeout(idleMs, () => session.close());
    this.session = session;
    return session;
  }
}
