import { request as httpRequest } from "node:http";
import { request as httpsRequest } from "node:https";

/** The HTTP status of a GET, or 0 when nobody answers. For readiness only: certificates are not checked. */
export function httpStatus(url: string, headers: Record<string, string> = {}): Promise<number> {
  return new Promise((resolve) => {
    const send = url.startsWith("https:") ? httpsRequest : httpRequest;
    const request = send(url, { headers, timeout: 5000, rejectUnauthorized: false }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    request.on("timeout", () => request.destroy());
    request.on("error", () => resolve(0));
    request.end();
  });
}

/** The HTTP status of a GET on a unix socket, or 0. */
export function socketStatus(socketPath: string, path: string): Promise<number> {
  return new Promise((resolve) => {
    const request = httpRequest({ socketPath, path, timeout: 5000 }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    request.on("timeout", () => request.destroy());
    request.on("error", () => resolve(0));
    request.end();
  });
}
