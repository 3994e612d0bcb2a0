"use client";

import { HealthMark } from "@/components/ui/health-mark";
import { useMessages } from "@/components/ui/messages";

import { Field, PostForm, Problem, SecretField } from "./form-parts";

type Props = {
  link: string;
  /** null where the first admin chooses one. */
  login: string | null;
  secure: boolean;
  problem: string | null;
  wait: string | null;
};

/** Chooses a password behind a link, and for the first admin a login too. */
export function SetupForm({ link, login, secure, problem, wait }: Props) {
  const m = useMessages();
  if (!secure) {
    return (
      <p role="alert" className="flex items-baseline gap-2">
        <HealthMark level="warning" size={10} />
        <span className="min-w-0">{m.signIn.needsHttps}</span>
      </p>
    );
  }
  return (
    <PostForm action="/api/auth/setup" submit={m.signIn.setupSubmit} busy={m.signIn.checking}>
      <input type="hidden" name="link" value={link} />
      {login === null ? (
        <>
          <Field
            label={m.signIn.login}
            name="login"
            required
            autoFocus
            maxLength={64}
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
          />
          <Field
            label={m.signIn.setupName}
            hint={m.signIn.setupNameHint}
            name="name"
            maxLength={100}
            autoComplete="name"
          />
        </>
      ) : (
        <Field label={m.signIn.login} defaultValue={login} readOnly autoComplete="username" />
      )}
      <SecretField
        label={m.signIn.newPassword}
        hint={m.signIn.passwordRule}
        name="password"
        required
        minLength={12}
        maxLength={256}
        autoComplete="new-password"
      />
      <SecretField label={m.signIn.passwordAgain} name="again" required autoComplete="new-password" />
      <Problem code={problem} wait={wait} />
    </PostForm>
  );
}
