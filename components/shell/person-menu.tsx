"use client";

import { Button } from "@/components/ui/button";
import { ClusterText } from "@/components/ui/cluster-text";
import { Icon } from "@/components/ui/icon";
import { useMessages } from "@/components/ui/messages";
import { Popover } from "@/components/ui/popover";

/** Who is signed in, and the way out. */
export function PersonMenu({ name }: { name: string }) {
  const m = useMessages();
  return (
    <Popover
      look="quiet"
      size="icon"
      align="end"
      label={m.shell.person({ name })}
      button={
        <span
          aria-hidden="true"
          className="grid size-6 place-items-center rounded-full bg-accent-soft text-sm font-semibold text-accent"
        >
          {Array.from(name)[0]?.toUpperCase() ?? "?"}
        </span>
      }
    >
      <div className="w-64 max-w-full space-y-3 p-3.5">
        <ClusterText text={name} className="block font-medium break-all" />
        <form method="post" action="/api/auth/sign-out">
          <Button type="submit">
            <Icon name="sign-out" />
            {m.shell.signOut}
          </Button>
        </form>
      </div>
    </Popover>
  );
}
