import { z } from "zod";
import { StowageError } from "../../error.ts";
import type { AskOptions, ClusterSource } from "./cluster-source.ts";
import { isKubeError } from "./kube-error.ts";

export type ServedResource = {
  readonly name: string;
  readonly kind: string;
  readonly namespaced: boolean;
  readonly verbs: readonly string[];
};

const listSchema = z.object({
  resources: z.array(
    z.object({ name: z.string(), kind: z.string(), namespaced: z.boolean(), verbs: z.array(z.string()).nullish() }),
  ),
});

const servedFor = 5 * 60_000;
// An API that is missing may be one that is just being installed.
const missingFor = 30_000;
const maxGroups = 500;

type Known = { resources: ReadonlyMap<string, ServedResource> | null; until: number };

/** Which resources a cluster serves, asked by group and version as the reader and remembered for minutes. */
export class ServedKinds {
  readonly #source: ClusterSource;
  readonly #now: () => number;
  readonly #known = new Map<string, Known>();
  readonly #asking = new Map<string, Promise<Known>>();

  constructor(source: ClusterSource, now: () => number = Date.now) {
    this.#source = source;
    this.#now = now;
  }

  /** The resource, or null where this cluster does not serve it. Throws when the cluster cannot be asked. */
  async find(
    api: { group: string; version: string; resource: string },
    options?: AskOptions,
  ): Promise<ServedResource | null> {
    const path = api.group === "" ? `/api/${api.version}` : `/apis/${api.group}/${api.version}`;
    const known = this.#known.get(path);
    const { resources } = known !== undefined && known.until > this.#now() ? known : await this.#ask(path, options);
    return resources?.get(api.resource) ?? null;
  }

  /** Forgets everything: a CRD came or went. */
  forget(): void {
    this.#known.clear();
  }

  #ask(path: string, options?: AskOptions): Promise<Known> {
    const asking = this.#asking.get(path);
    if (asking !== undefined) return asking;
    const asked = this.#read(path, options).finally(() => this.#asking.delete(path));
    this.#asking.set(path, asked);
    return asked;
  }

  async #read(path: string, options?: AskOptions): Promise<Known> {
    const resources = await this.#resourcesAt(path, options);
    const known = { resources, until: this.#now() + (resources === null ? missingFor : servedFor) };
    if (this.#known.size >= maxGroups) this.#known.clear();
    this.#known.set(path, known);
    return known;
  }

  async #resourcesAt(path: string, options?: AskOptions): Promise<ReadonlyMap<string, ServedResource> | null> {
    try {
      const answer = listSchema.safeParse(await this.#source.getJson(path, { type: "reader" }, options));
      if (!answer.success) throw new StowageError("source-refused", `the API server did not say what is at ${path}`);
      return new Map(
        answer.data.resources.map((resource) => [resource.name, { ...resource, verbs: resource.verbs ?? [] }]),
      );
    } catch (error) {
      if (isKubeError(error) && error.code === "not-found") return null;
      throw error;
    }
  }
}
