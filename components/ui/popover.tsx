"use client";

import type { ReactNode } from "react";
import { createContext, useCallback, useContext, useId, useRef, useState } from "react";

import type { ButtonLook, ButtonSize } from "./button";
import { buttonClass } from "./button";

type Props = {
  /** What the button shows. */
  button: ReactNode;
  /** Names the button where `button` is not words enough. */
  label?: string;
  look?: ButtonLook;
  size?: ButtonSize;
  className?: string;
  /** Which edge of the button the panel keeps to. */
  align?: "start" | "end";
  /** Drawn only while open. */
  children: ReactNode;
};

const CloseContext = createContext<() => void>(() => {});

/** Closes the popover that a component is in. */
export function useClosePopover(): () => void {
  return useContext(CloseContext);
}

/** A button and a light panel under it, with the browser's own popover: Escape and a click elsewhere close it. */
export function Popover({ button, label, look = "plain", size, className = "", align = "start", children }: Props) {
  const id = useId();
  const anchor = useRef<HTMLButtonElement>(null);
  const panel = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState(false);
  const close = useCallback(() => panel.current?.hidePopover(), []);

  return (
    <>
      <button
        ref={anchor}
        type="button"
        popoverTarget={id}
        aria-expanded={open}
        aria-label={label}
        title={label}
        className={buttonClass(look, size, className)}
      >
        {button}
      </button>
      <div
        ref={panel}
        id={id}
        popover="auto"
        onBeforeToggle={(event) => {
          setOpen(event.newState === "open");
          if (event.newState === "open" && anchor.current) place(event.currentTarget, anchor.current, align);
        }}
        className="m-0 max-h-[70vh] max-w-[calc(100vw-1rem)] overflow-y-auto rounded-lg border border-line-strong bg-surface p-0 shadow-over"
      >
        {open ? <CloseContext value={close}>{children}</CloseContext> : null}
      </div>
    </>
  );
}

/** Under the button, and never out of the window. */
function place(panel: HTMLElement, anchor: HTMLElement, align: "start" | "end"): void {
  const box = anchor.getBoundingClientRect();
  const gap = 4;
  panel.style.inset = "auto";
  if (box.bottom > window.innerHeight * 0.66) panel.style.bottom = `${window.innerHeight - box.top + gap}px`;
  else panel.style.top = `${box.bottom + gap}px`;
  const room = 16 * 16;
  if (align === "end" || box.left + room > window.innerWidth) {
    panel.style.right = `${Math.max(8, Math.min(window.innerWidth - box.right, window.innerWidth - room - 8))}px`;
  } else {
    panel.style.left = `${Math.max(8, box.left)}px`;
  }
}
