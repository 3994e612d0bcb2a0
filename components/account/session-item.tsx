"use client";

import type { ReactNode } from "react";

import { Age } from "@/components/ui/age";
import { Chip } from "@/components/ui/chip";
import { useMessages } from "@/components/ui/messages";
import type { Messages } from "@/lib/i18n/en";
import type { SessionView } from "@/lib/protocol/account";
import { age } from "@/lib/shared/age";
import { agentName } from "@/lib/shared/agent-name";

/** One session: the browser, from where, since when and when last. `end` is the way to end it. */
export function SessionItem({ session, end }: { session: SessionView; end: ReactNode }) {
  const m = useMessages();
  const ago = (seconds: number): string => m.account.ago({ age: age(seconds) });
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 px-3.5 py-2">
      <div className="min-w-0 flex-1 basis-56">
        <div className="flex flex-wrap items-baseline gap-x-2">
          <span className="font-medium" title={session.agent}>
            {agentText(m, session.agent)}
          </span>
          {session.current ? <Chip className="self-center">{m.account.thisSession}</Chip> : null}
        </div>
        <div className="text-sm text-muted">
          <span className="font-mono">{session.address || m.account.unknownAddress}</span>
          {" · "}
          {m.account.signedIn} <Age at={session.created} print={ago} />
          {" · "}
          {m.account.lastUsed} <Age at={session.used} print={ago} />
        </div>
      </div>
      {end}
    </li>
  );
}

export function agentText(m: Messages, agent: string): string {
  const name = agentName(agent);
  if (!name) return m.account.unknownAgent;
  const { browser, system } = name;
  return system === null ? browser : m.account.browserOn({ browser, system });
}
