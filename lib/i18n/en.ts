import { account } from "./en/account.ts";
import { actions } from "./en/actions.ts";
import { audit } from "./en/audit.ts";
import { columns } from "./en/columns.ts";
import { detail } from "./en/detail.ts";
import { engine } from "./en/engine.ts";
import { engineActions } from "./en/engine-actions.ts";
import { errors } from "./en/errors.ts";
import { facts } from "./en/facts.ts";
import { health } from "./en/health.ts";
import { kinds } from "./en/kinds.ts";
import { logs } from "./en/logs.ts";
import { overview } from "./en/overview.ts";
import { problems } from "./en/problems.ts";
import { query } from "./en/query.ts";
import { sections } from "./en/sections.ts";
import { shell } from "./en/shell.ts";
import { signIn } from "./en/sign-in.ts";
import { table } from "./en/table.ts";
import { terminal } from "./en/terminal.ts";

/** Every word a person reads, by room. A message is a string, or a function of named values that gives one. */
export const en = {
  account,
  actions,
  audit,
  columns,
  detail,
  engine,
  engineActions,
  errors,
  facts,
  health,
  kinds,
  logs,
  overview,
  problems,
  query,
  sections,
  shell,
  signIn,
  table,
  terminal,
};

/** The shape that a language has to fill: the same keys, functions of the same values. */
export type Translation<T> = {
  [K in keyof T]: T[K] extends string
    ? string
    : T[K] extends (values: infer V) => string
      ? (values: V) => string
      : Translation<T[K]>;
};

export type Messages = Translation<typeof en>;
