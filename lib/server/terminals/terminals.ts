import { randomBytes, randomUUID } from "node:crypto";

import type { WireError } from "../../protocol/error.ts";
import type { OpeningMessage } from "../../protocol/live.ts";
import type { Person } from "../access/person.ts";
import { isStowageError, StowageError, wireErrorOf } from "../error.ts";
import { log } from "../log.ts";
import { endShell } from "./end-shell.ts";
import { findShell } from "./find-shell.ts";
import type { Shell } from "./find-shell.ts";
import { runOnce } from "./run-once.ts";
import type { ShellHost } from "./shell-host.ts";
import { Terminal } from "./terminal.ts";
import type { TerminalAudit, TerminalEnd, TerminalTarget } from "./terminal-event.ts";
import type { TerminalFeed } from "./terminal-feed.ts";

export type TerminalQuestion = Extract<OpeningMessage, { t: "terminal" }>;

/** Who asks: where, with the rights of theirs, and whether the session they came by still stands. */
export type TerminalViewer = {
  readonly person: Person;
  readonly host: ShellHost;
  readonly stands: () => boolean;
};

/** Terminals of one person and of all of them at a time. */
export const maxTerminals = { each: 10, all: 200 };
/** How often rights and sessions are asked for again; together with an answer that may take long it stays below `doubtMs`. In ms. */
const recheckMs = 4_000;
/** When nobody could say for so long that the person may, the terminal ends, in ms. */
const doubtMs = 14_000;

/** How long shells may take to end when Stowage stops, in ms. */
const disposeMs = 3_000;

type Open = {
  readonly terminal: Terminal;
  readonly target: TerminalTarget;
  viewer: TerminalViewer;
  /** When the right was last confirmed. */
  allowed: number;
  asking: boolean;
  timer: NodeJS.Timeout;
};

/** All terminals there are: who may open one, how many, how long they last. */
export class Terminals {
  private readonly open = new Map<string, Open>();
  private readonly opening = new Map<string, number>();
  private readonly audit: TerminalAudit;
  /** Shells that are being ended, and ends that are being written down. */
  private readonly ending = new Set<Promise<void>>();
  private stopped = false;

  constructor(audit: TerminalAudit) {
    this.audit = audit;
  }

  /**
   * A terminal as a subscription: a new one, or with `resume` the one that was left. Throws `forbidden`, `gone` (nothing to come
   * back to), `too-many`, `no-shell`, what the audit log throws, and what the API server answers.
   */
  async feed(viewer: TerminalViewer, question: TerminalQuestion): Promise<TerminalFeed> {
    const { resume } = question;
    return resume ? await this.resume(viewer, question, resume) : await this.begin(viewer, question);
  }

  /** Ends all of somebody's terminals whose session stands no more, now instead of at the next look. */
  recheckSessions(): void {
    for (const open of this.open.values()) if (!open.viewer.stands()) end(open, "signed-out");
  }

  /** Ends all of them, and waits a moment until their shells are told. */
  async dispose(): Promise<void> {
    this.stopped = true;
    for (const { terminal } of this.open.values()) terminal.close({ type: "stopped" });
    const late = new Promise((resolve) => setTimeout(resolve, disposeMs).unref());
    await Promise.race([Promise.allSettled(this.ending), late]);
  }

  private async resume(
    viewer: TerminalViewer,
    question: TerminalQuestion,
    resume: { token: string; from: number },
  ): Promise<TerminalFeed> {
    const open = this.open.get(resume.token);
    const { person } = viewer;
    const isSame = open && open.viewer.person.id === person.id && sameTarget(open.target, question);
    if (!isSame) throw new StowageError("gone");
    if (!(await viewer.host.mayOpen(open.target))) {
      end(open, "forbidden");
      throw new StowageError("forbidden");
    }
    if (open.terminal.end) throw new StowageError("gone");
    open.viewer = viewer;
    open.allowed = performance.now();
    return open.terminal.attach(resume.from, question);
  }

  private async begin(viewer: TerminalViewer, question: TerminalQuestion): Promise<TerminalFeed> {
    const { person, host } = viewer;
    const target: TerminalTarget = {
      source: host.slug,
      namespace: question.namespace,
      pod: question.pod,
      container: question.container,
    };
    const release = this.reserve(person);
    try {
      const event = { terminal: randomUUID(), person, target };
      if (!(await host.mayOpen(target))) {
        await this.audit({ ...event, type: "refused" });
        throw new StowageError("forbidden");
      }
      await this.audit({ ...event, type: "opening" });
      try {
        const shell = await findShell((command) => runOnce(host, target, command));
        const began = performance.now();
        const terminal = await this.start(host, target, shell, (end) => {
          const now = this.open.get(terminal.token)?.viewer.host ?? host;
          this.forget(terminal.token);
          if (end.type !== "exit" && terminal.processId !== null) {
            this.finish(endShell(now, target, shell.way, terminal.processId));
          }
          const [received, said] = [terminal.input.received, terminal.output.end];
          const seconds = Math.round((performance.now() - began) / 1000);
          this.note({ ...event, type: "ended", end, seconds, received, said });
        });
        this.note({ ...event, type: "opened", shell: terminal.shell });
        this.watch({ terminal, target, viewer });
        return terminal.attach(0, question);
      } catch (thrown) {
        this.note({ ...event, type: "not-opened", error: wireErrorOf(thrown) });
        throw thrown;
      }
    } finally {
      release();
    }
  }

  private async start(
    host: ShellHost,
    target: TerminalTarget,
    shell: Shell,
    onEnd: (end: TerminalEnd) => void,
  ): Promise<Terminal> {
    const exec = await host.exec(target, { command: shell.command, tty: true });
    if (this.stopped) {
      exec.close();
      throw new StowageError("gone");
    }
    return new Terminal({ token: randomBytes(24).toString("base64url"), shell: shell.name, exec, onEnd });
  }

  private finish(ending: Promise<void>): void {
    this.ending.add(ending);
    void ending.finally(() => this.ending.delete(ending));
  }

  /** Counts one that is being opened, so that many at once cannot pass the limit. */
  private reserve(person: Person): () => void {
    const { account } = person;
    const own = [...this.open.values()].filter(({ viewer }) => viewer.person.account === account).length;
    const opening = [...this.opening.values()].reduce((sum, count) => sum + count, 0);
    const ownOpening = this.opening.get(account) ?? 0;
    if (this.stopped || own + ownOpening >= maxTerminals.each || this.open.size + opening >= maxTerminals.all)
      throw new StowageError("too-many");
    this.opening.set(account, ownOpening + 1);
    return () => {
      const left = (this.opening.get(account) ?? 1) - 1;
      if (left > 0) this.opening.set(account, left);
      else this.opening.delete(account);
    };
  }

  private watch(parts: Pick<Open, "terminal" | "target" | "viewer">): void {
    const open: Open = {
      ...parts,
      allowed: performance.now(),
      asking: false,
      timer: setInterval(() => void recheck(open), recheckMs).unref(),
    };
    this.open.set(open.terminal.token, open);
    // The shell may have ended already.
    if (open.terminal.end) this.forget(open.terminal.token);
  }

  private forget(token: string): void {
    const open = this.open.get(token);
    if (open) clearInterval(open.timer);
    this.open.delete(token);
  }

  /** What happened cannot be undone by not being able to write it down. */
  private note(event: Parameters<TerminalAudit>[0]): void {
    const failed = (thrown: unknown) =>
      log.error("terminal.audit-failed", { type: event.type, message: String(thrown) });
    this.finish(this.audit(event).catch(failed));
  }
}

async function recheck(open: Open): Promise<void> {
  if (!open.viewer.stands()) return end(open, "signed-out");
  if (performance.now() - open.allowed > doubtMs) return end(open, "source-unreachable");
  if (open.asking) return;
  open.asking = true;
  try {
    if (!(await open.viewer.host.mayOpen(open.target))) return end(open, "forbidden");
    open.allowed = performance.now();
  } catch (thrown) {
    // A source that does not answer is given a moment; a credential that it refuses is not.
    if (isStowageError(thrown) && (thrown.code === "signed-out" || thrown.code === "forbidden")) end(open, thrown.code);
  } finally {
    open.asking = false;
  }
}

function end({ terminal }: Open, code: WireError["code"]): void {
  terminal.close({ type: "failed", error: { code } });
}

function sameTarget(target: TerminalTarget, question: TerminalQuestion): boolean {
  return (
    target.source === question.source &&
    target.namespace === question.namespace &&
    target.pod === question.pod &&
    target.container === question.container
  );
}
