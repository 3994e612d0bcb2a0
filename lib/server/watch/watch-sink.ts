import type { WireError } from "../../protocol/error.ts";
import type { KubeObject } from "../../protocol/object.ts";

/**
 * What a watch tells. Between `begin` and `synced` every object there is is put once; what was known before and was not put is
 * gone at `synced` and not a moment earlier, so that a relist blanks nothing. After `synced` each put or remove is one change.
 */
export type WatchSink = {
  begin(): void;
  put(object: KubeObject): void;
  remove(object: KubeObject): void;
  synced(): void;
  /** The watch is cut or refused and tries again; `since` (ms) is when what is known was last known to be true. */
  trouble(error: WireError, since: number): void;
  /** Changes flow again after trouble. */
  alive(): void;
};
