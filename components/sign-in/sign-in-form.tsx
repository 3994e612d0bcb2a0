"use client";

import { useEffect, useId, useState } from "react";

import { Button } from "@/components/ui/button";
import { HealthMark } from "@/components/ui/health-mark";
import { useMessages } from "@/components/ui/messages";

/** Asks for a token. An ordinary form, so that it works before any script does; `problem` is why the last try failed. */
export function SignInForm({ problem }: { problem: string | null }) {
  const m = useMessages();
  const id = useId();
  const [shown, setShown] = useState(false);
  const [busy, setBusy] = useState(false);

  // The back button brings the page back as it was left.
  useEffect(() => {
    const back = (): void => setBusy(false);
    window.addEventListener("pageshow", back);
    return () => window.removeEventListener("pageshow", back);
  }, []);

  return (
    <form method="post" action="/api/auth/sign-in" className="space-y-3" onSubmit={() => setBusy(true)}>
      <div>
        <label htmlFor={id} className="mb-1 block font-medium">
          {m.signIn.token}
        </label>
        <div className="flex gap-2">
          <input
            id={id}
            name="token"
            type={shown ? "text" : "password"}
            required
            autoFocus
            autoComplete="off"
            spellCheck={false}
            aria-describedby={`${id}-hint`}
            aria-invalid={problem !== null}
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
      {problem === null ? null : (
        <p role="alert" className="flex items-baseline gap-2">
          <HealthMark level="failing" size={10} />
          {problem === "signed-out" ? m.signIn.refused : problem === "empty" ? m.signIn.empty : m.signIn.failed}
        </p>
      )}
      <Button type="submit" look="primary" className="h-9 w-full" aria-disabled={busy}>
        {busy ? m.signIn.busy : m.signIn.submit}
      </Button>
      <p className="text-sm text-muted">{m.signIn.kept}</p>
    </form>
  );
}
