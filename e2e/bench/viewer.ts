import type { LiveRows } from "../server/live-rows.ts";
import { LiveSocket } from "../server/live-socket.ts";
import type { RunningStowage } from "../server/start-stowage.ts";

/** Somebody who looks at the pods: what their tab asks of the socket. */
export type Viewer = { socket: LiveSocket; rows: LiveRows };

export type ViewerOptions = {
  /** The port of a relay before the server; its own otherwise. */
  through?: number;
};

/** Reads the page and goes on from its rows, as a browser does. */
export async function openViewer(stowage: RunningStowage, options: ViewerOptions = {}): Promise<Viewer> {
  const { status, text } = await stowage.get("/pods", stowage.token, { accept: "text/html" });
  // The page's data is JSON in a string of a script.
  const token = /\\"resume\\":\\"([\w-]+)\\"/.exec(text)?.[1];
  if (status !== 200 || token === undefined) throw new Error(`/pods answered ${status} without rows that go on`);
  const socket = await socketOf(stowage, options);
  const rows = socket.rows({ kind: "pods" }, token);
  socket.subscribe({ t: "overview", in: [], brief: true });
  return { socket, rows };
}

/** One whose rows come over the socket, so that what it shows can be read. Waits until all are there. */
export async function openWholeViewer(stowage: RunningStowage, options: ViewerOptions = {}): Promise<Viewer> {
  const socket = await socketOf(stowage, options);
  const rows = socket.rows({ kind: "pods" });
  await rows.whole(60);
  return { socket, rows };
}

function socketOf({ port, token }: RunningStowage, { through = port }: ViewerOptions): Promise<LiveSocket> {
  return LiveSocket.open(through, { authorization: `Bearer ${token}` });
}
