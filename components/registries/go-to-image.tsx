"use client";

import { useRouter } from "next/navigation";
import { useId, useState } from "react";

import { Button } from "@/components/ui/button";
import { Labelled } from "@/components/ui/labelled";
import { useRoomMessages } from "@/components/ui/room-messages";
import { parseImageReference } from "@/lib/shared/image-reference";
import { imageHref, repositoryHref } from "@/lib/shared/registry-address";

/** Leads to an image by its name; within a registry, to a repository or image of that registry. */
export function GoToImage({ host = null }: { host?: string | null }) {
  const words = useRoomMessages().registries;
  const router = useRouter();
  const id = useId();
  const [text, setText] = useState("");
  const [isWrong, setWrong] = useState(false);
  const open = () => {
    const href = hrefOf(text.trim(), host);
    setWrong(href === null);
    if (href !== null) router.push(href);
  };
  return (
    <form
      className="no-print max-w-xl"
      onSubmit={(event) => {
        event.preventDefault();
        open();
      }}
    >
      <Labelled
        id={id}
        label={host === null ? words.go : words.toRepository}
        hint={isWrong ? words.goWrong : host === null ? words.goHint : undefined}
      >
        <span className="flex gap-2">
          <input
            id={id}
            value={text}
            onChange={(event) => {
              setText(event.target.value);
              setWrong(false);
            }}
            aria-invalid={isWrong}
            aria-describedby={isWrong || host === null ? `${id}-hint` : undefined}
            autoCapitalize="none"
            autoComplete="off"
            spellCheck={false}
            className="h-8 min-w-0 flex-1 rounded-md border border-control bg-surface px-2.5 font-mono"
          />
          <Button type="submit">{words.goDo}</Button>
        </span>
      </Labelled>
    </form>
  );
}

function hrefOf(text: string, host: string | null): string | null {
  const named = parseImageReference(host === null || text.startsWith(`${host}/`) ? text : `${host}/${text}`);
  if (!named) return null;
  const reference = named.digest ?? named.tag;
  return reference === null
    ? repositoryHref(named.registry, named.repository)
    : imageHref(named.registry, named.repository, reference);
}
