"use client";

import type { ReactNode } from "react";
import { useEffect, useId, useRef } from "react";

import { IconButton } from "./button";
import { Icon } from "./icon";
import { useMessages } from "./messages";

type Props = { title: string; open: boolean; onClose: () => void; children: ReactNode; wide?: boolean; bare?: boolean };

/** A modal dialog with the browser's own focus trap, Escape and backdrop. `bare` shows no heading; `title` still names it. */
export function Dialog({ title, open, onClose, children, wide, bare }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  const m = useMessages();

  useEffect(() => {
    const element = dialog.current;
    if (!element) return;
    if (open && !element.open) element.showModal();
    if (!open && element.open) element.close();
  }, [open]);

  return (
    <dialog
      ref={dialog}
      aria-labelledby={id}
      onClose={onClose}
      onClick={(event) => {
        // The backdrop belongs to the dialog's own box.
        if (event.target === event.currentTarget) event.currentTarget.close();
      }}
      className={`m-auto mt-[12vh] max-h-[76vh] w-[calc(100vw-2rem)] rounded-lg border border-line-strong bg-surface p-0 shadow-over open:flex ${wide ? "max-w-3xl" : "max-w-xl"}`}
    >
      {open ? (
        <div className="flex min-h-0 min-w-0 flex-1 flex-col">
          <header
            className={bare ? "sr-only" : "flex items-center justify-between border-b border-line py-1.5 pr-1.5 pl-4"}
          >
            <h2 id={id} className="font-semibold">
              {title}
            </h2>
            {bare ? null : (
              <IconButton label={m.shell.close} onClick={() => dialog.current?.close()}>
                <Icon name="close" />
              </IconButton>
            )}
          </header>
          <div className="min-h-0 flex-1 overflow-y-auto">{children}</div>
        </div>
      ) : null}
    </dialog>
  );
}
