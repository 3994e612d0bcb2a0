import assert from "node:assert/strict";
import { test } from "node:test";

import fc from "fast-check";

import type { Messages } from "../i18n/en.ts";
import { en } from "../i18n/en.ts";
import { ko } from "../i18n/ko.ts";
import { healthLevels } from "../protocol/cell.ts";
import type { Cell } from "../protocol/cell.ts";
import type { KubeObject } from "../protocol/object.ts";
import { kindList } from "./index.ts";
import type { Kind, KindSide, ReadCell, Sentence } from "./kind.ts";
import { readerOf } from "./kind.ts";
import { printCell } from "./print-cell.ts";
import { maxCellList, maxCellText } from "./read-object.ts";
import {
  sampleContainer,
  sampleEngine,
  sampleImage,
  sampleListedContainer,
  sampleNetwork,
  sampleVolume,
} from "./sample-engine.ts";
import { sampleEndpointSlice, sampleService } from "./sample-network.ts";
import { sampleDeployment, sampleEvent, sampleNode, samplePod } from "./sample-objects.ts";
import { sampleCronJob, sampleDaemonSet, sampleJob, sampleStatefulSet } from "./sample-workloads.ts";

const now = 1_800_000_000;
const fieldNames = fieldNamesOf();

/** Fields and words that the projections look at, so that random objects reach into them. */
function fieldNamesOf(): string[] {
  const fields =
    "apiVersion kind metadata spec status name namespace uid labels annotations creationTimestamp deletionTimestamp finalizers " +
    "ownerReferences controller containers initContainers ephemeralContainers containerStatuses initContainerStatuses " +
    "ephemeralContainerStatuses state lastState waiting running terminated reason message exitCode signal finishedAt startedAt " +
    "restartCount ready started restartPolicy image imageID resources requests limits cpu memory overhead allocatedResources " +
    "conditions type lastTransitionTime lastHeartbeatTime phase podIP podIPs ip nodeName nominatedNodeName readinessGates " +
    "conditionType schedulingGates tolerations taints key value effect operator nodeInfo addresses address allocatable capacity " +
    "unschedulable involvedObject fieldPath source component host series count lastObservedTime firstTimestamp lastTimestamp " +
    "eventTime replicas selector matchLabels matchExpressions values template strategy rollingUpdate paused observedGeneration " +
    "readyReplicas availableReplicas updatedReplicas currentReplicas updateRevision currentRevision updateStrategy partition " +
    "serviceName volumeClaimTemplates storage desiredNumberScheduled currentNumberScheduled numberReady nodeSelector " +
    "updatedNumberScheduled numberAvailable numberMisscheduled completions parallelism backoffLimit startTime completionTime " +
    "active succeeded failed suspend schedule timeZone jobTemplate lastScheduleTime lastSuccessfulTime " +
    "clusterIPs externalIPs externalName loadBalancer ingress hostname ports port targetPort nodePort protocol appProtocol " +
    "sessionAffinity endpoints targetRef serving terminating addressType kubernetes.io/service-name " +
    "engine Id ID Names Name Image ImageID RepoTags RepoDigests Size State Status Running Health Log Output ExitCode Ports IP " +
    "PublicPort PrivatePort HostPort NetworkSettings Networks IPAddress Mounts Source Destination HostConfig Memory NanoCpus " +
    "CpuQuota CpuPeriod PidsLimit CapAdd CapDrop SecurityOpt Privileged PidMode NetworkMode Config Env Labels User Entrypoint " +
    "IPAM Subnet Driver DriverStatus SecurityOptions Warnings Plugins RegistryConfig IndexConfigs " +
    "pod-template-hash __proto__ constructor toString hasOwnProperty";
  return fields.split(" ");
}

const words = [
  ..."True False Unknown Ready Always Pending Running Succeeded Failed Terminating Active NodeLost Error Completed".split(
    " ",
  ),
  ..."CrashLoopBackOff ImagePullBackOff PodScheduled SchedulingGated Progressing ReplicaFailure In Exists Pod Node".split(
    " ",
  ),
  ..."Complete FailureTarget SuccessCriteriaMet Suspended OnDelete RollingUpdate LoadBalancer ClusterIP ExternalName".split(
    " ",
  ),
  "2026-01-02T03:04:05Z",
  "500m",
  "2Gi",
  "",
  "<script>alert(1)</script>",
  "\u202Egnp.exe\u0000\u001B[31m",
  "x".repeat(5000),
  "😀".repeat(1000),
];

const json = fc.letrec<{ value: unknown; object: Record<string, unknown> }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 7, withCrossShrink: true },
    fc.oneof(fc.constantFrom(...words), fc.integer(), fc.double(), fc.boolean(), fc.constant(null)),
    tie("object"),
    fc.array(tie("value"), { maxLength: 4 }),
  ),
  object: fc
    .array(fc.tuple(fc.constantFrom(...fieldNames), tie("value")), { maxLength: 12 })
    .map(
      (entries) =>
        JSON.parse(
          `{${entries.map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value ?? null)}`).join(",")}}`,
        ) as Record<string, unknown>,
    ),
}));

const samples = [
  samplePod,
  sampleNode,
  sampleDeployment,
  sampleStatefulSet,
  sampleDaemonSet,
  sampleJob,
  sampleCronJob,
  sampleService,
  sampleEndpointSlice,
  sampleEvent,
  sampleListedContainer,
  sampleContainer,
  sampleImage,
  sampleVolume,
  sampleNetwork,
  sampleEngine,
];

/** A whole object in which one thing, anywhere, is something else. */
const spoilt = fc
  .record({
    sample: fc.constantFrom(...samples),
    steps: fc.array(fc.nat(30), { minLength: 1, maxLength: 8 }),
    value: json.value,
  })
  .map(({ sample, steps, value }) => spoil(structuredClone(sample), steps, value) as KubeObject);

function spoil(node: unknown, [step = 0, ...rest]: readonly number[], value: unknown): unknown {
  if (typeof node !== "object" || node === null || Object.keys(node).length === 0) return value;
  const holder = node as Record<string, unknown>;
  const keys = Object.keys(holder);
  const key = keys[step % keys.length] ?? "";
  holder[key] = rest.length === 0 ? value : spoil(holder[key], rest, value);
  return holder;
}

const anything = fc.oneof(
  json.object,
  json.value,
  fc.record({ metadata: json.object, spec: json.object, status: json.object }),
  spoilt,
  spoilt,
) as fc.Arbitrary<KubeObject>;

function say(sentence: Sentence, { health }: Messages): string {
  const message = health[sentence.key] as string | ((values: unknown) => string);
  return typeof message === "string" ? message : message("values" in sentence ? sentence.values : {});
}

function checkCell(kind: Kind, id: string, cell: Cell): void {
  const where = `${kind.id} ${id}`;
  const internal = kind.column.get(id)?.show === "internal";
  if (typeof cell === "number") assert.ok(Number.isFinite(cell), where);
  if (typeof cell === "string") assert.ok(cell.length <= maxCellText, where);
  if (cell === null || typeof cell !== "object") return;
  assert.ok(internal || cell.length <= maxCellList, where);
  for (const text of cell) assert.ok(typeof text === "string" && text.length <= maxCellText, where);
}

function checkCells(kind: Kind, cells: readonly Cell[]): ReadCell {
  assert.equal(cells.length, kind.columns.length);
  const read = readerOf(kind, cells);
  for (const column of kind.columns) {
    checkCell(kind, column.id, read(column.id));
    assert.equal(typeof printCell(column, read, now), "string");
    const link = column.link?.(read);
    if (link) assert.equal(typeof ("kind" in link ? link.path : link.image), "string");
  }
  return read;
}

function checkPage(kind: Kind, side: KindSide, object: KubeObject, messages: Messages): void {
  const health = side.health?.(object, now);
  if (health) {
    assert.ok(healthLevels.includes(health.level));
    assert.notEqual(say(health.sentence, messages), "");
  }
  for (const section of side.sections) {
    if (section.type === "lines") for (const line of section.lines(object)) assert.ok(line.length <= maxCellText);
    if (section.type === "isolation")
      for (const { value } of section.rows(object)) assert.ok(value.length <= maxCellText);
    if (section.type === "related") section.q(object);
    if (section.type !== "facts") continue;
    for (const fact of section.facts(object, now)) {
      assert.ok(fact.value !== "" && fact.value.length <= maxCellText * maxCellList, `${kind.id} ${fact.label}`);
    }
  }
}

for (const kind of kindList) {
  test(`${kind.id}: no object breaks a row or a page`, () => {
    const derived = kindList.find((candidate) => candidate.derived?.from === kind.id);
    fc.assert(
      fc.property(anything, (object) => {
        const read = checkCells(kind, kind.project(object));
        checkPage(kind, kind, object, en);
        checkPage(kind, kind, object, ko);
        if (kind.engine) {
          const cell = checkCells(kind, kind.engine.project(object));
          checkPage(kind, kind.engine, object, en);
          checkPage(kind, kind.engine, object, ko);
          if (kind.column.has("health") && kind.engine.health)
            assert.equal(cell("health"), kind.engine.health(object, now).level, "the list and the page agree");
        }
        if (kind.api && kind.health)
          assert.equal(read("health"), kind.health(object, now).level, "the list and the page agree");
        for (const row of derived?.derived?.expand(read) ?? []) checkCells(derived as Kind, row.cells);
      }),
      { numRuns: 400 },
    );
    assert.equal(Object.prototype.hasOwnProperty.call(Object.prototype, "polluted"), false);
  });
}
