"use client";

import dynamic from "next/dynamic";
import { useMemo, useState } from "react";

import { Button } from "@/components/ui/button";
import { ClusterText } from "@/components/ui/cluster-text";
import { useMessages } from "@/components/ui/messages";
import { Panel } from "@/components/ui/panel";
import { changeDetail } from "@/lib/client/hooks/use-detail-address";
import { useObjectYaml } from "@/lib/client/hooks/use-object-yaml";
import type { Kind } from "@/lib/kinds/kind";
import type { KubeObject } from "@/lib/protocol/object";
import type { Ref } from "@/lib/protocol/ref";
import { printYaml } from "@/lib/shared/print-yaml";

const YamlView = dynamic(async () => (await import("@/components/yaml/yaml-view")).YamlView, { ssr: false });

type Props = { target: Ref; kind: Kind; isDerived: boolean; object: KubeObject; open: boolean };

/** The whole object. Made only when it is opened: it may be large. */
export function YamlSection({ target, kind, isDerived, object, open }: Props) {
  const m = useMessages();
  return (
    <Panel
      id="yaml"
      title={m.detail.yaml.title}
      aside={
        <Button size="sm" aria-expanded={open} onClick={() => changeDetail({ yaml: !open })}>
          {open ? m.shell.close : m.detail.yaml.open}
        </Button>
      }
      className={open ? "" : "[&>header]:border-b-0"}
    >
      {open ? <OpenYaml target={target} kind={kind} isDerived={isDerived} object={object} /> : null}
    </Panel>
  );
}

function OpenYaml({ target, kind, isDerived, object }: Omit<Props, "open">) {
  const m = useMessages();
  const [managed, setManaged] = useState(false);
  const own = useMemo(() => printYaml(object), [object]);
  // A derived kind has no object of its own: its page is made of the one that it comes from.
  const whole =
    isDerived && kind.derived
      ? { ...target, kind: kind.derived.from, path: target.path.split("/").slice(0, 2).join("/") }
      : target;
  const { lines, error } = useObjectYaml(whole, object.metadata?.resourceVersion ?? "", managed);
  const shown = managed && lines ? lines : own;
  return (
    <YamlView lines={shown} name={`${object.kind ?? kind.id}_${target.path}.yaml`}>
      {object.engine === undefined ? (
        <label className="flex h-8 items-center gap-1.5" title={m.detail.yaml.managedFieldsAbout}>
          <input type="checkbox" checked={managed} onChange={(event) => setManaged(event.target.checked)} />
          {m.detail.yaml.managedFields}
        </label>
      ) : null}
      {managed && !lines && !error ? <span className="text-sm text-muted">{m.detail.yaml.loading}</span> : null}
      {managed && error ? (
        <span role="alert" className="text-sm text-failing">
          {m.errors[error.code]} {error.detail ? <ClusterText text={error.detail} /> : null}
        </span>
      ) : null}
    </YamlView>
  );
}
