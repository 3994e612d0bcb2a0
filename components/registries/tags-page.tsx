"use client";

import Link from "next/link";
import { useState } from "react";

import { Button } from "@/components/ui/button";
import { ClusterText } from "@/components/ui/cluster-text";
import { useLocale } from "@/components/ui/messages";
import { useRoomMessages } from "@/components/ui/room-messages";
import { Panel } from "@/components/ui/panel";
import type { TagsAnswer } from "@/lib/protocol/registry";
import { familiarName } from "@/lib/shared/image-reference";
import { imageHref, repositoryHref } from "@/lib/shared/registry-address";

import { CommandsPanel } from "./commands-panel";
import { Crumbs } from "./crumbs";
import { TagDigest } from "./tag-digest";

/** Tags that are drawn at a time. */
const step = 100;

/** The tags of a repository, those that look newest first; what each points at is looked up when somebody asks. */
export function TagsPage({ answer, pod }: { answer: TagsAnswer; pod: string | null }) {
  const words = useRoomMessages().registries;
  const locale = useLocale();
  const [filter, setFilter] = useState("");
  const [shown, setShown] = useState(step);
  const { host, repository, tags, next } = answer;
  const wanted = filter.trim().toLowerCase();
  const matching = tags.filter((tag) => tag.toLowerCase().includes(wanted));
  const name = familiarName({ registry: host, repository, tag: null, digest: null });
  return (
    <div className="mx-auto flex max-w-[70rem] flex-col gap-3 px-4 pt-3 pb-6 max-sm:px-3">
      <header className="space-y-1">
        <Crumbs host={host} />
        <h1 className="text-xl font-semibold wrap-anywhere">
          <ClusterText text={name} mono />
        </h1>
        <p className={`text-sm ${answer.signedBy === "secret-refused" ? "text-warning-text" : "text-muted"}`}>
          {words.signed[answer.signedBy]}
        </p>
      </header>
      <Panel
        id="tags"
        title={words.tags}
        aside={words.tagCount({
          shown: matching.length.toLocaleString(locale),
          of: tags.length.toLocaleString(locale),
        })}
      >
        {tags.length === 0 ? (
          <p className="px-3.5 py-3 text-muted">{words.noTags}</p>
        ) : (
          <>
            <div className="no-print border-b border-line px-3.5 py-2">
              <input
                type="search"
                value={filter}
                onChange={(event) => {
                  setFilter(event.target.value);
                  setShown(step);
                }}
                aria-label={words.filterTags}
                placeholder={words.filterTags}
                className="h-8 w-full max-w-sm rounded-md border border-control bg-surface px-2.5 font-mono"
              />
            </div>
            {matching.length === 0 ? <p className="px-3.5 py-3 text-muted">{words.noneFound}</p> : null}
            <ul className="divide-y divide-line">
              {matching.slice(0, shown).map((tag) => (
                <li key={tag} className="flex min-h-9 flex-wrap items-center gap-x-4 gap-y-1 px-3.5 py-1">
                  <Link
                    href={imageHref(host, repository, tag, { pod })}
                    prefetch={false}
                    className="min-w-0 text-accent wrap-anywhere hover:underline"
                  >
                    <ClusterText text={tag} mono />
                  </Link>
                  <span className="ml-auto min-w-0">
                    <TagDigest host={host} repository={repository} tag={tag} pod={pod} />
                  </span>
                </li>
              ))}
            </ul>
            {matching.length > shown ? (
              <div className="flex justify-center border-t border-line p-2">
                <Button onClick={() => setShown(shown + step * 5)}>{words.moreTags}</Button>
              </div>
            ) : null}
          </>
        )}
        {next === null ? null : (
          <p className="border-t border-line px-3.5 py-2 text-sm text-muted">
            {words.tagsCut}{" "}
            <Link
              href={`${repositoryHref(host, repository, { pod })}${pod === null ? "?" : "&"}after=${encodeURIComponent(next)}`}
              prefetch={false}
              className="text-accent hover:underline"
            >
              {words.more}
            </Link>
          </p>
        )}
      </Panel>
      <CommandsPanel commands={[["crane", "ls", name]]} />
    </div>
  );
}
