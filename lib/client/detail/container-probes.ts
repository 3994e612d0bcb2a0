import type { JsonObject } from "../../kinds/read-object.ts";
import { asObject, hasObject, listIn, numberIn, objectIn, textIn, textsIn } from "../../kinds/read-object.ts";

/** How the kubelet asks whether a container is well. Times are seconds, with the API's defaults where the spec is silent. */
export type ProbeView = {
  type: "startup" | "readiness" | "liveness";
  /** `GET http://:8080/healthz`, `TCP :5432`, `gRPC :9000`, the words of a command; "" where it is none of these. */
  action: string;
  delay: number;
  period: number;
  timeout: number;
  successes: number;
  failures: number;
};

export function probesOf(container: JsonObject): ProbeView[] {
  const ports = listIn(container, "ports");
  return (["startup", "readiness", "liveness"] as const).flatMap((type) => {
    const field = `${type}Probe`;
    if (!hasObject(container, field)) return [];
    const probe = objectIn(container, field);
    return [
      {
        type,
        action: actionOf(probe, ports),
        delay: numberIn(probe, "initialDelaySeconds") ?? 0,
        period: numberIn(probe, "periodSeconds") ?? 10,
        timeout: numberIn(probe, "timeoutSeconds") ?? 1,
        successes: numberIn(probe, "successThreshold") ?? 1,
        failures: numberIn(probe, "failureThreshold") ?? 3,
      },
    ];
  });
}

function actionOf(probe: JsonObject, ports: readonly unknown[]): string {
  if (hasObject(probe, "httpGet")) {
    const get = objectIn(probe, "httpGet");
    const scheme = (textIn(get, "scheme") ?? "HTTP").toLowerCase();
    const path = textIn(get, "path") ?? "/";
    return `GET ${scheme}://${textIn(get, "host") ?? ""}:${portText(get, ports)}${path.startsWith("/") ? path : `/${path}`}`;
  }
  if (hasObject(probe, "tcpSocket")) {
    const socket = objectIn(probe, "tcpSocket");
    return `TCP ${textIn(socket, "host") ?? ""}:${portText(socket, ports)}`;
  }
  if (hasObject(probe, "grpc")) {
    const grpc = objectIn(probe, "grpc");
    const service = textIn(grpc, "service");
    return `gRPC :${portText(grpc, ports)}${service === null ? "" : ` ${service}`}`;
  }
  return textsIn(objectIn(probe, "exec"), "command").join(" ");
}

/** A named port with its number, so that nobody has to look it up. */
function portText(holder: JsonObject, ports: readonly unknown[]): string {
  const number = numberIn(holder, "port");
  if (number !== null) return String(number);
  const name = textIn(holder, "port");
  const found = ports.map(asObject).find((port) => name !== null && textIn(port, "name") === name);
  const known = found ? numberIn(found, "containerPort") : null;
  return known === null ? (name ?? "?") : `${known}`;
}
