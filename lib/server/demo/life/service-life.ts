import { isDeepStrictEqual } from "node:util";

import type { KubeObject } from "../../../protocol/object.ts";
import { compareText } from "../../../shared/compare.ts";
import { endpointslices, services } from "../api/resources.ts";
import { Controller } from "./controller.ts";
import type { ServiceSpec, SliceContent } from "./endpoint-slice-object.ts";
import { endpointOf, endpointPorts, hasAddress, newSlice } from "./endpoint-slice-object.ts";
import { place } from "./lives.ts";
import type { World } from "./world.ts";

const syncMs = 200;
/** As many as the controller puts into one slice. */
const maxEndpoints = 100;

type Around = {
  /** The pods of its namespace. */
  pods: () => readonly KubeObject[];
  gone: () => void;
};

/** One service: keeps its endpoint slices as the readiness of its pods is. */
export class ServiceLife extends Controller {
  private readonly around: Around;
  /** Names of its slices, the fullest first; null before there were any. */
  private slices: readonly string[] | null = null;
  private left = false;

  constructor(world: World, object: KubeObject, around: Around) {
    super(world, services, object, syncMs);
    this.around = around;
    this.changed();
  }

  override changed(): void {
    if (!this.left) super.changed();
  }

  /** Its slices go with it, as the garbage collector finds what it owned. */
  removed(): void {
    this.left = true;
    this.around.gone();
  }

  selects({ metadata }: KubeObject): boolean {
    const wanted = Object.entries(this.spec?.selector ?? {});
    return wanted.length > 0 && wanted.every(([key, value]) => metadata?.labels?.[key] === value);
  }

  private get spec(): ServiceSpec | undefined {
    return this.object?.["spec"] as ServiceSpec | undefined;
  }

  protected look(): void {
    const { object, spec, world } = this;
    // Who selects nothing has the slices that somebody makes for it.
    const managed = spec && spec.type !== "ExternalName" && Object.keys(spec.selector ?? {}).length > 0;
    if (!object || this.left || !managed) return;
    const contents = this.contents(spec);
    const names = (this.slices ?? []).filter((name) => world.store.get(endpointslices, this.namespace, name));
    for (const name of names.slice(contents.length)) this.drop(name);
    this.slices = contents.map((content, index) => this.write(object, names[index], content));
  }

  /** At least one slice, be it empty. */
  private contents(spec: ServiceSpec): SliceContent[] {
    const nameOf = ({ metadata }: KubeObject) => metadata?.name ?? "";
    const chosen = this.around
      .pods()
      .filter((pod) => this.selects(pod) && hasAddress(pod))
      .toSorted((a, b) => compareText(nameOf(a), nameOf(b)));
    const ports = endpointPorts(spec, chosen);
    const endpoints = chosen.map((pod) => endpointOf(pod, spec));
    return Array.from({ length: Math.max(1, Math.ceil(endpoints.length / maxEndpoints)) }, (_, index) => ({
      ports,
      endpoints: endpoints.slice(index * maxEndpoints, (index + 1) * maxEndpoints),
    }));
  }

  private drop(name: string): void {
    const { store, lives } = this.world;
    lives.delete(store.get(endpointslices, this.namespace, name)?.metadata?.uid ?? "");
    store.remove(endpointslices, this.namespace, name);
  }

  private write(service: KubeObject, name: string | undefined, content: SliceContent): string {
    const { world, namespace } = this;
    const known = name === undefined ? undefined : world.store.get(endpointslices, namespace, name);
    if (!known) {
      const slice = newSlice(service, world.chance.suffix(5), content);
      // The first is as old as the service, which may be older than the world.
      const { creationTimestamp } = service.metadata ?? {};
      const since = this.slices === null && creationTimestamp !== undefined ? { creationTimestamp } : {};
      const made = place(world, endpointslices, { ...slice, metadata: { ...slice.metadata, ...since } });
      // Whoever edits or deletes what the controller keeps sees it come back.
      const life = { changed: () => this.changed(), removed: () => this.changed() };
      world.lives.set(made.metadata?.uid ?? "", life);
      return made.metadata?.name ?? "";
    }
    const { ports, endpoints } = known;
    if (!isDeepStrictEqual({ ports, endpoints }, content)) {
      const generation = Number(known.metadata?.["generation"] ?? 1) + 1;
      world.store.put(endpointslices, { ...known, ...content, metadata: { ...known.metadata, generation } });
    }
    return known.metadata?.name ?? "";
  }
}
