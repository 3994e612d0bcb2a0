import { startStowage } from "../server/start-stowage.ts";
import type { RunningStowage } from "../server/start-stowage.ts";
import { CountingRelay } from "./counting-relay.ts";

/** A server and a relay before it that counts. What idles is let go of after two seconds, which is what waiting costs here. */
export type BenchServer = { stowage: RunningStowage; relay: CountingRelay; stop(): Promise<void> };

const idleSeconds = 2;

export async function startBenchServer(kubeconfig: string): Promise<BenchServer> {
  const relay = await CountingRelay.start();
  const args = ["--idle-seconds", String(idleSeconds), "--allowed-hosts", `127.0.0.1:${relay.port}`];
  const stowage = await startStowage({ kubeconfig, args });
  relay.target = stowage.port;
  return {
    stowage,
    relay,
    async stop() {
      relay.close();
      await stowage.stop();
    },
  };
}
