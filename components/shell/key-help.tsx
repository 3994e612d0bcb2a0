"use client";

import { Dialog } from "@/components/ui/dialog";
import { Kbd } from "@/components/ui/kbd";
import { useMessages } from "@/components/ui/messages";
import { kindList } from "@/lib/kinds/index";

import { railGroups } from "./sections";

type Line = { keys: readonly string[]; what: string };

/** Every key there is. */
export function KeyHelp({ open, onClose }: { open: boolean; onClose: () => void }) {
  const m = useMessages();
  const help = m.shell.keyHelp;
  const go: Line[] = [
    { keys: ["g", "o"], what: m.shell.overview },
    ...railGroups(kindList, m)
      .flatMap((group) => group.entries)
      .flatMap(({ letter, title }) => (letter ? [{ keys: ["g", letter], what: title }] : [])),
  ];
  const table: Line[] = [
    { keys: ["j", "↓"], what: help.down },
    { keys: ["k", "↑"], what: help.up },
    { keys: ["←", "→"], what: help.sides },
    { keys: ["PgDn", "PgUp"], what: help.page },
    { keys: ["Home", "End"], what: help.ends },
    { keys: ["Enter"], what: help.open },
    { keys: ["d"], what: help.density },
    { keys: ["x", "Space"], what: m.actions.keys.select },
    { keys: ["Shift ↓"], what: m.actions.keys.range },
    { keys: ["a"], what: m.actions.keys.actions },
  ];
  const everywhere: Line[] = [
    { keys: ["Ctrl K"], what: help.palette },
    { keys: ["/"], what: help.query },
    { keys: ["?"], what: help.help },
    { keys: ["Esc"], what: help.escape },
  ];
  return (
    <Dialog title={m.shell.keys} open={open} onClose={onClose} wide>
      <div className="grid gap-x-8 gap-y-4 p-4 sm:grid-cols-2">
        <div className="space-y-4">
          <Group title={m.shell.keyGroups.everywhere} lines={everywhere} />
          <Group title={m.shell.keyGroups.table} lines={table} />
        </div>
        <Group title={m.shell.keyGroups.go} lines={go} />
      </div>
    </Dialog>
  );
}

function Group({ title, lines }: { title: string; lines: readonly Line[] }) {
  return (
    <section>
      <h3 className="mb-1 text-sm text-muted">{title}</h3>
      <dl>
        {lines.map(({ keys, what }) => (
          <div key={keys.join()} className="flex items-center gap-3 py-1">
            <dt className="flex w-24 shrink-0 gap-1">
              {keys.map((key) => (
                <Kbd key={key}>{key}</Kbd>
              ))}
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
