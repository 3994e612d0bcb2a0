/** A Kubernetes object as the API gave it, parsed and otherwise untouched: everything in it is text from outside. */
export type KubeObject = {
  apiVersion?: string;
  kind?: string;
  metadata?: {
    name?: string;
    namespace?: string;
    uid?: string;
    resourceVersion?: string;
    creationTimestamp?: string;
    deletionTimestamp?: string;
    labels?: Record<string, string>;
    annotations?: Record<string, string>;
    ownerReferences?: { apiVersion?: string; kind?: string; name?: string; uid?: string; controller?: boolean }[];
    finalizers?: string[];
    [field: string]: unknown;
  };
  [field: string]: unknown;
};

/**
 * One whole object, read with the person's own right. `gone` is set (seconds since the epoch) when it was deleted while
 * somebody looked at it; `object` is then what was last seen. `managedFields` are left out; the YAML page asks for them itself.
 */
export type ObjectAnswer = {
  object: KubeObject;
  /** Seconds since the epoch at which the source answered. */
  read: number;
  gone?: number;
};
