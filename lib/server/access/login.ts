import { StowageError } from "../error.ts";

const maxName = 100;

/** What somebody typed as their login, as it is kept. */
export function loginOf(typed: string): string {
  return typed.trim().normalize("NFKC").toLowerCase().slice(0, 200);
}

/** A login for somebody new. Throws `invalid`. */
export function newLogin(typed: string): string {
  const login = loginOf(typed);
  if (!/^[a-z0-9][a-z0-9._@+-]{0,63}$/.test(login)) throw new StowageError("invalid", "login");
  return login;
}

/** What somebody is called; their login where they say nothing. */
export function nameOf(typed: string, login: string): string {
  const name = typed.replace(/\p{C}/gu, " ").trim();
  return Array.from(name === "" ? login : name)
    .slice(0, maxName)
    .join("");
}
