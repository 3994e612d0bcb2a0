import type { Machine } from "../exec/machine.ts";
import { findProgram } from "../exec/programs.ts";
import { runIn } from "../exec/run-program.ts";
import { host } from "./host.ts";
import type { EngineContainer, EngineWorld } from "./engine-world.ts";

/** Lines that are kept of what a command says. */
const maxSaid = 2_000;

/** Whether the demo's machines have such a program, so that it can run in earnest. */
export function isKnownCommand([name = ""]: readonly string[]): boolean {
  return findProgram(name) !== null;
}

/** Runs the container's own command, where it is one that can be; its end is the container's. */
export function runInEarnest(world: EngineWorld, container: EngineContainer): void {
  const { said } = container;
  if (!said) return;
  const rests = { stdout: "", stderr: "" };
  const keep = (stream: "stdout" | "stderr", text: string) => {
    said.push({ at: world.now(), stream, text });
    if (said.length > maxSaid) said.shift();
  };
  const started = runIn(machineOf(world, container), container.command, {
    tty: false,
    write: (stream, text) => {
      const lines = (rests[stream] + text).split("\n");
      rests[stream] = lines.pop() ?? "";
      for (const line of lines) keep(stream, line);
    },
    exit: (code) => {
      for (const stream of ["stdout", "stderr"] as const) if (rests[stream] !== "") keep(stream, rests[stream]);
      container.program = null;
      world.end(container, code);
      const again = container.restart === "on-failure" ? code !== 0 : container.restart !== "no";
      if (again) container.state = "restarting";
    },
  });
  if ("missing" in started) return;
  container.program = started;
  // Nobody types into it.
  started.endOfInput();
}

/** The inside of a container. */
export function machineOf(world: EngineWorld, container: EngineContainer): Machine {
  const hostname = container.id.slice(0, 12);
  const env = new Map(
    container.env.map((entry) => [entry.slice(0, entry.indexOf("=")), entry.slice(entry.indexOf("=") + 1)] as const),
  );
  return {
    hostname,
    user: container.user === "" ? "root" : "app",
    main: container.command.join(" "),
    env: new Map([["HOME", "/root"], ["HOSTNAME", hostname], ...env]),
    files: new Map([
      ["/etc/hostname", `${hostname}\n`],
      ["/etc/hosts", `127.0.0.1\tlocalhost\n${container.address}\t${hostname}\n`],
      ["/etc/os-release", 'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nID=debian\n'],
      ["/app/VERSION", `${container.image.slice(container.image.lastIndexOf(":") + 1)}\n`],
      ["/run/app.pid", "1\n"],
      ["/tmp/started", "1\n"],
    ]),
    began: container.started,
    now: () => world.now(),
    kernel: host.kernel,
    cores: host.cpus,
  };
}
