import type { Messages } from "./en.ts";
import { account } from "./ko/account.ts";
import { actions } from "./ko/actions.ts";
import { audit } from "./ko/audit.ts";
import { columns } from "./ko/columns.ts";
import { detail } from "./ko/detail.ts";
import { engine } from "./ko/engine.ts";
import { engineActions } from "./ko/engine-actions.ts";
import { errors } from "./ko/errors.ts";
import { facts } from "./ko/facts.ts";
import { health } from "./ko/health.ts";
import { kinds } from "./ko/kinds.ts";
import { logs } from "./ko/logs.ts";
import { overview } from "./ko/overview.ts";
import { problems } from "./ko/problems.ts";
import { query } from "./ko/query.ts";
import { sections } from "./ko/sections.ts";
import { shell } from "./ko/shell.ts";
import { signIn } from "./ko/sign-in.ts";
import { table } from "./ko/table.ts";
import { terminal } from "./ko/terminal.ts";

export const ko: Messages = {
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
