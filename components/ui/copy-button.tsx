"use client";

import { useEffect, useState } from "react";

import { Button } from "./button";
import { Icon } from "./icon";
import { useMessages } from "./messages";

/** Copies `text`, and says for a moment that it did. */
export function CopyButton({ text, label }: { text: string; label?: string }) {
  const m = useMessages();
  const [state, setState] = useState<"idle" | "copied" | "failed">("idle");

  useEffect(() => {
    if (state === "idle") return;
    const timer = setTimeout(() => setState("idle"), 2000);
    return () => clearTimeout(timer);
  }, [state]);

  return (
    <Button
      size="sm"
      onClick={() => {
        copy(text).then(
          () => setState("copied"),
          () => setState("failed"),
        );
      }}
    >
      <Icon name={state === "copied" ? "check" : "copy"} size={14} />
      <span aria-live="polite">
        {state === "copied" ? m.shell.copied : state === "failed" ? m.shell.copyFailed : (label ?? m.shell.copy)}
      </span>
    </Button>
  );
}

/** The clipboard is only there in a secure context, which plain HTTP to another machine is not. */
async function copy(text: string): Promise<void> {
  if (navigator.clipboard as Clipboard | undefined) {
    await navigator.clipboard.writeText(text);
    return;
  }
  throw new Error("no clipboard");
}
