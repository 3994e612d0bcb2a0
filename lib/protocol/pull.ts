/** What is done with a layer, in the engine's order; `exists`: it was there before. */
export type PullPhase = "waiting" | "downloading" | "verifying" | "downloaded" | "extracting" | "done" | "exists";

/** Bytes as the registry keeps them; `total` is null until the engine says how many there are. */
export type PullLayer = { id: string; phase: PullPhase; downloaded: number; total: number | null };

/** Why a pull failed, as far as the engine's words tell. */
export type PullReason =
  | "login"
  | "unknown-image"
  | "platform"
  | "rate-limited"
  | "disk-full"
  | "registry-unreachable"
  | "engine-lost"
  | "cancelled"
  | "unreadable"
  | "other";

/** One pull of one engine, as anybody who may look at the engine sees it. Moments are milliseconds since the epoch. */
export type PullJob = {
  id: string;
  image: string;
  /** Who began it. */
  by: string;
  began: number;
  ended: number | null;
  state: "running" | "done" | "failed";
  layers: PullLayer[];
  /** Bytes of layers that are downloaded here and now, and of those how many there are in all as far as it is told. */
  downloaded: number;
  total: number;
  /** Layers of which it is not yet told how large they are. */
  unsized: number;
  /** Of the image, when it is there. */
  digest: string | null;
  failure: { reason: PullReason; detail: string } | null;
  /** After a failure: whether an image of this name is on the engine, from before; null where nobody could say. */
  earlier: boolean | null;
};

export type PullsAnswer = { pulls: PullJob[] };
