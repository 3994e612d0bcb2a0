"use client";

import { Panel } from "@/components/ui/panel";
import type { DetailAddress } from "@/lib/client/store/detail-address";
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

export type SectionProps = { part: Part; kind: Kind; target: Ref; answer: ObjectAnswer };

/** Draws a section by its type. */
export function SectionPart({ address, ...props }: SectionProps & { address: DetailAddress }) {
  const { part, answer, target } = props;
  const { section } = part;
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
      case "shell":
        return <ShellSection {...props} />;
      case "yaml":
        return <YamlSection target={target} kind={props.kind} object={answer.object} open={address.yaml} />;
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
