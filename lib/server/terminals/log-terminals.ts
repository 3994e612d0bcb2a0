import { log } from "../log.ts";
import type { TerminalEvent } from "./terminal-event.ts";

/** Writes terminals into the log: who opened one, where, and how it ended. */
export async function logTerminals(event: TerminalEvent): Promise<void> {
  const { terminal, type, person, target } = event;
  log.info(`terminal.${type}`, { terminal, person: person.name, ...target, ...factsOf(event) });
}

function factsOf(event: TerminalEvent): Record<string, string | number> {
  switch (event.type) {
    case "refused":
    case "opening":
      return {};
    case "opened":
      return { shell: event.shell };
    case "not-opened":
      return { code: event.error.code };
    case "ended": {
      const { end, seconds, received, said } = event;
      const how = end.type === "exit" ? `exit ${end.code}` : end.type === "failed" ? end.error.code : end.type;
      return { how, seconds, received, said };
    }
  }
}
