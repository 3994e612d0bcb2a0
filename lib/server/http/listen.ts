import type { Server } from "node:http";

import { ConfigError } from "../config/parse-config.ts";

/** Takes the configured port. Throws ConfigError with what to do where it cannot be had. */
export async function listen(server: Server, address: { port: number; host: string }): Promise<void> {
  const { port, host } = address;
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => reject(listenError(error, address)));
    server.listen(port, host.replace(/^\[|\]$/g, ""), () => resolve());
  });
}

/** `http://HOST:PORT` as a browser takes it. */
export function addressOf(host: string, port: number): string {
  return `http://${host.includes(":") && !host.startsWith("[") ? `[${host}]` : host}:${port}`;
}

function listenError(error: NodeJS.ErrnoException, { port, host }: { port: number; host: string }): Error {
  switch (error.code) {
    case "EADDRINUSE":
      return new ConfigError(
        `Port ${port} is taken: another program, perhaps another Stowage, listens there. Stop it, or choose another with --port.`,
      );
    case "EACCES":
      return new ConfigError(`This user may not listen on port ${port}. Choose one above 1023 with --port.`);
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
      return new ConfigError(`This machine has no address ${host}. Choose another with --host.`);
    default:
      return error;
  }
}
