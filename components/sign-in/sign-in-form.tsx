"use client";

import type { FormEvent } from "react";
import { useId, useState } from "react";

import { Button } from "@/components/ui/button";
import { HealthMark } from "@/components/ui/health-mark";
import { useMessages } from "@/components/ui/messages";
import { signIn } from "@/lib/client/session";

/** Asks for a token. `next` is the page to go to afterwards, a path of this server. */
export function SignInForm({ next }: { next: string }) {
  const m = useMessages();
  const id = useId();
  const [token, setToken] = useState("");
  const [shown, setShown] = useState(false);
  const [state, setState] = useState<"idle" | "busy" | "refused" | "failed">("idle");

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    setState("busy");
    const error = await signIn(token.trim());
    // A whole new page: nothing of what another person saw stays in this tab's memory.
    if (!error) window.location.assign(next);
    else setState(error.code === "signed-out" || error.code === "bad-request" ? "refused" : "failed");
  }

  return (
    <form
      className="space-y-3"
      onSubmit={(event) => {
        void submit(event);
      }}
    >
      <div>
        <label htmlFor={id} className="mb-1 block font-medium">
          {m.signIn.token}
        </label>
        <div className="flex gap-2">
          <input
            id={id}
            type={shown ? "text" : "password"}
            value={token}
            onChange={(event) => setToken(event.target.value)}
            required
            autoFocus
            autoComplete="off"
            spellCheck={false}
            aria-describedby={`${id}-hint`}
            aria-invalid={state === "refused"}
            className="h-9 min-w-0 flex-1 rounded-md border border-control bg-surface px-2.5 font-mono"
          />
          <Button onClick={() => setShown(!shown)} className="h-9" aria-pressed={shown}>
            {shown ? m.signIn.hide : m.signIn.show}
          </Button>
        </div>
        <p id={`${id}-hint`} className="mt-1 text-sm text-muted">
          {m.signIn.tokenHint}
        </p>
      </div>
      <p role="alert" className="flex items-baseline gap-2 empty:hidden">
        {state === "refused" || state === "failed" ? (
          <>
            <HealthMark level="failing" size={10} />
            {m.signIn[state]}
          </>
        ) : null}
      </p>
      <Button type="submit" look="primary" disabled={state === "busy" || token.trim() === ""} className="h-9 w-full">
        {state === "busy" ? m.signIn.busy : m.signIn.submit}
      </Button>
      <p className="text-sm text-muted">{m.signIn.kept}</p>
    </form>
  );
}
