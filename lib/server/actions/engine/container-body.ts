import type { RunSpec } from "../../../shared/docker-run.ts";

/** The request by which an engine makes such a container. */
export function containerBody(image: string, spec: RunSpec): object {
  const { command, env, ports, volumes, network, restart, memory, cpus, user, readOnly } = spec;
  const bindings: Record<string, { HostIp: string; HostPort: string }[]> = {};
  for (const { container, protocol, host, address } of ports)
    (bindings[`${container}/${protocol}`] ??= []).push({ HostIp: address ?? "", HostPort: host?.toString() ?? "" });
  return {
    Image: image,
    ...(command.length === 0 ? {} : { Cmd: command }),
    Env: env.map(({ name, value }) => `${name}=${value}`),
    ...(user === undefined ? {} : { User: user }),
    ExposedPorts: Object.fromEntries(Object.keys(bindings).map((port) => [port, {}])),
    HostConfig: {
      PortBindings: bindings,
      Mounts: volumes.map((volume) => ({
        Type: "volume",
        Source: volume.name,
        Target: volume.path,
        ReadOnly: volume.readOnly,
      })),
      ...(network === undefined ? {} : { NetworkMode: network }),
      RestartPolicy: { Name: restart },
      ...(memory === undefined ? {} : { Memory: memory }),
      ...(cpus === undefined ? {} : { NanoCpus: Math.round(cpus * 1e9) }),
      ReadonlyRootfs: readOnly,
    },
  };
}
