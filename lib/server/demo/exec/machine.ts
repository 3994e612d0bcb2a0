import type { KubeObject } from "../../../protocol/object.ts";
import type { ContainerSpec, PodSpec } from "../life/container-shapes.ts";
import { repositoryOf } from "../life/container-shapes.ts";
import type { World } from "../life/world.ts";

/** A container as the programs in it see it. */
export type Machine = {
  hostname: string;
  user: string;
  /** The container's own program, as `ps` shows it. */
  main: string;
  env: ReadonlyMap<string, string>;
  files: ReadonlyMap<string, string>;
  /** When the container began and what time it is, ms. */
  began: number;
  now(): number;
  kernel: string;
  cores: number;
};

/** The inside of a running container of a pod. */
export function machineOf(world: World, pod: KubeObject, name: string): Machine {
  const { metadata = {}, spec, status } = pod as KubeObject & { spec: PodSpec; status?: { podIP?: string } };
  const life = world.pods.get(metadata.uid ?? "");
  const all = [...spec.containers, ...(spec.initContainers ?? [])];
  const container = all.find((each) => each.name === name) ?? { name };
  const hostname = metadata.name ?? "";
  const address = status?.podIP ?? "10.244.0.1";
  const program = [...(container.command ?? []), ...(container.args ?? [])].join(" ");
  const began = life?.containers.find(({ shape }) => shape.name === name)?.current?.began ?? world.agenda.now;
  return {
    hostname,
    user: "app",
    main: program === "" ? `/app/${name}${portOf(container)}` : program,
    env: envOf(pod, container, hostname),
    files: filesOf(pod, container, hostname, address),
    began,
    now: () => world.agenda.now,
    kernel: "6.12.48-amd64",
    cores: life?.node?.shape.cpu ?? 4,
  };
}

function portOf({ ports }: ContainerSpec): string {
  const port = ports?.[0]?.containerPort;
  return port === undefined ? "" : ` --listen=:${port}`;
}

function envOf(pod: KubeObject, { env }: ContainerSpec, hostname: string): Map<string, string> {
  const told = new Map([
    ["HOME", "/app"],
    ["HOSTNAME", hostname],
    ["KUBERNETES_PORT", "tcp://10.96.0.1:443"],
    ["KUBERNETES_SERVICE_HOST", "10.96.0.1"],
    ["KUBERNETES_SERVICE_PORT", "443"],
    ["PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"],
  ]);
  for (const { name, value, valueFrom } of env ?? []) told.set(name, value ?? valueOf(pod, valueFrom));
  return told;
}

function valueOf(pod: KubeObject, from: object | undefined): string {
  const { fieldRef } = (from ?? {}) as { fieldRef?: { fieldPath?: string } };
  // What comes from a secret is not told in a demo either.
  if (fieldRef?.fieldPath === undefined) return "********";
  let at: unknown = pod;
  for (const step of fieldRef.fieldPath.split(".")) {
    at = typeof at === "object" && at !== null ? (at as Record<string, unknown>)[step] : undefined;
  }
  return typeof at === "string" ? at : "";
}

function filesOf(pod: KubeObject, container: ContainerSpec, hostname: string, address: string): Map<string, string> {
  const namespace = pod.metadata?.namespace ?? "";
  const account = "/var/run/secrets/kubernetes.io/serviceaccount";
  const image = container.image ?? "";
  const version = image.slice(repositoryOf(image).length + 1);
  return new Map([
    [`/app/${container.name}`, "\u007fELF\n"],
    ["/app/VERSION", `${version}\n`],
    ["/app/config.yaml", `name: ${container.name}\nlog:\n  level: info\n  format: json\n`],
    ["/etc/hostname", `${hostname}\n`],
    ["/etc/hosts", `# Kubernetes-managed hosts file.\n127.0.0.1\tlocalhost\n::1\tlocalhost\n${address}\t${hostname}\n`],
    ["/etc/os-release", 'PRETTY_NAME="Alpine Linux v3.23"\nNAME="Alpine Linux"\nID=alpine\nVERSION_ID=3.23.0\n'],
    ["/etc/passwd", "root:x:0:0:root:/root:/bin/sh\napp:x:10001:10001:app:/app:/bin/sh\n"],
    [
      "/etc/resolv.conf",
      `search ${namespace}.svc.cluster.local svc.cluster.local cluster.local\nnameserver 10.96.0.10\noptions ndots:5\n`,
    ],
    ["/proc/version", "Linux version 6.12.48-amd64 (demo@harbour.example) #1 SMP PREEMPT_DYNAMIC\n"],
    [`${account}/namespace`, namespace],
    [`${account}/token`, "in the demo, nobody has a token\n"],
  ]);
}
