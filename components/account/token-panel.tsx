"use client";

import { PostForm, SecretField } from "@/components/sign-in/form-parts";
import { Button } from "@/components/ui/button";
import { ClusterText } from "@/components/ui/cluster-text";
import { HealthMark } from "@/components/ui/health-mark";
import { useMessages } from "@/components/ui/messages";
import { Panel } from "@/components/ui/panel";
import type { Messages } from "@/lib/i18n/en";
import type { HeldTokenView } from "@/lib/protocol/account";

const levels = { known: "ok", refused: "failing", silent: "unknown" } as const;

/** Clusters that know the person in this session, and the way to another. */
export function TokenPanel({ tokens }: { tokens: readonly HeldTokenView[] }) {
  const m = useMessages();
  return (
    <Panel title={m.account.tokens}>
      {tokens.length === 0 ? <p className="px-3.5 pt-3 text-muted">{m.account.noTokens}</p> : null}
      <ul className="divide-y divide-line">
        {tokens.map((held) => (
          <li key={held.source} className="flex flex-wrap items-center gap-x-3 gap-y-1 px-3.5 py-2">
            <HealthMark level={levels[held.state]} size={10} />
            <div className="min-w-0 flex-1 basis-56">
              <ClusterText text={held.title} className="block font-mono font-medium wrap-anywhere" />
              <span className="text-sm text-muted wrap-anywhere">{stateText(m, held)}</span>
            </div>
            <form method="post" action="/api/account/detach-token">
              <input type="hidden" name="source" value={held.source} />
              <Button type="submit" size="sm" aria-label={m.account.detachOf({ source: held.title })}>
                {m.account.detach}
              </Button>
            </form>
          </li>
        ))}
      </ul>
      <div className="max-w-xl space-y-3 px-3.5 py-3">
        <PostForm action="/api/account/attach-token" submit={m.account.attachSubmit} busy={m.signIn.busy}>
          <SecretField
            label={m.account.attach}
            hint={`${m.account.attachHint} ${m.signIn.tokenHint}`}
            name="token"
            required
            autoComplete="off"
          />
        </PostForm>
        <p className="text-sm text-muted">{m.account.tokensNote}</p>
      </div>
    </Panel>
  );
}

function stateText(m: Messages, { as: name, state }: HeldTokenView): string {
  switch (state) {
    case "known":
      return m.account.tokenAs({ name });
    case "refused":
      return m.account.tokenRefused({ name });
    case "silent":
      return m.account.tokenSilent({ name });
  }
}
