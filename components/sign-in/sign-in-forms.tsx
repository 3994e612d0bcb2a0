"use client";

import { useMessages } from "@/components/ui/messages";

import { Field, NeedsHttps, PostForm, Problem, SecretField } from "./form-parts";

type Way = "token" | "password";
type Props = { way: Way; to: string; secure: boolean; problem: string | null; wait: string | null };

/** The two ways in. `to` is where to go afterwards; `problem` is why the last try failed. */
export function SignInForms({ way, to, secure, problem, wait }: Props) {
  const m = useMessages();
  if (!secure) return <NeedsHttps />;
  return (
    <>
      <nav aria-label={m.signIn.ways} className="grid grid-cols-2 gap-1 rounded-md bg-sunken p-1">
        <WayLink to={to} way="token" current={way} text={m.signIn.byToken} />
        <WayLink to={to} way="password" current={way} text={m.signIn.byPassword} />
      </nav>
      {way === "token" ? (
        <PostForm key="token" action="/api/auth/sign-in" submit={m.signIn.submit} busy={m.signIn.busy}>
          <SecretField
            label={m.signIn.token}
            hint={m.signIn.tokenHint}
            name="token"
            required
            autoFocus
            autoComplete="off"
            aria-invalid={problem !== null}
          />
          <input type="hidden" name="to" value={to} />
          <Problem code={problem} wait={wait} />
        </PostForm>
      ) : (
        <PostForm key="password" action="/api/auth/sign-in" submit={m.signIn.submit} busy={m.signIn.checking}>
          <Field
            label={m.signIn.login}
            name="login"
            required
            autoFocus
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            aria-invalid={problem !== null}
          />
          <SecretField
            label={m.signIn.password}
            name="password"
            required
            autoComplete="current-password"
            aria-invalid={problem !== null}
          />
          <input type="hidden" name="to" value={to} />
          <Problem code={problem} wait={wait} />
        </PostForm>
      )}
      <p className="text-sm text-muted">{way === "token" ? m.signIn.kept : m.signIn.passwordHint}</p>
    </>
  );
}

/** A plain link: it works without script, and the address says which way it is. */
function WayLink({ to, way, current, text }: { to: string; way: Way; current: Way; text: string }) {
  const query = new URLSearchParams(way === "password" ? { way } : {});
  if (to !== "/") query.set("to", to);
  const search = query.toString();
  const isCurrent = way === current;
  return (
    <a
      href={`/login${search === "" ? "" : `?${search}`}`}
      aria-current={isCurrent ? "page" : undefined}
      className={`rounded-sm px-2 py-1.5 text-center ${isCurrent ? "bg-surface font-medium shadow-[0_0_0_1px_var(--line-strong)]" : "text-muted hover:text-text"}`}
    >
      {text}
    </a>
  );
}
