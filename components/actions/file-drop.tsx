"use client";

import type { ReactNode } from "react";
import { useRef, useState } from "react";

import { Button } from "@/components/ui/button";
import { ClusterText } from "@/components/ui/cluster-text";
import { useMessages } from "@/components/ui/messages";

/** What the server takes, in bytes. */
const most = 3 * 1024 * 1024;

/** A place to drop YAML files on, around the editor that takes them up. */
export function FileDrop({ onText, children }: { onText: (text: string) => void; children: ReactNode }) {
  const words = useMessages().actions.apply;
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const [problem, setProblem] = useState("");

  async function take(files: readonly File[]): Promise<void> {
    setProblem("");
    for (const file of files) {
      if (file.size > most) return setProblem(words.tooLarge({ most: "3 MiB" }));
      try {
        onText(new TextDecoder("utf-8", { fatal: true }).decode(await file.arrayBuffer()));
      } catch {
        return setProblem(words.notText({ name: file.name }));
      }
    }
  }

  return (
    <div
      className={`flex min-h-0 flex-1 flex-col rounded-lg border ${over ? "border-accent bg-accent-soft" : "border-line"}`}
      onDragOver={(event) => {
        if (!event.dataTransfer.types.includes("Files")) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDropCapture={(event) => {
        if (event.dataTransfer.files.length === 0) return;
        event.preventDefault();
        event.stopPropagation();
        setOver(false);
        void take([...event.dataTransfer.files]);
      }}
    >
      <div className="flex flex-wrap items-center gap-2 border-b border-line px-3 py-1.5 text-sm text-muted">
        {words.drop}
        <Button size="sm" onClick={() => input.current?.click()}>
          {words.choose}
        </Button>
        <input
          ref={input}
          type="file"
          multiple
          hidden
          accept=".yaml,.yml,.json,text/*,application/json,application/yaml"
          aria-label={words.choose}
          onChange={(event) => {
            void take([...(event.target.files ?? [])]);
            event.target.value = "";
          }}
        />
        {problem === "" ? null : (
          <span role="alert" className="text-failing">
            <ClusterText text={problem} />
          </span>
        )}
      </div>
      <div className="min-h-0 flex-1">{children}</div>
    </div>
  );
}
