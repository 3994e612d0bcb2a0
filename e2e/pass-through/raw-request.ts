import { connect } from "node:net";

/** Sends exactly these bytes and gives everything that comes back until the server closes, or for as long as it is silent. */
export function rawRequest(port: number, lines: readonly string[], silentMs = 3_000): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1");
    let heard = "";
    const done = () => {
      socket.destroy();
      resolve(heard);
    };
    socket.setTimeout(silentMs, done);
    socket.on("data", (chunk: Buffer) => (heard += chunk.toString("latin1")));
    socket.once("close", done);
    socket.once("error", reject);
    socket.write(`${lines.join("\r\n")}\r\n\r\n`);
  });
}
