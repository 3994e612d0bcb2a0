import type { KubeObject } from "../../../protocol/object.ts";
import type { Resource } from "../api/resources.ts";
import { events, namespaces } from "../api/resources.ts";
import { Store } from "../api/store.ts";
import { Agenda } from "./agenda.ts";
import type { ContainerShape, Fault } from "./app.ts";
import type { Birth, Life } from "./lives.ts";
import type { NodeLife } from "./node-life.ts";
import type { PodLife } from "./pod-life.ts";
import { Chance } from "./random.ts";
import { timeText } from "./time-text.ts";

/** What an event is about: enough of an object's metadata to point at it. */
export type About = { apiVersion: string; kind: string; namespace: string; name: string; uid: string };

/** Events are kept this long, as by an API server, in ms. */
const eventMs = 3_600_000;

/** One cluster of the demo: its objects, its clock, and who lives in it. */
export class World {
  readonly store = new Store();
  readonly agenda: Agenda;
  readonly chance: Chance;
  readonly nodes: NodeLife[] = [];
  readonly pods = new Map<string, PodLife>();
  /** What lives behind the objects of the store, by uid; pods have a map of their own. */
  readonly lives = new Map<string, Life>();
  /** How the life of an object begins that somebody created. */
  readonly births = new Map<Resource, Birth>();
  /** What is wrong with containers, by what they are made of (faultKey). */
  readonly faults = new Map<string, Fault>();
  /** How an image's containers write their logs, by its repository. */
  readonly logs = new Map<string, ContainerShape["log"]>();
  /** How long an image's containers work that come to an end, in ms, by its repository. */
  readonly works = new Map<string, number>();
  private readonly told = new Map<string, KubeObject & { count: number }>();

  constructor(seed: number, start: number) {
    this.chance = new Chance(seed);
    this.agenda = new Agenda(start);
  }

  addNamespace(name: string, created: number): void {
    this.store.put(namespaces, {
      metadata: {
        name,
        uid: this.chance.uid(),
        creationTimestamp: timeText(created),
        labels: { "kubernetes.io/metadata.name": name },
      },
      spec: { finalizers: ["kubernetes"] },
      status: { phase: "Active" },
    });
  }

  /** Reports something about an object; the same again counts up, as a kubelet does it. */
  report(type: "Normal" | "Warning", reason: string, message: string, about: About, by: string): void {
    const { agenda, chance, store } = this;
    const key = `${about.uid}/${reason}/${message}`;
    const known = this.told.get(key);
    const namespace = about.namespace === "" ? "default" : about.namespace;
    const now = timeText(agenda.now);
    const event = {
      metadata: known?.metadata ?? {
        name: `${about.name}.${chance.hex(16)}`,
        namespace,
        uid: chance.uid(),
        creationTimestamp: now,
      },
      involvedObject: { ...about, namespace: about.namespace === "" ? undefined : about.namespace },
      type,
      reason,
      message,
      source: by === "kubelet" ? { component: by, host: this.hostOf(about) } : { component: by },
      reportingComponent: by,
      reportingInstance: "",
      firstTimestamp: known?.["firstTimestamp"] ?? now,
      lastTimestamp: now,
      count: (known?.count ?? 0) + 1,
    };
    store.put(events, event);
    this.told.set(key, event);
    const { count } = event;
    agenda.after(eventMs, () => {
      if (this.told.get(key)?.count !== count) return;
      this.told.delete(key);
      store.remove(events, namespace, event.metadata.name ?? "");
    });
  }

  private hostOf(about: About): string | undefined {
    return this.pods.get(about.uid)?.node?.name;
  }
}
