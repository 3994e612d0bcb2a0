import { Agent, request } from "node:http";

import { sendRequest } from "../server/send-request.ts";

const connections = 32;

/** Asks for the page over kept connections for so long, as browsers that have nothing yet. Bytes are those that travel. */
export async function load(port: number, ms: number): Promise<{ rate: number; page: number; whole: number }> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const until = performance.now() + ms;
  let answers = 0;
  const one = async (): Promise<void> => {
    while (performance.now() < until) {
      await bytesOf(port, "/status", agent);
      answers += 1;
    }
  };
  const began = performance.now();
  await Promise.all(Array.from({ length: connections }, one));
  const rate = (answers / (performance.now() - began)) * 1000;
  const page = await bytesOf(port, "/status", agent);
  const { text } = await sendRequest(port, "/status");
  let whole = page;
  for (const [, path = ""] of text.matchAll(/"(\/status\/(?:style|script)-[^"]+)"/g)) {
    whole += await bytesOf(port, path, agent);
  }
  agent.destroy();
  return { rate, page, whole };
}

function bytesOf(port: number, path: string, agent: Agent): Promise<number> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: "127.0.0.1", port, path, agent, headers: { "accept-encoding": "br, gzip" } });
    sent.on("error", reject);
    sent.on("response", (response) => {
      let bytes = 0;
      if (response.statusCode !== 200) reject(new Error(`${path} answered ${response.statusCode}`));
      response.on("data", (chunk: Buffer) => (bytes += chunk.length));
      response.on("error", reject);
      response.on("end", () => resolve(bytes));
    });
    sent.end();
  });
}
