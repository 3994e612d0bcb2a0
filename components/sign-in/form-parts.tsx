"use client";

import type { ComponentProps, ReactNode } from "react";
import { useEffect, useId, useState } from "react";

import { Button } from "@/components/ui/button";
import { HealthMark } from "@/components/ui/health-mark";
import { Labelled } from "@/components/ui/labelled";
import { useMessages } from "@/components/ui/messages";

import { problemWords } from "./problem";

const inputClass = "h-9 w-full min-w-0 flex-1 rounded-md border border-control bg-surface px-2.5";

type FieldProps = ComponentProps<"input"> & { label: string; hint?: string };

/** A field with its name above and what it is for below. */
export function Field({ label, hint, className = "", ...rest }: FieldProps) {
  const id = useId();
  return (
    <Labelled id={id} label={label} hint={hint}>
      <input
        id={id}
        aria-describedby={hint ? `${id}-hint` : undefined}
        className={`${inputClass} ${className}`}
        {...rest}
      />
    </Labelled>
  );
}

/** A field whose text is hidden until the reader wants to see it. */
export function SecretField({ label, hint, className = "", ...rest }: FieldProps) {
  const m = useMessages();
  const id = useId();
  const [shown, setShown] = useState(false);
  return (
    <Labelled id={id} label={label} hint={hint}>
      <div className="flex gap-2">
        <input
          id={id}
          type={shown ? "text" : "password"}
          spellCheck={false}
          aria-describedby={hint ? `${id}-hint` : undefined}
          className={`${inputClass} font-mono ${className}`}
          {...rest}
        />
        <Button onClick={() => setShown(!shown)} className="h-9" aria-pressed={shown}>
          {shown ? m.signIn.hide : m.signIn.show}
          <span className="sr-only">: {label}</span>
        </Button>
      </div>
    </Labelled>
  );
}

/** A password that is chosen: typed twice, the first time under the name that the form has for it. */
export function NewPasswordFields({ name }: { name: string }) {
  const m = useMessages();
  return (
    <>
      <SecretField
        label={m.signIn.newPassword}
        hint={m.signIn.passwordRule}
        name={name}
        required
        minLength={12}
        maxLength={256}
        autoComplete="new-password"
      />
      <SecretField label={m.signIn.passwordAgain} name="again" required autoComplete="new-password" />
    </>
  );
}

/** Stands where secrets would be asked for, had the page come by a connection that hides them. */
export function NeedsHttps() {
  const m = useMessages();
  return (
    <p role="alert" className="flex items-baseline gap-2">
      <HealthMark level="warning" size={10} />
      <span className="min-w-0">{m.signIn.needsHttps}</span>
    </p>
  );
}

/** What went wrong, by the code in the address. */
export function Problem({ code, wait }: { code: string | null; wait: string | null }) {
  const m = useMessages();
  if (code === null) return null;
  return (
    <p role="alert" className="flex items-baseline gap-2">
      <HealthMark level="failing" size={10} />
      <span className="min-w-0">{problemWords(m, code, wait)}</span>
    </p>
  );
}

/** An ordinary form, so that it works before any script does; while it is on its way its button says so. */
export function PostForm({
  action,
  submit,
  busy,
  children,
}: {
  action: string;
  submit: string;
  busy: string;
  children: ReactNode;
}) {
  const [sent, setSent] = useState(false);

  // The back button brings the page back as it was left.
  useEffect(() => {
    const back = (): void => setSent(false);
    window.addEventListener("pageshow", back);
    return () => window.removeEventListener("pageshow", back);
  }, []);

  return (
    <form method="post" action={action} className="space-y-3" onSubmit={() => setSent(true)}>
      {children}
      <Button type="submit" look="primary" className="h-9 w-full" aria-disabled={sent}>
        {sent ? busy : submit}
      </Button>
    </form>
  );
}
