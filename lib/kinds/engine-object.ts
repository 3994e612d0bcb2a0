import type { JsonObject } from "./read-object.ts";
import { asObject, boundText, listIn, numberIn, objectIn, textIn, textsIn } from "./read-object.ts";

/** What the engine said of an object, in a list or when it was inspected. */
export function engineIn(object: JsonObject): JsonObject {
  return objectIn(object, "engine");
}

/** `sha256:…` without the algorithm, as long as Docker's own tools show it. */
export function shortId(id: string | null): string | null {
  return id === null ? null : id.replace(/^sha256:/, "").slice(0, 12);
}

const unnamed = "<none>:<none>";

/** The names of an image; an engine writes that there are none in three ways. */
export function tagsIn(image: JsonObject): string[] {
  return textsIn(image, "RepoTags").filter((tag) => tag !== unnamed);
}

/** The compose project that something belongs to, by the labels that compose gives it. */
export function projectOf(labels: JsonObject): string | null {
  return textIn(labels, "com.docker.compose.project") ?? textIn(labels, "io.podman.compose.project");
}

export function serviceOf(labels: JsonObject): string | null {
  return textIn(labels, "com.docker.compose.service");
}

/** Ports as `docker ps` prints them, each once however many addresses of the host lead to it: `8080->80/tcp`, `443/tcp`. */
export function portsOf(container: JsonObject): string[] {
  const listed = listIn(container, "Ports").map((entry) => {
    const port = asObject(entry);
    return {
      host: numberIn(port, "PublicPort"),
      own: `${numberIn(port, "PrivatePort") ?? "?"}/${textIn(port, "Type") ?? "tcp"}`,
    };
  });
  const ports = objectIn(objectIn(container, "NetworkSettings"), "Ports");
  const inspected = Object.keys(ports).flatMap((own) => {
    const bindings = listIn(ports, own).map((entry) => Number(textIn(asObject(entry), "HostPort") ?? Number.NaN));
    const hosts: (number | null)[] = bindings.length === 0 ? [null] : bindings;
    return hosts.map((host) => ({ host, own }));
  });
  const words = [...listed, ...inspected].map(({ host, own }) => (host === null ? own : `${host}->${own}`));
  return [...new Set(words)].map((word) => boundText(word));
}

/** `name: 172.18.0.2` for each network that a container is in. */
export function networksOf(container: JsonObject): { name: string; address: string }[] {
  const networks = objectIn(objectIn(container, "NetworkSettings"), "Networks");
  return Object.keys(networks).map((name) => ({
    name: boundText(name),
    address: textIn(objectIn(networks, name), "IPAddress") ?? "",
  }));
}
