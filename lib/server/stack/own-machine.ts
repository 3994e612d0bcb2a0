import { readFile } from "node:fs/promises";
import { release } from "node:os";

import type { VirtualMachine } from "../../protocol/stack.ts";
import type { EngineAddress } from "../sources/docker/engine-address.ts";

export const unknownMachine: VirtualMachine = {
  isVirtual: null,
  knownBy: null,
  hypervisor: null,
  provider: null,
  instanceType: null,
};

/**
 * What this machine says of itself, where the engine runs on it: behind a socket here, on the same kernel. A processor that runs
 * under a hypervisor says so by a flag.
 */
export async function ownMachine(address: EngineAddress, kernel: string | null): Promise<VirtualMachine> {
  if (address.type !== "unix" || kernel !== release()) return unknownMachine;
  const [processor, vendor, product] = await Promise.all(
    ["/proc/cpuinfo", "/sys/class/dmi/id/sys_vendor", "/sys/class/dmi/id/product_name"].map(async (path) => {
      const text = await readFile(path, "utf8").catch(() => "");
      return text.trim();
    }),
  );
  const flags = /^flags\s*:(.*)$/m.exec(processor ?? "")?.[1];
  if (flags === undefined) return unknownMachine;
  const isVirtual = flags.split(" ").includes("hypervisor");
  const name = [vendor, product].filter((word) => word !== undefined && word !== "").join(" ");
  return { ...unknownMachine, isVirtual, knownBy: "processor", hypervisor: isVirtual && name !== "" ? name : null };
}
