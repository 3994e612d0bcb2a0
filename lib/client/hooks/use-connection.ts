import { useSyncExternalStore } from "react";

import type { Connection } from "../stream/live-stream.ts";
import { tabStream } from "../stream/tab-stream.ts";

const idle: Connection = { state: "idle", since: 0 };

/** How this tab stands with the server. */
export function useConnection(): Connection {
  return useSyncExternalStore(
    (changed) => tabStream().watch(changed),
    () => tabStream().connection,
    () => idle,
  );
}
