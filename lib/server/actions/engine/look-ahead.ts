import { z } from "zod";

import type { RunSpec } from "../../../shared/docker-run.ts";
import { isStowageError, StowageError } from "../../error.ts";
import type { Engine } from "../../sources/docker/engine.ts";

const networkSchema = z.object({ Name: z.string(), Driver: z.string() });
const volumeSchema = z.object({ Options: z.record(z.string(), z.string()).nullish() });
const portsSchema = z.array(
  z.object({
    Names: z.array(z.string()).nullish(),
    Ports: z
      .array(z.object({ IP: z.string().nullish(), PublicPort: z.number().nullish(), Type: z.string().nullish() }))
      .nullish(),
  }),
);

/**
 * Whether a container could be made and started so, as far as the engine knows. Throws `conflict` for a name or a port that is taken,
 * `invalid` for a network that is not there and for a way to the host. Ports of other programs show when it starts.
 */
export async function lookAhead(engine: Engine, spec: RunSpec): Promise<{ newVolumes: string[] }> {
  const { name, network, volumes } = spec;
  if (name !== undefined && (await orNull(engine, `/containers/${encodeURIComponent(name)}/json`)) !== null)
    throw new StowageError("conflict", `there is a container ${name} already`);
  // There always is none; Podman does not list it.
  if (network !== undefined && network !== "none") {
    const found = await orNull(engine, `/networks/${encodeURIComponent(network)}`);
    if (found === null) throw new StowageError("invalid", `there is no network ${network}`);
    // The host's network has an id too, by which it could be called.
    if (networkSchema.parse(found).Driver === "host")
      throw new StowageError("invalid", "a container here does not share the host's network");
  }
  await checkPorts(engine, spec.ports);
  const newVolumes: string[] = [];
  for (const each of new Set(volumes.map((volume) => volume.name))) {
    const found = await orNull(engine, `/volumes/${encodeURIComponent(each)}`);
    if (found === null) newVolumes.push(each);
    else if (volumeSchema.parse(found).Options?.["device"]?.startsWith("/"))
      throw new StowageError("invalid", `the volume ${each} is a path of the host`);
  }
  return { newVolumes };
}

async function checkPorts(engine: Engine, ports: RunSpec["ports"]): Promise<void> {
  const wanted = ports.filter(({ host }) => host !== undefined);
  if (wanted.length === 0) return;
  const containers = portsSchema.parse(await engine.json({ path: "/containers/json" }));
  for (const { host, address = "", protocol } of wanted) {
    const holder = containers.find(({ Ports }) =>
      (Ports ?? []).some(
        ({ IP, PublicPort, Type }) => PublicPort === host && (Type ?? "tcp") === protocol && overlap(IP ?? "", address),
      ),
    );
    if (holder)
      throw new StowageError(
        "conflict",
        `port ${host}/${protocol} is taken by the container ${(holder.Names?.[0] ?? "").replace(/^\//, "")}`,
      );
  }
}

const everywhere = new Set(["", "0.0.0.0", "::"]);

function overlap(one: string, other: string): boolean {
  return one === other || everywhere.has(one) || everywhere.has(other);
}

async function orNull(engine: Engine, path: string): Promise<unknown> {
  try {
    return await engine.json({ path });
  } catch (thrown) {
    if (isStowageError(thrown) && thrown.code === "not-found") return null;
    throw thrown;
  }
}
