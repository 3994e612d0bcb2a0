import type { RegistryOrigin } from "../../protocol/registry.ts";
import { StowageError } from "../error.ts";
import { CachedRegistry } from "./cached-registry.ts";
import type { FindCredential } from "./credentials.ts";
import type { RegistryOptions } from "./registry-session.ts";

/** A registry that may be asked, and what is known of it without asking. */
export type KnownRegistry = {
  readonly host: string;
  readonly title: string;
  readonly origin: RegistryOrigin;
  readonly address: URL | null;
  readonly options: RegistryOptions;
  readonly cached: CachedRegistry;
  /** Whether there is a credential for it here. */
  readonly hasCredential: () => Promise<boolean>;
};

export type ListedRegistry = Pick<KnownRegistry, "host" | "title" | "origin" | "address"> & {
  readonly credential: FindCredential;
  readonly realms: readonly string[];
  readonly ca: string | null;
};

export type BookOptions = {
  readonly listed: readonly ListedRegistry[];
  /** Whether registries that are not listed may be asked, as anybody: for the one person of this machine only. */
  readonly asksOthers: boolean;
  /** What the Docker client knows for a host, in the local face. */
  readonly clientCredential: FindCredential;
  readonly hubSearch: URL;
};

/** Registries that nobody listed of which something is kept at a time. */
const mostOthers = 32;

/** Whose realm is another host than they are, of those that everybody uses. */
const wellKnownRealms: Readonly<Record<string, readonly string[]>> = {
  "registry.gitlab.com": ["gitlab.com"],
  "registry.redhat.io": ["sso.redhat.com"],
};

/** The registries there are, and the only place where one comes from: no name from outside leads anywhere else. */
export class RegistryBook {
  readonly asksOthers: boolean;
  private readonly listed: ReadonlyMap<string, KnownRegistry>;
  private readonly others = new Map<string, KnownRegistry>();
  private readonly clientCredential: FindCredential;

  constructor({ listed, asksOthers, clientCredential }: Omit<BookOptions, "hubSearch">) {
    this.asksOthers = asksOthers;
    this.clientCredential = clientCredential;
    this.listed = new Map(listed.map((registry) => [registry.host, knownOf(registry)]));
  }

  all(): KnownRegistry[] {
    return [...this.listed.values()];
  }

  isListed(host: string): boolean {
    return this.listed.has(host);
  }

  /** Throws `unknown-source` for one that is not listed where others are not asked, `bad-request` for what is no host. */
  find(host: string): KnownRegistry {
    const known = this.listed.get(host) ?? this.others.get(host);
    if (known) return known;
    if (!isHost(host)) throw new StowageError("bad-request", "this is no host of a registry");
    if (!this.asksOthers) throw new StowageError("unknown-source", host);
    const other = knownOf({
      host,
      title: host,
      origin: "named",
      address: null,
      credential: this.clientCredential,
      realms: [],
      ca: null,
    });
    this.others.set(host, other);
    if (this.others.size > mostOthers) {
      const oldest = this.others.keys().next();
      if (!oldest.done) this.others.delete(oldest.value);
    }
    return other;
  }
}

function knownOf({ host, title, origin, address, credential, realms, ca }: ListedRegistry): KnownRegistry {
  const options: RegistryOptions = {
    host,
    address,
    credential,
    realms: [...realms, ...(wellKnownRealms[host] ?? [])],
    insecure: false,
    ...(ca === null ? {} : { ca }),
  };
  return {
    host,
    title,
    origin,
    address,
    options,
    cached: new CachedRegistry(options),
    hasCredential: async () => (await credential(host)) !== null,
  };
}

const hostShape =
  /^(?:[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)*|\[[0-9a-fA-F:]+\])(?::\d{1,5})?$/;

/** As in an image's name: without a dot or a port a first part is no host there. */
function isHost(text: string): boolean {
  return text.length <= 255 && hostShape.test(text) && (/[.:[]/.test(text) || text === "localhost");
}
