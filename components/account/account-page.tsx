"use client";

import { NewPasswordFields, PostForm, SecretField } from "@/components/sign-in/form-parts";
import { problemWords } from "@/components/sign-in/problem";
import { Button } from "@/components/ui/button";
import { ClusterText } from "@/components/ui/cluster-text";
import { useMessages } from "@/components/ui/messages";
import { Panel } from "@/components/ui/panel";
import type { AccountView } from "@/lib/protocol/account";

import { FormNote } from "./form-note";
import { agentText, SessionItem } from "./session-item";
import { TokenPanel } from "./token-panel";

type Props = { account: AccountView; done: string | null; problem: string | null; wait: string | null };

/** Who somebody is here, which clusters know them, their sessions and their password. */
export function AccountPage({ account, done, problem, wait }: Props) {
  const m = useMessages();
  const words: Readonly<Record<string, string>> = m.account.done;
  return (
    <div className="mx-auto max-w-4xl space-y-4 p-4">
      <h1 className="text-xl font-semibold">{m.account.title}</h1>
      <FormNote
        done={done !== null && Object.hasOwn(words, done) ? words[done] : undefined}
        problem={problem === null ? null : accountProblem(problem)}
      />
      <Panel title={m.account.who}>
        <dl className="grid grid-cols-[max-content_1fr] gap-x-4 gap-y-1.5 px-3.5 py-3">
          <dt className="text-muted">{m.account.name}</dt>
          <dd>
            <ClusterText text={account.name} className="font-medium wrap-anywhere" />
          </dd>
          <dt className="text-muted">{m.account.account}</dt>
          <dd>
            <ClusterText text={account.account} className="font-mono wrap-anywhere" />
          </dd>
          <dt className="text-muted">{m.account.role}</dt>
          <dd>
            <span className="font-medium">{m.account.roles[account.role]}</span>
            <span className="text-muted"> – {m.account.roleMeans[account.role]}</span>
          </dd>
        </dl>
        <p className="px-3.5 pb-3 text-sm text-muted">{m.account.roleNote}</p>
      </Panel>
      <TokenPanel tokens={account.tokens} />
      <Panel title={m.account.sessions}>
        <ul className="divide-y divide-line">
          {account.sessions.map((session) => (
            <SessionItem
              key={session.id}
              session={session}
              end={session.current ? null : <EndSession session={session} />}
            />
          ))}
        </ul>
        <div className="flex flex-wrap gap-2 border-t border-line px-3.5 py-3">
          {account.sessions.some(({ current }) => !current) ? (
            <form method="post" action="/api/account/end-others">
              <Button type="submit">{m.account.endOthers}</Button>
            </form>
          ) : null}
          <form method="post" action="/api/account/end-all">
            <Button type="submit">{m.account.endAll}</Button>
          </form>
        </div>
      </Panel>
      {account.login === null ? null : (
        <Panel title={m.account.password}>
          <div className="max-w-xl space-y-3 px-3.5 py-3">
            <PostForm action="/api/account/change-password" submit={m.account.changePassword} busy={m.signIn.checking}>
              <input type="hidden" name="login" value={account.login} autoComplete="username" />
              <SecretField label={m.account.currentPassword} name="current" required autoComplete="current-password" />
              <NewPasswordFields name="next" />
            </PostForm>
            <p className="text-sm text-muted">{m.account.changeNote}</p>
          </div>
        </Panel>
      )}
    </div>
  );

  /** Here the only thing that is typed twice is a password, and the right one is asked for by whoever has the login. */
  function accountProblem(code: string): string {
    if (code === "invalid") return m.signIn.different;
    if (code === "wrong-password") return m.account.wrongPassword;
    return code === "not-found" ? m.errors["not-found"] : problemWords(m, code, wait);
  }
}

function EndSession({ session }: { session: AccountView["sessions"][number] }) {
  const m = useMessages();
  const agent = agentText(m, session.agent);
  return (
    <form method="post" action="/api/account/end-session">
      <input type="hidden" name="session" value={session.id} />
      <Button type="submit" size="sm" aria-label={m.account.endOf({ agent, address: session.address })}>
        {m.account.end}
      </Button>
    </form>
  );
}
