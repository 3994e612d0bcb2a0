"use client";

import type { ReactNode } from "react";

import { agentText, SessionItem } from "@/components/account/session-item";
import { Age } from "@/components/ui/age";
import { Button } from "@/components/ui/button";
import { Chip } from "@/components/ui/chip";
import { ClusterText } from "@/components/ui/cluster-text";
import { HealthMark } from "@/components/ui/health-mark";
import { useRoomMessages } from "@/components/ui/room-messages";
import type { PersonView } from "@/lib/protocol/account";
import { age } from "@/lib/shared/age";

import { LinkForm } from "./link-form";
import { RoleSelect } from "./role-select";

/** One person: who, as what, whether on now, and what an admin may do. Sessions fold out. */
export function PersonItem({ person }: { person: PersonView }) {
  const m = useRoomMessages();
  const { account, name, sessions } = person;
  return (
    <li className="px-3.5 py-2.5">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <div className="min-w-0 flex-1 basis-64">
          <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
            <ClusterText text={name} className="font-medium wrap-anywhere" />
            {person.self ? <Chip>{m.people.you}</Chip> : null}
            {person.disabled ? <Chip>{m.people.disabled}</Chip> : null}
            {person.waiting ? <Chip>{m.people.waiting}</Chip> : null}
          </div>
          <div className="text-sm text-muted">
            <ClusterText text={account} className="font-mono wrap-anywhere" />
            {" · "}
            <Presence person={person} />
          </div>
        </div>
        <Role person={person} />
        <div className="flex flex-wrap gap-2 sm:w-44 sm:justify-end">
          {person.login !== null && !person.disabled ? (
            <LinkForm action="/api/people/link">
              <input type="hidden" name="account" value={account} />
              <Button type="submit" size="sm" aria-label={m.people.newLinkOf({ name })}>
                {m.people.newLink}
              </Button>
            </LinkForm>
          ) : null}
          {person.self ? null : (
            <Act
              to={person.disabled ? "enable" : "disable"}
              account={account}
              label={person.disabled ? m.people.enableOf({ name }) : m.people.disableOf({ name })}
            >
              {person.disabled ? m.people.enable : m.people.disable}
            </Act>
          )}
        </div>
      </div>
      {sessions.length === 0 ? null : (
        <details className="mt-1">
          <summary className="w-fit cursor-pointer text-sm text-muted hover:text-text">
            {m.people.sessions({ count: sessions.length })}
          </summary>
          <ul className="mt-1 divide-y divide-line rounded-md border border-line">
            {sessions.map((session) => (
              <SessionItem
                key={session.id}
                session={session}
                end={
                  <Act
                    to="end-session"
                    account={account}
                    session={session.id}
                    label={m.account.endOf({ agent: agentText(m, session.agent), address: session.address })}
                  >
                    {m.account.end}
                  </Act>
                }
              />
            ))}
          </ul>
          <div className="pt-2">
            <Act to="end-all" account={account} label={m.people.endAllOf({ name })}>
              {m.people.endAll}
            </Act>
          </div>
        </details>
      )}
    </li>
  );
}

function Presence({ person }: { person: PersonView }) {
  const m = useRoomMessages();
  if (person.on) {
    return (
      <span className="inline-flex items-baseline gap-1.5 text-ok-text">
        <HealthMark level="ok" size={9} />
        {m.people.onNow}
      </span>
    );
  }
  if (person.seen === null) return m.people.neverSeen;
  return (
    <>
      {m.people.lastSeen} <Age at={person.seen} print={(seconds) => m.account.ago({ age: age(seconds) })} />
    </>
  );
}

function Role({ person: { account, name, role, configured } }: { person: PersonView }) {
  const m = useRoomMessages();
  if (configured) return <span className="text-sm text-muted">{m.people.configured}</span>;
  return (
    <form method="post" action="/api/people/role" className="flex gap-2">
      <input type="hidden" name="account" value={account} />
      <RoleSelect key={role} value={role} label={m.people.roleOf({ name })} />
      <Button type="submit" aria-label={m.people.setRoleOf({ name })}>
        {m.people.setRole}
      </Button>
    </form>
  );
}

type ActProps = { to: string; account: string; session?: string; label: string; children: ReactNode };

/** One button that is a form of its own. */
function Act({ to, account, session, label, children }: ActProps) {
  return (
    <form method="post" action={`/api/people/${to}`}>
      <input type="hidden" name="account" value={account} />
      {session === undefined ? null : <input type="hidden" name="session" value={session} />}
      <Button type="submit" size="sm" aria-label={label}>
        {children}
      </Button>
    </form>
  );
}
