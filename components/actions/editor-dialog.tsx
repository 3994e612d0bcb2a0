"use client";

import type { ReactNode } from "react";
import { useEffect, useId, useRef } from "react";

import { IconButton } from "@/components/ui/button";
import { Icon } from "@/components/ui/icon";
import { useMessages } from "@/components/ui/messages";

/**
 * A large dialog for a text. Neither Escape, which the editor has uses for, nor a click beside it closes it: what was written would
 * be lost.
 */
export function EditorDialog({
  title,
  onClose,
  children,
}: {
  title: string;
  onClose: () => void;
  children: ReactNode;
}) {
  const m = useMessages();
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const element = dialog.current;
    if (!element || element.open) return;
    element.setAttribute("closedby", "none");
    element.showModal();
  }, []);
  return (
    <dialog
      ref={dialog}
      aria-labelledby={id}
      onCancel={(event) => event.preventDefault()}
      className="m-auto h-[min(60rem,94dvh)] max-h-none w-[min(80rem,calc(100vw-1.5rem))] max-w-none rounded-lg border border-line-strong bg-surface p-0 shadow-over open:flex"
    >
      <div className="flex min-h-0 min-w-0 flex-1 flex-col">
        <header className="flex items-center justify-between border-b border-line py-1.5 pr-1.5 pl-4">
          <h2 id={id} className="min-w-0 truncate font-semibold">
            {title}
          </h2>
          <IconButton label={m.shell.close} onClick={onClose}>
            <Icon name="close" />
          </IconButton>
        </header>
        {children}
      </div>
    </dialog>
  );
}
