import type { EngineResource } from "../../kinds/kind.ts";
import type { ObjectAnswer } from "../../protocol/object.ts";
import { maskEnv } from "../../shared/mask-env.ts";
import { StowageError } from "../error.ts";
import { engineResources } from "../sources/docker/engine-resources.ts";
import type { Engine } from "../sources/docker/engine.ts";

const maxObjectBytes = 8 * 1024 * 1024;

/**
 * One whole object of an engine as its own `inspect` tells it, values of the environment that look like secrets masked. `path` is
 * what follows the source in a row's key. Throws `not-found`, `source-unreachable`, `source-refused`, `too-large`.
 */
export async function readEngineObject(engine: Engine, resource: EngineResource, path: string): Promise<ObjectAnswer> {
  const { one } = engineResources[resource];
  if (path.includes("/")) throw new StowageError("not-found", path);
  const answer = await engine.json({ path: one.path(path) }, { maxBytes: maxObjectBytes });
  const object = one.parse(answer);
  if (!object) throw new StowageError("source-refused", `${engine.where} sent something that is no ${resource}`);
  // There is one engine behind an address, whatever it is called in this one.
  if (resource === "engines" && object.metadata?.name !== path) throw new StowageError("not-found", path);
  return { object: withoutSecrets(object), read: Date.now() / 1000 };
}

/** The same object with its environment masked, wherever an engine tells it: `Config.Env` of containers and images. */
function withoutSecrets<T extends { [field: string]: unknown }>(object: T): T {
  const { engine } = object;
  if (!isObject(engine) || !isObject(engine["Config"]) || !Array.isArray(engine["Config"]["Env"])) return object;
  const env = engine["Config"]["Env"].map((entry: unknown) => (typeof entry === "string" ? maskEnv(entry) : entry));
  return { ...object, engine: { ...engine, Config: { ...engine["Config"], Env: env } } };
}

function isObject(value: unknown): value is { [field: string]: unknown } {
  return typeof value === "object" && value !== null;
}
