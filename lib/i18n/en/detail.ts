import { ageWords } from "../../shared/age.ts";

const units = { y: " y", d: " d", h: " h", m: " min", s: " s" };

function seconds(count: number): string {
  return ageWords(count, units);
}

/** Times are seconds. */
type Probe = { delay: number; period: number; timeout: number; successes: number; failures: number };

export const detail = {
  parts: "Parts of this page",
  source: "Source",
  namespace: "Namespace",
  age: "Age",
  healthUnknown: "Stowage has no word for the health of this kind.",
  read: ({ ago }: { ago: number }) => `as of ${seconds(ago)} ago`,

  gone: ({ ago }: { ago: number }) => `Deleted ${seconds(ago)} ago. What you see is its last state.`,
  goneBody: "Nothing here changes any more. Another object may have its name by now.",
  deleting: "Deletion is asked for; the object stays until its finalizers and its node let go of it.",
  lost: "The connection to Stowage is lost; what you see is as of then.",
  noLongerRead: "This could not be read again; what you see is what was last known.",
  loading: "Reading…",

  errors: {
    forbidden:
      "Ask whoever runs the cluster for the right to get this kind in this namespace, or look at another source.",
    "not-found": "It may have been deleted or renamed. The list shows what there is now.",
    "source-unreachable": "Stowage tries again by itself. The overview tells the state of every source.",
    "too-large": "Read it with the command below.",
    other: "Try again, or go back to the list.",
  },
  toList: ({ kinds }: { kinds: string }) => `All ${kinds}`,
  saidBy: "What the source said",

  none: "none",
  noFacts: "Nothing is known.",

  conditions: {
    type: "Type",
    status: "Status",
    since: "Since",
    reason: "Reason",
    message: "Message",
    none: "It reports no conditions.",
  },

  labels: "Labels",
  annotations: "Annotations",
  noLabels: "No labels.",
  noAnnotations: "No annotations.",
  sameLabel: ({ kinds }: { kinds: string }) => `${kinds} with this label`,
  characters: ({ shown }: { shown: string }) => `${shown} characters`,
  cutText: ({ shown }: { shown: string }) => `… ${shown} more characters; the YAML below has all of them.`,

  events: {
    none: "No events about this. The API server forgets them, by default after an hour.",
    about: "newest first",
  },
  related: { none: "None now.", all: "Open as a list" },

  containers: {
    none: "It has no containers.",
    types: { container: "container", init: "init container", sidecar: "sidecar", ephemeral: "ephemeral container" },
    typeAbout: {
      container: "Runs as long as the pod does.",
      init: "Runs before the others, and has to succeed.",
      sidecar: "Starts before the others and runs beside them.",
      ephemeral: "Was put into the running pod, usually to debug it.",
    },
    pod: "Pod",
    ofPod: ({ sentence }: { sentence: string }) => `Pod: ${sentence}`,
    notInPod: ({ name }: { name: string }) => `The pod has no container ${name}.`,
    page: "Open this container's own page",
    ready: "ready",
    notReady: "not ready",
    restarts: ({ count }: { count: number }) => (count === 1 ? "1 restart" : `${count} restarts`),
    state: "State",
    lastState: "Before the last restart",
    states: { waiting: "Waiting", running: "Running", terminated: "Ended" },
    unknownState: "Nothing is reported.",
    since: ({ ago }: { ago: number }) => `for ${seconds(ago)}`,
    ended: ({ ago }: { ago: number }) => `${seconds(ago)} ago`,
    ran: ({ time }: { time: number }) => `ran ${seconds(time)}`,
    exit: ({ code }: { code: number }) => `exit code ${code}`,
    signal: ({ signal }: { signal: number }) => `signal ${signal}`,
    exitWords: {
      0: "success",
      1: "an error of the program",
      126: "the command cannot be run",
      127: "the command was not found",
      128: "an invalid exit",
      130: "interrupted (SIGINT)",
      134: "aborted (SIGABRT)",
      137: "killed (SIGKILL): for memory, or because it did not stop in time",
      139: "a memory fault (SIGSEGV)",
      143: "asked to stop (SIGTERM)",
    } as Readonly<Record<number, string>>,
    image: "Image",
    imageId: "Image ID",
    containerId: "Container ID",
    pullPolicy: "Pull policy",
    command: "Command",
    args: "Arguments",
    workingDir: "Working directory",
    resources: "Resources",
    request: "request",
    limit: "limit",
    noRequest: "no request",
    noLimit: "no limit",
    ports: "Ports",
    hostPort: ({ port }: { port: number }) => `on the node's port ${port}`,
    probes: "Probes",
    probeTypes: { startup: "Startup", readiness: "Readiness", liveness: "Liveness" },
    probeAbout: {
      startup: "Until it succeeds, the other probes wait.",
      readiness: "While it fails, services send no traffic here.",
      liveness: "When it fails, the container is restarted.",
    },
    probe: ({ delay, period, timeout, successes, failures }: Probe) =>
      `every ${seconds(period)}${delay > 0 ? `, first after ${seconds(delay)}` : ""}; ` +
      `fails after ${failures === 1 ? "1 time" : `${failures} times in a row`} without an answer within ${seconds(timeout)}` +
      (successes > 1 ? `; succeeds after ${successes} times in a row` : ""),
    noProbes: "No probes: ready as soon as it runs, restarted only when it ends.",
    env: "Environment",
    envCount: ({ count }: { count: number }) => (count === 1 ? "1 variable" : `${count} variables`),
    envFrom: {
      value: "",
      secret: "secret",
      configMap: "config map",
      field: "field",
      resource: "resource",
      other: "from",
    },
    envAll: ({ prefix }: { prefix: string }) => (prefix === "" ? "every key" : `every key, as ${prefix}…`),
    envKey: ({ key }: { key: string }) => `key ${key}`,
    optional: "optional",
    empty: "empty",
    mounts: "Mounts",
    mountsCount: ({ count }: { count: number }) => (count === 1 ? "1 mount" : `${count} mounts`),
    readOnly: "read-only",
    subPath: ({ path }: { path: string }) => `path ${path} in it`,
  },

  yaml: {
    title: "YAML",
    open: "Open the YAML",
    managedFields: "Managed fields",
    managedFieldsAbout: "Who set which field, as the API server keeps it for server-side apply.",
    download: "Download",
    copy: "Copy",
    lines: ({ count, shown }: { count: number; shown: string }) => (count === 1 ? "1 line" : `${shown} lines`),
    find: "Find",
    found: ({ at, of }: { at: string; of: string }) => `${at} of ${of}`,
    notFound: "not found",
    next: "Next",
    previous: "Previous",
    cut: ({ shown }: { shown: string }) => `… ${shown} more characters on this line`,
    tooMany: ({ shown }: { shown: string }) => `${shown} further lines are not drawn; the download has them.`,
    loading: "Reading the YAML…",
  },

  terminal: {
    title: "Same in the terminal",
    about: "kubectl's commands for what is on this page.",
    aboutDocker: "docker's commands for what is on this page.",
  },
  commands: {
    inspect: "Everything the engine tells of it",
    row: "The row of the list",
    describe: "Everything about it in words, with its events",
    yaml: "The whole object",
    events: "What was reported about it",
    logs: "Its output, followed",
    previous: "Its output before the last restart",
    shell: "A shell in it",
    usage: "What it uses, live",
    processes: "Its processes",
    changes: "What it changed of its image",
    history: "The steps it was built in",
  },
};
