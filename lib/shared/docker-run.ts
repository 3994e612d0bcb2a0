/** What a container is run with, as a form and a request have it. `memory` is bytes. */
export type RunSpec = {
  readonly name?: string | undefined;
  readonly command: readonly string[];
  readonly env: readonly { readonly name: string; readonly value: string }[];
  readonly ports: readonly {
    readonly container: number;
    readonly host?: number | undefined;
    readonly address?: string | undefined;
    readonly protocol: "tcp" | "udp";
  }[];
  readonly volumes: readonly { readonly name: string; readonly path: string; readonly readOnly: boolean }[];
  readonly network?: string | undefined;
  readonly restart: "no" | "on-failure" | "unless-stopped" | "always";
  readonly memory?: number | undefined;
  readonly cpus?: number | undefined;
  readonly user?: string | undefined;
  readonly readOnly: boolean;
};

/** The words of `docker run` that make the same container, behind `docker`. Not quoted yet. */
export function dockerRun(image: string, spec: RunSpec): string[] {
  const { name, command, env, ports, volumes, network, restart, memory, cpus, user, readOnly } = spec;
  return [
    "run",
    "--detach",
    ...(name === undefined ? [] : [`--name=${name}`]),
    ...env.map((each) => `--env=${each.name}=${each.value}`),
    ...ports.map((port) => `--publish=${publish(port)}`),
    ...volumes.map((volume) => `--volume=${volume.name}:${volume.path}${volume.readOnly ? ":ro" : ""}`),
    ...(network === undefined ? [] : [`--network=${network}`]),
    ...(restart === "no" ? [] : [`--restart=${restart}`]),
    ...(memory === undefined ? [] : [`--memory=${memory % 1_048_576 === 0 ? `${memory / 1_048_576}m` : `${memory}b`}`]),
    ...(cpus === undefined ? [] : [`--cpus=${cpus}`]),
    ...(user === undefined ? [] : [`--user=${user}`]),
    ...(readOnly ? ["--read-only"] : []),
    image,
    ...command,
  ];
}

/** `127.0.0.1:8080:80/tcp`; an address of IPv6 stands in brackets. */
function publish({ container, host, address, protocol }: RunSpec["ports"][number]): string {
  const own = `${container}/${protocol}`;
  if (address === undefined) return host === undefined ? own : `${host}:${own}`;
  return `${address.includes(":") ? `[${address}]` : address}:${host ?? ""}:${own}`;
}
