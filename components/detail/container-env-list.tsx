"use client";

import { ClusterText } from "@/components/ui/cluster-text";
import { useMessages } from "@/components/ui/messages";
import type { EnvView } from "@/lib/client/detail/container-env";

import { Fact } from "./container-fact";
import { Fold } from "./fold";

/** Environment variables: plain values as they are, everything else by where it comes from. */
export function ContainerEnv({ env, envFrom }: { env: readonly EnvView[]; envFrom: readonly EnvView[] }) {
  const m = useMessages();
  const words = m.detail.containers;
  if (env.length + envFrom.length === 0) return null;
  return (
    <Fact label={words.env}>
      <Fold title={words.envCount({ count: env.length + envFrom.length })}>
        <ul className="space-y-0.5 font-mono">
          {envFrom.map((source, index) => (
            <li key={`from ${index}`}>
              <ClusterText text={words.envAll({ prefix: source.name })} className="font-sans text-muted" />
              <span className="font-sans text-muted"> ← {words.envFrom[source.from]}</span>{" "}
              <ClusterText text={source.value} />
              <Optional optional={source.optional} />
            </li>
          ))}
          {env.map((variable, index) => (
            <li key={index}>
              <ClusterText text={variable.name} className="text-muted" />
              <span className="text-faint">{variable.from === "value" ? "=" : " "}</span>
              <EnvValue variable={variable} />
            </li>
          ))}
        </ul>
      </Fold>
    </Fact>
  );
}

function EnvValue({ variable }: { variable: EnvView }) {
  const words = useMessages().detail.containers;
  if (variable.from === "value") {
    return variable.value === "" ? (
      <span className="font-sans text-faint">{words.empty}</span>
    ) : (
      <ClusterText text={variable.value} />
    );
  }
  return (
    <span>
      <span className="font-sans text-muted">← {words.envFrom[variable.from]}</span>{" "}
      <ClusterText text={variable.value} />
      {variable.key === null ? null : (
        <span className="text-muted">
          {" "}
          <ClusterText text={words.envKey({ key: variable.key })} className="font-sans" />
        </span>
      )}
      <Optional optional={variable.optional} />
    </span>
  );
}

function Optional({ optional }: { optional: boolean }) {
  const words = useMessages().detail.containers;
  return optional ? <span className="font-sans text-faint"> {words.optional}</span> : null;
}
