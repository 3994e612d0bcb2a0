/** The machine cannot host a cluster; `missing` says what lacks, `remedy` what a person can do about it. */
export class ClusterUnavailable extends Error {
  readonly code = "CLUSTER_UNAVAILABLE";
  readonly missing: string[];
  readonly remedy: string;

  constructor(missing: string[], remedy: string) {
    super(`cluster unavailable: ${missing.join(", ")}. ${remedy}`);
    this.name = "ClusterUnavailable";
    this.missing = missing;
    this.remedy = remedy;
  }
}

/** Something that was started did not become what it should in time; `detail` is the end of its log. */
export class ClusterFailed extends Error {
  readonly code = "CLUSTER_FAILED";
  readonly detail: string;

  constructor(message: string, detail = "") {
    super(detail ? `${message}\n${detail}` : message);
    this.name = "ClusterFailed";
    this.detail = detail;
  }
}

/** An existing cluster (STOWAGE_TEST_KUBECONFIG) has no such power: killing parts, other identities, … */
export class CapabilityMissing extends Error {
  readonly code = "CAPABILITY_MISSING";
  readonly capability: string;

  constructor(capability: string) {
    super(`this cluster cannot do "${capability}": it was not started by these tests`);
    this.name = "CapabilityMissing";
    this.capability = capability;
  }
}
