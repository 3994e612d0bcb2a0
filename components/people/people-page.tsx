"use client";

import { useId } from "react";

import { FormNote } from "@/components/account/form-note";
import { Field } from "@/components/sign-in/form-parts";
import { problemWords } from "@/components/sign-in/problem";
import { Button } from "@/components/ui/button";
import { useRoomMessages } from "@/components/ui/room-messages";
import { Notice } from "@/components/ui/notice";
import { Panel } from "@/components/ui/panel";
import type { PersonView } from "@/lib/protocol/account";

import { LinkForm } from "./link-form";
import { PersonItem } from "./person-item";
import { RoleSelect } from "./role-select";

type Props = {
  /** null for somebody who is no admin. */
  people: readonly PersonView[] | null;
  done: string | null;
  problem: string | null;
  wait: string | null;
};

/** Everybody who may come in, for admins. */
export function PeoplePage({ people, done, problem, wait }: Props) {
  const m = useRoomMessages();
  if (!people) {
    return (
      <Notice page title={m.people.adminsOnly}>
        <p>{m.people.adminsOnlyBody}</p>
      </Notice>
    );
  }
  const words: Readonly<Record<string, string>> = m.people.done;
  const on = people.filter((person) => person.on).length;
  return (
    <div className="mx-auto max-w-5xl space-y-4 p-4">
      <div>
        <h1 className="text-xl font-semibold">{m.people.title}</h1>
        <p className="text-muted">{m.people.lead}</p>
      </div>
      <FormNote
        done={done !== null && Object.hasOwn(words, done) ? words[done] : undefined}
        problem={problem === null ? null : problemWords(m, problem, wait)}
      />
      <Panel title={m.people.count({ count: people.length, on })}>
        <ul className="divide-y divide-line">
          {people.map((person) => (
            <PersonItem key={person.account} person={person} />
          ))}
        </ul>
      </Panel>
      <Panel title={m.people.invite}>
        <Invite />
      </Panel>
    </div>
  );
}

function Invite() {
  const m = useRoomMessages();
  const id = useId();
  return (
    <div className="max-w-xl space-y-3 px-3.5 py-3">
      <p className="text-muted">{m.people.inviteNote}</p>
      <LinkForm action="/api/people/invite" className="space-y-3">
        <Field label={m.signIn.login} name="login" required maxLength={64} autoComplete="off" autoCapitalize="none" />
        <Field label={m.account.name} name="name" maxLength={100} autoComplete="off" />
        <div>
          <label htmlFor={id} className="mb-1 block font-medium">
            {m.account.role}
          </label>
          <RoleSelect id={id} value="viewer" />
        </div>
        <Button type="submit" look="primary">
          {m.people.inviteSubmit}
        </Button>
      </LinkForm>
    </div>
  );
}
