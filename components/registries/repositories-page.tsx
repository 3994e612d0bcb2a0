"use client";

import Form from "next/form";
import Link from "next/link";

import { Button, buttonClass } from "@/components/ui/button";
import { Chip } from "@/components/ui/chip";
import { ClusterText } from "@/components/ui/cluster-text";
import { useLocale } from "@/components/ui/messages";
import { useRoomMessages } from "@/components/ui/room-messages";
import { Panel } from "@/components/ui/panel";
import type { RepositoriesAnswer } from "@/lib/protocol/registry";
import { registryHref, repositoryHref } from "@/lib/shared/registry-address";

import { Crumbs } from "./crumbs";
import { GoToImage } from "./go-to-image";
import { RegistryStanding } from "./registry-standing";

type Props = { answer: RepositoriesAnswer; words: string };

/** The repositories of a registry, as far as it lists them; Docker Hub is searched. */
export function RepositoriesPage({ answer, words: asked }: Props) {
  const words = useRoomMessages().registries;
  const locale = useLocale();
  const { registry, repositories, next, listed } = answer;
  const here = registryHref(registry.host);
  return (
    <div className="mx-auto flex max-w-[70rem] flex-col gap-3 px-4 pt-3 pb-6 max-sm:px-3">
      <header className="space-y-1">
        <Crumbs />
        <h1 className="text-xl font-semibold wrap-anywhere">
          <ClusterText text={registry.title} />
        </h1>
        <RegistryStanding registry={registry} />
      </header>
      <GoToImage host={registry.host} />
      {listed === "refused" ? (
        <p className="max-w-prose text-muted">{words.listRefused}</p>
      ) : (
        <Panel id="repositories" title={words.repositories}>
          <Form action={here} className="no-print flex flex-wrap gap-2 border-b border-line px-3.5 py-2">
            <input
              type="search"
              name="q"
              defaultValue={asked}
              aria-label={listed === "search" ? words.searchHub : words.find}
              placeholder={listed === "search" ? words.searchHub : words.findHint}
              className="h-8 w-full max-w-sm min-w-0 flex-1 rounded-md border border-control bg-surface px-2.5 font-mono"
            />
            <Button type="submit">{words.find}</Button>
          </Form>
          {repositories.length === 0 ? (
            <p className="px-3.5 py-3 text-muted">
              {asked !== "" ? words.noneFound : listed === "search" ? words.searchStart : words.noRepositories}
            </p>
          ) : (
            <ul className="divide-y divide-line">
              {repositories.map(({ name, about, official, stars }) => (
                <li key={name} className="flex flex-wrap items-baseline gap-x-3 px-3.5 py-1.5">
                  <Link
                    href={repositoryHref(registry.host, name)}
                    prefetch={false}
                    className="min-w-0 text-accent wrap-anywhere hover:underline"
                  >
                    <ClusterText text={name} mono />
                  </Link>
                  {official ? <Chip>{words.official}</Chip> : null}
                  {stars === null ? null : (
                    <span className="ml-auto text-sm text-muted">
                      {words.stars({ count: stars.toLocaleString(locale) })}
                    </span>
                  )}
                  {about === null ? null : (
                    <span className="basis-full text-sm text-muted wrap-anywhere">
                      <ClusterText text={about} />
                    </span>
                  )}
                </li>
              ))}
            </ul>
          )}
          {next === null ? null : (
            <div className="no-print flex justify-center border-t border-line p-2">
              <Link
                href={`${here}?${new URLSearchParams({ ...(asked === "" ? {} : { q: asked }), after: next })}`}
                prefetch={false}
                className={buttonClass()}
              >
                {words.more}
              </Link>
            </div>
          )}
        </Panel>
      )}
    </div>
  );
}
