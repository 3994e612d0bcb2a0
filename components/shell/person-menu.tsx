"use client";

import { Button } from "@/components/ui/button";
import { ClusterText } from "@/components/ui/cluster-text";
import { Icon } from "@/components/ui/icon";
import { useMessages } from "@/components/ui/messages";
import { Popover } from "@/components/ui/popover";
import { signOut } from "@/lib/client/session";

/** Who is signed in, and the way out. */
export function PersonMenu({ name }: { name: string }) {
  const m = useMessages();
  return (
    <Popover
      look="quiet"
      align="end"
      label={m.shell.person({ name })}
      button={
        <span aria-hidden="true" className="grid size-6 place-items-center rounded-full bg-accent-soft text-sm font-semibold text-accent">
          {[...name][0]?.toUpperCase() ?? "?"}
        </span>
      }
    >
      {() => (
        <div className="w-64 max-w-full space-y-3 p-3.5">
          <ClusterText text={name} className="block font-medium break-all" />
          <Button
            onClick={() => {
              void signOut();
            }}
          >
            <Icon name="sign-out" />
            {m.shell.signOut}
          </Button>
        </div>
      )}
    </Popover>
  );
}
