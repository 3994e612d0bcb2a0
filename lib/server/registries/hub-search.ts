import { z } from "zod";

import type { RepositoriesAnswer } from "../../protocol/registry.ts";
import { StowageError } from "../error.ts";
import { exchange } from "./exchange.ts";

/** Docker Hub's own search: its registry lists nothing. */
export const hubSearchAddress = new URL("https://hub.docker.com/v2/search/repositories/");

const perPage = 25;
const maxAnswer = 1024 * 1024;
const longest = 200;

const answerSchema = z.object({
  next: z.string().nullish(),
  results: z
    .array(
      z.object({
        repo_name: z.string().max(255),
        short_description: z.string().nullish(),
        is_official: z.boolean().nullish(),
        star_count: z.number().nullish(),
      }),
    )
    .max(100),
});

export type Found = Pick<RepositoriesAnswer, "repositories" | "next">;

/** Throws `source-unreachable`, `busy` beyond the rate limit, `source-refused`, `bad-request` for a page that is none. */
export async function searchHub(
  address: URL,
  words: string,
  after: string | null,
  signal?: AbortSignal,
): Promise<Found> {
  if (after !== null && !/^[1-9]\d{0,3}$/.test(after)) throw new StowageError("bad-request", "this page is none");
  const page = after === null ? 1 : Number(after);
  const url = new URL(address);
  url.searchParams.set("query", words.slice(0, longest));
  url.searchParams.set("page", String(page));
  url.searchParams.set("page_size", String(perPage));
  const { status, body } = await exchange({
    url,
    headers: { accept: "application/json", "user-agent": "stowage" },
    maxBytes: maxAnswer,
    ...(signal ? { signal } : {}),
  });
  if (status === 429) throw new StowageError("busy", `${url.host} lets nothing more be searched for now`);
  if (status !== 200) {
    throw new StowageError(status >= 500 ? "source-unreachable" : "source-refused", `${url.host} answered ${status}`);
  }
  const read = answerSchema.safeParse(parsed(body));
  if (!read.success) throw new StowageError("source-refused", `${url.host} sent something that is no search's answer`);
  return {
    repositories: read.data.results.map((found) => ({
      name: found.repo_name.includes("/") ? found.repo_name : `library/${found.repo_name}`,
      about: found.short_description || null,
      official: found.is_official === true,
      stars: found.star_count ?? null,
    })),
    next: read.data.next ? String(page + 1) : null,
  };
}

function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString("utf8"));
  } catch {
    return null;
  }
}
