import { existsSync } from "node:fs";
import { chromiumPath } from "./real-parts.ts";
import { runCommand } from "./run-command.ts";

/** Installs Debian's Chromium where there is none and this may install it; elsewhere it changes nothing. */
export async function installChromium(signal: AbortSignal): Promise<void> {
  if (chromiumPath() !== null || process.env["STOWAGE_CHROMIUM"]) return;
  if (process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get")) return;
  const aptGet = "apt-get -q -o DPkg::Lock::Timeout=900";
  await runCommand(`${aptGet} update && ${aptGet} install -y --no-install-recommends chromium`, {
    signal,
    echo: true,
    env: { DEBIAN_FRONTEND: "noninteractive" },
  });
}
