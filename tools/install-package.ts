import { existsSync } from "node:fs";
import { runCommand } from "./run-command.ts";

/** Installs a package of Debian's where this may install it; elsewhere it changes nothing. */
export async function installPackage(name: string, signal: AbortSignal): Promise<void> {
  if (process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get")) return;
  const aptGet = "apt-get -q -o DPkg::Lock::Timeout=900";
  await runCommand(`${aptGet} update && ${aptGet} install -y --no-install-recommends ${name}`, {
    signal,
    echo: true,
    env: { DEBIAN_FRONTEND: "noninteractive" },
  });
}
