"use client";

import { LocalTime } from "@/components/audit/local-time";
import { ClusterText } from "@/components/ui/cluster-text";
import { useRoomMessages } from "@/components/ui/room-messages";
import { Panel } from "@/components/ui/panel";
import type { ImageAnswer, ImageFacts } from "@/lib/protocol/registry";
import { masked } from "@/lib/shared/mask-env";

import { FactList } from "./fact-list";

const annotation = "org.opencontainers.image.";

/** Who built it, when, and out of what; and where it was put. */
export function TracePanels({ image, facts }: { image: ImageAnswer; facts: ImageFacts }) {
  const words = useRoomMessages().registries;
  const labels = new Map(facts.labels);
  const label = (name: string) => <Text text={labels.get(annotation + name) ?? null} />;
  const has = (name: string) => (labels.has(annotation + name) ? label(name) : null);
  const created = facts.created === null ? Number.NaN : Date.parse(facts.created);
  return (
    <>
      <Panel id="built" title={words.built}>
        <FactList
          facts={[
            [words.created, Number.isFinite(created) ? <LocalTime at={created} /> : null],
            [words.source, has("source")],
            [words.revision, has("revision")],
            [words.version, has("version")],
            [words.author, facts.author ? <Text text={facts.author} /> : has("authors")],
          ]}
        />
      </Panel>
      <Panel id="shipped" title={words.shipped}>
        <FactList
          facts={[
            [words.registry, <Text key="host" text={image.host} />],
            [words.repository, <Text key="repository" text={image.repository} />],
            [words.digest, <Text key="digest" text={image.digest} />],
          ]}
        />
      </Panel>
    </>
  );
}

/** What a container of it runs when nobody says otherwise. */
export function ConfigPanel({ facts }: { facts: ImageFacts }) {
  const words = useRoomMessages().registries;
  const isMasked = facts.environment.some((entry) => entry.includes(masked));
  return (
    <Panel id="config" title={words.config}>
      <FactList
        facts={[
          [words.entrypoint, text(facts.entrypoint.join(" "))],
          [words.command, text(facts.command.join(" "))],
          [words.workingDir, text(facts.workingDir)],
          [words.user, facts.user === "" ? words.userRoot : text(facts.user)],
          [words.ports, text(facts.ports.join(", "))],
          [words.volumes, text(facts.volumes.join(", "))],
        ]}
      />
      {facts.environment.length === 0 ? null : (
        <Lines title={words.environment} lines={facts.environment} note={isMasked ? words.masked : null} />
      )}
      {facts.labels.length === 0 ? null : (
        <Lines title={words.labels} lines={facts.labels.map(([name, value]) => `${name}=${value}`)} note={null} />
      )}
    </Panel>
  );
}

function Lines({ title, lines, note }: { title: string; lines: readonly string[]; note: string | null }) {
  return (
    <details className="border-t border-line px-3.5 py-2" open={lines.length <= 8}>
      <summary className="text-muted hover:text-text">
        {title} <span className="font-mono text-sm">{lines.length}</span>
      </summary>
      <ul className="mt-1 space-y-0.5">
        {lines.map((line, index) => (
          <li key={index} className="wrap-anywhere">
            <ClusterText text={line} mono className="text-sm" />
          </li>
        ))}
      </ul>
      {note === null ? null : <p className="mt-1 text-sm text-muted">{note}</p>}
    </details>
  );
}

function text(value: string) {
  return value === "" ? null : <Text text={value} />;
}

function Text({ text: value }: { text: string | null }) {
  return value === null ? null : <ClusterText text={value} mono className="text-sm" />;
}
