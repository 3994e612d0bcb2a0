"use client";

import { CopyButton } from "@/components/ui/copy-button";
import { useRoomMessages } from "@/components/ui/room-messages";
import { Panel } from "@/components/ui/panel";
import { shellCommand } from "@/lib/shared/shell-quote";

/** The commands for what is on screen. */
export function CommandsPanel({ commands }: { commands: readonly (readonly string[])[] }) {
  const words = useRoomMessages().registries;
  const text = commands.map(shellCommand).join("\n");
  return (
    <Panel id="terminal" title={words.terminal} aside={<CopyButton text={text} />}>
      <div className="space-y-1 px-3.5 py-2.5 font-mono text-sm wrap-anywhere">
        {commands.map(shellCommand).map((line) => (
          <p key={line} className="pl-4 -indent-4">
            <bdi>{line}</bdi>
          </p>
        ))}
      </div>
    </Panel>
  );
}
