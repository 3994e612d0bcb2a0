import { ageWords } from "../../../shared/age.ts";
import type { EngineContainer, EngineNetwork, EngineVolume, EngineWorld, KeptImage } from "./engine-world.ts";

const units = { y: " years", d: " days", h: " hours", m: " minutes", s: " seconds" };

/** A container as `GET /containers/json` has it. */
export function listed(world: EngineWorld, container: EngineContainer): object {
  const names = [...(world.images.get(container.imageId)?.names ?? [])];
  return {
    Id: container.id,
    Names: [`/${container.name}`],
    Image: names.includes(container.image) ? container.image : container.imageId,
    ImageID: container.imageId,
    Command: container.command.join(" "),
    Created: Math.floor(container.created / 1000),
    Ports: container.ports.map(({ own, host }) => ({
      PrivatePort: own,
      Type: "tcp",
      ...(host === null || container.state !== "running" ? {} : { IP: "127.0.0.1", PublicPort: host }),
    })),
    Labels: container.labels,
    State: container.state,
    Status: statusOf(world, container),
    HostConfig: { NetworkMode: container.network },
    NetworkSettings: { Networks: { [container.network]: { IPAddress: isOn(container) ? container.address : "" } } },
    Mounts: container.volumes.map(mountOf),
    SizeRw: container.writable,
    SizeRootFs: container.writable + bytesOf(world.images.get(container.imageId)),
  };
}

/** The same as `GET /containers/{id}/json` has it. */
export function inspected(world: EngineWorld, container: EngineContainer): object {
  const [path = "", ...args] = container.command;
  return {
    Id: container.id,
    Created: timeOf(container.created),
    Path: path,
    Args: args,
    State: {
      Status: container.state,
      // What is about to be started again counts as running, as engines have it.
      Running: isOn(container) || container.state === "restarting",
      Paused: container.state === "paused",
      Restarting: container.state === "restarting",
      OOMKilled: container.exitCode === 137,
      Dead: false,
      Pid: container.pid,
      ExitCode: container.exitCode,
      Error: "",
      StartedAt: timeOf(container.started),
      FinishedAt: timeOf(container.finished),
      ...(container.health === null
        ? {}
        : {
            Health: {
              Status: container.health,
              FailingStreak: container.health === "unhealthy" ? 12 : 0,
              Log: [
                {
                  Start: timeOf(world.now() - 4_000),
                  End: timeOf(world.now() - 3_950),
                  ExitCode: container.health === "unhealthy" ? 1 : 0,
                  Output: container.health === "unhealthy" ? "connection refused: 127.0.0.1:8080" : "ok",
                },
              ],
            },
          }),
    },
    Image: container.imageId,
    Name: `/${container.name}`,
    RestartCount: container.restarts,
    Driver: "overlay2",
    Platform: "linux",
    AppArmorProfile: "docker-default",
    HostConfig: {
      NetworkMode: container.network,
      PidMode: "",
      IpcMode: "private",
      UTSMode: "",
      UsernsMode: "",
      CgroupnsMode: "private",
      Privileged: false,
      ReadonlyRootfs: container.readOnlyRoot,
      Memory: container.memory,
      NanoCpus: container.cpus * 1e9,
      PidsLimit: null,
      CapAdd: null,
      CapDrop: null,
      SecurityOpt: null,
      RestartPolicy: { Name: container.restart, MaximumRetryCount: 0 },
      PortBindings: bindingsOf(container),
    },
    Mounts: container.volumes.map(mountOf),
    Config: {
      Hostname: container.id.slice(0, 12),
      User: container.user,
      Env: container.env,
      Cmd: container.command,
      Image: container.image,
      Tty: container.tty,
      OpenStdin: false,
      Labels: container.labels,
      ...(container.health === null
        ? {}
        : { Healthcheck: { Test: ["CMD-SHELL", "wget -qO- 127.0.0.1:8080/live"], Interval: 1e10 } }),
    },
    NetworkSettings: {
      Ports: isOn(container) ? bindingsOf(container) : {},
      Networks: { [container.network]: { IPAddress: isOn(container) ? container.address : "" } },
    },
  };
}

export function isOn({ state }: EngineContainer): boolean {
  return state === "running" || state === "paused";
}

export function imageSummary(world: EngineWorld, kept: KeptImage, withShared: boolean): object {
  const { image, names } = kept;
  return {
    Id: image.id,
    ParentId: "",
    RepoTags: names.size === 0 ? ["<none>:<none>"] : [...names],
    RepoDigests: digestsOf(kept),
    Created: Math.floor(Date.parse(image.created) / 1000),
    Size: bytesOf(kept),
    VirtualSize: bytesOf(kept),
    SharedSize: withShared ? sharedOf(world, kept) : -1,
    Labels: image.config.Labels,
    Containers: withShared ? world.usersOf(image.id).length : -1,
  };
}

export function imageInspected(kept: KeptImage): object {
  const { image, names } = kept;
  return {
    Id: image.id,
    RepoTags: [...names],
    RepoDigests: digestsOf(kept),
    Parent: "",
    Comment: "buildkit.dockerfile.v0",
    Created: image.created,
    DockerVersion: "",
    Author: "harbour build",
    Config: image.config,
    Architecture: "amd64",
    Os: "linux",
    Size: bytesOf(kept),
    VirtualSize: bytesOf(kept),
    GraphDriver: { Name: "overlay2", Data: {} },
    RootFS: { Type: "layers", Layers: image.layers.map(({ diff }) => diff) },
    Metadata: { LastTagTime: image.created },
  };
}

/** Newest first, as an engine tells it. */
export function imageHistory({ image, names }: KeptImage): object[] {
  return image.history
    .map(({ createdBy, bytes }, place) => ({
      Id: place === image.history.length - 1 ? image.id : "<missing>",
      Created: Math.floor(Date.parse(image.created) / 1000),
      CreatedBy: createdBy,
      Tags: place === image.history.length - 1 && names.size > 0 ? [...names] : null,
      Size: bytes,
      Comment: "buildkit.dockerfile.v0",
    }))
    .toReversed();
}

function bytesOf(kept: KeptImage | undefined): number {
  return (kept?.image.layers ?? []).reduce((sum, { unpacked }) => sum + unpacked, 0);
}

/** Bytes of layers that another image on the same ground has too. */
function sharedOf(world: EngineWorld, kept: KeptImage): number {
  const others = [...world.images.values()].filter((other) => other !== kept);
  let shared = 0;
  for (const [place, layer] of kept.image.layers.entries()) {
    const below = kept.image.layers.slice(0, place + 1);
    const isShared = others.some(({ image }) => below.every(({ diff }, index) => image.layers[index]?.diff === diff));
    if (!isShared) break;
    shared += layer.unpacked;
  }
  return shared;
}

/** Each chain of layers once. */
export function bytesOnDisk(world: EngineWorld): number {
  const chains = new Map<string, number>();
  for (const { image } of world.images.values()) {
    let chain = "";
    for (const { diff, unpacked } of image.layers) {
      chain += `/${diff}`;
      chains.set(chain, unpacked);
    }
  }
  return [...chains.values()].reduce((sum, bytes) => sum + bytes, 0);
}

export function volumeOf(world: EngineWorld, volume: EngineVolume, withUsage: boolean): object {
  const users = [...world.containers.values()].filter(({ volumes }) =>
    volumes.some(({ name }) => name === volume.name),
  );
  return {
    Name: volume.name,
    Driver: "local",
    Scope: "local",
    Mountpoint: `/var/lib/docker/volumes/${volume.name}/_data`,
    CreatedAt: timeOf(volume.created),
    Labels: volume.labels,
    Options: null,
    ...(withUsage ? { UsageData: { Size: volume.bytes, RefCount: users.length } } : {}),
  };
}

export function networkOf(world: EngineWorld, network: EngineNetwork): object {
  const members = [...world.containers.values()].filter((each) => each.network === network.name && isOn(each));
  return {
    Id: network.id,
    Name: network.name,
    Created: timeOf(network.created),
    Scope: "local",
    Driver: network.driver,
    EnableIPv6: false,
    Internal: false,
    Attachable: false,
    Ingress: false,
    IPAM: {
      Driver: "default",
      Config:
        network.driver === "bridge"
          ? [{ Subnet: network.subnet, Gateway: network.subnet.replace(/0\.0\/16$/, "0.1") }]
          : [],
    },
    Options: {},
    Labels: network.labels,
    Containers: Object.fromEntries(
      members.map(({ id, name, address }) => [id, { Name: name, IPv4Address: `${address}/16` }]),
    ),
  };
}

function statusOf(world: EngineWorld, container: EngineContainer): string {
  const ago = (at: number) => ageWords(Math.max(1, Math.floor((world.now() - at) / 1000)), units);
  switch (container.state) {
    case "created":
      return "Created";
    case "running":
      return `Up ${ago(container.started)}${container.health === null ? "" : container.health === "starting" ? " (health: starting)" : ` (${container.health})`}`;
    case "paused":
      return `Up ${ago(container.started)} (Paused)`;
    case "restarting":
      return `Restarting (${container.exitCode}) ${ago(container.finished)} ago`;
    case "exited":
      return `Exited (${container.exitCode}) ${ago(container.finished)} ago`;
  }
}

function digestsOf({ image, names }: KeptImage): string[] {
  return names.size === 0 ? [] : [`${image.name.replace(/:[^:/]*$/, "")}@${image.indexDigest}`];
}

function mountOf({ name, path, readOnly }: EngineContainer["volumes"][number]): object {
  return {
    Type: "volume",
    Name: name,
    Source: `/var/lib/docker/volumes/${name}/_data`,
    Destination: path,
    Driver: "local",
    Mode: "z",
    RW: !readOnly,
    Propagation: "",
  };
}

function bindingsOf({ ports }: EngineContainer): object {
  return Object.fromEntries(
    ports.map(({ own, host }) => [
      `${own}/tcp`,
      host === null ? null : [{ HostIp: "127.0.0.1", HostPort: String(host) }],
    ]),
  );
}

/** The year 1 is never. */
export function timeOf(at: number): string {
  return at === 0 ? "0001-01-01T00:00:00Z" : new Date(at).toISOString();
}
