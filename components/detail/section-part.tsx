"use client";

import dynamic from "next/dynamic";

import { ChangesSection } from "@/components/engine/changes-section";
import { DiskSection } from "@/components/engine/disk-section";
import { IsolationSection } from "@/components/engine/isolation-section";
import { LayersSection } from "@/components/engine/layers-section";
import { LinesSection } from "@/components/engine/lines-section";
import { ProcessesSection } from "@/components/engine/processes-section";
import { UsageSection } from "@/components/engine/usage-section";
import { Panel } from "@/components/ui/panel";
import type { DetailAddress } from "@/lib/client/store/detail-address";
import { isEngineRunning } from "@/lib/kinds/engine-container";
import type { Kind } from "@/lib/kinds/kind";
import type { ObjectAnswer } from "@/lib/protocol/object";
import type { Ref } from "@/lib/protocol/ref";

import { ConditionsSection } from "./conditions-section";
import { ContainersSection } from "./containers-section";
import { EventsSection } from "./events-section";
import { FactsSection } from "./facts-section";
import { LabelsSection } from "./labels-section";
import { LogsSection } from "./logs-section";
import type { Part } from "./parts";
import { RelatedSection } from "./related-section";
import { ShellSection } from "./shell-section";
import { TerminalSection } from "./terminal-section";
import { YamlSection } from "./yaml-section";

const StackSection = dynamic(async () => (await import("@/components/stack/stack-section")).StackSection);

export type SectionProps = {
  part: Part;
  kind: Kind;
  /** Whether the object is one that another stands in: a pod that a container is in. */
  isDerived: boolean;
  target: Ref;
  answer: ObjectAnswer;
};

/** Draws a section by its type. */
export function SectionPart({ address, ...props }: SectionProps & { address: DetailAddress }) {
  const { part, answer, target } = props;
  const { section } = part;
  const ofContainer = {
    id: part.id,
    title: part.title,
    source: target.source,
    container: target.path,
    running: isEngineRunning(answer.object),
  };
  const content = (): React.ReactNode => {
    switch (section.type) {
      case "facts":
        return (
          <Panel id={part.id} title={part.title}>
            <FactsSection facts={section.facts} object={answer.object} source={target.source} />
          </Panel>
        );
      case "conditions":
        return (
          <Panel id={part.id} title={part.title}>
            <ConditionsSection object={answer.object} />
          </Panel>
        );
      case "labels":
        return (
          <Panel id={part.id} title={part.title}>
            <LabelsSection kind={props.kind} object={answer.object} source={target.source} />
          </Panel>
        );
      case "containers":
        return <ContainersSection {...props} />;
      case "related":
        return <RelatedSection part={part} kindId={section.kind} source={target.source} />;
      case "events":
        return <EventsSection {...props} />;
      case "logs":
        return <LogsSection {...props} open={address.logs !== null} />;
      case "lines":
        return <LinesSection id={part.id} title={part.title} lines={section.lines(answer.object)} />;
      case "isolation":
        return (
          <IsolationSection id={part.id} title={part.title} rows={section.rows(answer.object)} source={target.source} />
        );
      case "usage":
        return <UsageSection {...ofContainer} />;
      case "processes":
        return <ProcessesSection {...ofContainer} />;
      case "changes":
        return <ChangesSection {...ofContainer} />;
      case "layers":
        return <LayersSection id={part.id} title={part.title} source={target.source} image={target.path} />;
      case "disk":
        return <DiskSection id={part.id} title={part.title} source={target.source} />;
      case "stack":
        return (
          <StackSection
            id={part.id}
            title={part.title}
            machine={{ source: target.source, node: props.kind.id === "nodes" ? target.path : null }}
          />
        );
      case "shell":
        return <ShellSection {...props} />;
      case "yaml":
        return (
          <YamlSection
            target={target}
            kind={props.kind}
            isDerived={props.isDerived}
            object={answer.object}
            open={address.yaml}
          />
        );
      case "terminal":
        return <TerminalSection kind={props.kind} target={target} object={answer.object} />;
    }
  };
  return (
    <div className="min-w-0" style={{ order: part.order }}>
      {content()}
    </div>
  );
}
