import type { ClusterPlan } from "../options.ts";
import type { KubeObject } from "../resource-path.ts";
import { onFakeNodes, placement, shopImage } from "./pod-template.ts";

const namespace = "hostile";
const ESC = "\u001b";
const BEL = "\u0007";

/** What people and programs can write into a cluster, and a dashboard must show without obeying. */
export const hostileTexts = {
  script: "<script>window.hostile=1</script>",
  image: '<img src=x onerror="window.hostile=1">',
  url: "javascript:window.hostile=1",
  dataUrl: "data:text/html,<script>window.hostile=1</script>",
  // Colours, a cleared screen, a set title, a link, a clipboard write.
  ansi: `${ESC}[31mred${ESC}[0m ${ESC}[2J${ESC}[H${ESC}]0;title taken${BEL}`,
  osc: `${ESC}]8;;javascript:window.hostile=1${ESC}\\click${ESC}]8;;${ESC}\\ ${ESC}]52;c;aG9zdGlsZQ==${BEL}`,
  // Reads as "invoice.exe" turned round, and a line that hides its end.
  bidi: "invoice\u202Efdp.exe\u202C \u2066isolated\u2069",
  template: '{{constructor.constructor("return 1")()}} ${7*7} <%= 7*7 %>',
  csv: '=HYPERLINK("http://attacker.example.test","click")',
  path: "../../../../etc/passwd",
  control: "bell\u0007 backspace\b\b\b tab\t vertical\u000b form\u000c delete\u007f zero-width\u200bspace \ufeff",
  long: "x".repeat(4000),
} as const;

function annotations(): Record<string, string> {
  return {
    ...Object.fromEntries(Object.entries(hostileTexts).map(([key, text]) => [`hostile.example.test/${key}`, text])),
    "kubernetes.io/change-cause": hostileTexts.script,
    "link.example.test/docs": hostileTexts.url,
    // Names that mean something to JavaScript objects; `__proto__` itself is no valid annotation key.
    constructor: "annotation named constructor",
    toString: "annotation named toString",
    hasOwnProperty: "annotation named hasOwnProperty",
    "example.test/x__proto__x": "as near to __proto__ as annotations come",
  };
}

/** The data of a config map may be called `__proto__`: an object literal would set the prototype instead. */
function trickyData(): Record<string, string> {
  return JSON.parse(
    JSON.stringify({
      PROTO: '{"polluted":true}',
      constructor: "data named constructor",
      "script.html": hostileTexts.script,
    }).replace('"PROTO"', '"__proto__"'),
  ) as Record<string, string>;
}

function speaker(plan: ClusterPlan, name: string, script: string, restartPolicy: string): KubeObject {
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name, namespace, annotations: annotations(), labels: { constructor: "label", app: name } },
    spec: {
      ...placement(plan),
      restartPolicy,
      automountServiceAccountToken: false,
      terminationGracePeriodSeconds: 1,
      containers: [
        {
          name: "speaker",
          image: shopImage(plan, "tools"),
          command: ["/bin/sh", "-c", script],
          env: [
            ...Object.entries(hostileTexts).map(([key, value]) => ({ name: `HOSTILE_${key.toUpperCase()}`, value })),
            { name: "constructor", value: "variable named constructor" },
            { name: "__proto__", value: "variable named __proto__" },
          ],
        },
      ],
    },
  };
}

function event(name: string, reason: string, message: string): KubeObject {
  const now = new Date().toISOString().replace(/\.\d+Z$/, "Z");
  return {
    apiVersion: "v1",
    kind: "Event",
    metadata: { name, namespace },
    involvedObject: { apiVersion: "v1", kind: "Pod", name: "speaker", namespace },
    reason,
    message,
    type: "Warning",
    source: { component: hostileTexts.script },
    firstTimestamp: now,
    lastTimestamp: now,
    count: 1,
  };
}

export function hostileObjects(plan: ClusterPlan): KubeObject[] {
  const say = Object.keys(hostileTexts)
    .map((key) => `printf '%s\\n' "$HOSTILE_${key.toUpperCase()}"`)
    .join("; ");
  return [
    speaker(plan, "speaker", `while :; do ${say}; printf 'no newline at the end'; sleep 5; done`, "Always"),
    // Its message holds markup, its log escapes.
    speaker(
      plan,
      "last-words",
      `${say}; printf '%s%s' "$HOSTILE_SCRIPT" "$HOSTILE_ANSI" >/dev/termination-log; exit 7`,
      "Never",
    ),
    {
      apiVersion: "v1",
      kind: "Pod",
      metadata: { name: "image-name", namespace, annotations: annotations() },
      spec: { ...onFakeNodes, containers: [{ name: "main", image: `"><script>window.hostile=1</script>:latest` }] },
    },
    {
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: { name: "tricky-keys", namespace, annotations: annotations() },
      data: trickyData(),
      binaryData: {
        "bytes.bin": Buffer.from(Array.from({ length: 512 }, (_, index) => index % 256)).toString("base64"),
      },
    },
    {
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: { name: "one-megabyte", namespace },
      data: { "big.txt": "All work and no play makes Jack a dull boy.\n".repeat(23_000).slice(0, 1_000_000) },
    },
    {
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: { name: "n".repeat(253), namespace },
      data: { note: "the longest name" },
    },
    {
      apiVersion: "v1",
      kind: "Service",
      metadata: { name: "links", namespace, annotations: annotations() },
      spec: { type: "ExternalName", externalName: "attacker.example.test" },
    },
    event("markup", hostileTexts.script, `${hostileTexts.image} ${hostileTexts.bidi}`),
    event("escapes", "Escapes", `${hostileTexts.ansi} ${hostileTexts.osc}`),
    event("long", "Long", hostileTexts.long.slice(0, 1000)),
  ];
}
