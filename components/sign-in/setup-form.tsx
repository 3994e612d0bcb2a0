"use client";

import { useMessages } from "@/components/ui/messages";

import { Field, NeedsHttps, NewPasswordFields, PostForm, Problem } from "./form-parts";

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
  if (!secure) return <NeedsHttps />;
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
      <NewPasswordFields name="password" />
      <Problem code={problem} wait={wait} />
    </PostForm>
  );
}
