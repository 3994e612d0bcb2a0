/** What is wrong, as lib/protocol/overview.ts groups it. `subject` and `namespace` are names from the cluster, "" for none. */
type Wrong = { count: number; subject: string; namespace: string; source: string };

/** `shop/web`; a workload comes as `Deployment/web`, whose kind the sentence does not need. */
function where({ subject, namespace }: Wrong): string {
  const name = subject.slice(subject.lastIndexOf("/") + 1);
  return namespace === "" || name === "" ? name || namespace : `${namespace}/${name}`;
}

/** `shop/web` for one, `3 pods of shop/web` for several. */
function pods(wrong: Wrong): string {
  const name = where(wrong);
  if (wrong.count === 1) return name === "" ? "A pod" : name;
  return name === "" ? `${wrong.count} pods` : `${wrong.count} pods of ${name}`;
}

function nodes(wrong: Wrong): string {
  return wrong.count === 1 ? `Node ${wrong.subject}` : `${wrong.count} nodes`;
}

function verb(wrong: Wrong, one: string, many: string): string {
  return wrong.count === 1 ? one : many;
}

export const problems = {
  "node-not-ready": (wrong: Wrong) => `${nodes(wrong)} ${verb(wrong, "is", "are")} not ready`,
  "node-pressure": (wrong: Wrong) => `${nodes(wrong)} ${verb(wrong, "runs", "run")} short of something`,
  "pod-crash-loop": (wrong: Wrong) => `${pods(wrong)} ${verb(wrong, "keeps", "keep")} crashing`,
  "pod-image": (wrong: Wrong) => `${pods(wrong)} cannot get ${verb(wrong, "its image", "their image")}`,
  "pod-config": (wrong: Wrong) => `${pods(wrong)} cannot start: a part of the configuration is missing or wrong`,
  "pod-unschedulable": (wrong: Wrong) => `${pods(wrong)} ${verb(wrong, "fits", "fit")} on no node`,
  "pod-oom": (wrong: Wrong) => `${pods(wrong)} ${verb(wrong, "was", "were")} killed for using too much memory`,
  "pod-failed": (wrong: Wrong) => `${pods(wrong)} ${verb(wrong, "has", "have")} failed`,
  "pod-not-ready": (wrong: Wrong) => `${pods(wrong)} ${verb(wrong, "runs but is", "run but are")} not ready`,
  "pod-starting-long": (wrong: Wrong) => `${pods(wrong)} ${verb(wrong, "takes", "take")} long to start`,
  "pod-terminating-long": (wrong: Wrong) => `${pods(wrong)} should be gone by now`,
  "deployment-short": (wrong: Wrong) =>
    wrong.count === 1
      ? `${where(wrong)} has fewer pods ready than it should`
      : `${wrong.count} deployments have fewer pods ready than they should`,
  "container-failing": (wrong: Wrong) =>
    wrong.count === 1
      ? `Container ${wrong.subject} is failing`
      : `${wrong.count} containers of ${wrong.source} are failing`,
  "source-down": ({ source, subject }: Wrong) => `${subject || source} does not answer`,
};
