"use client";

import Link from "next/link";

import { Button, buttonClass } from "@/components/ui/button";
import { ClusterText } from "@/components/ui/cluster-text";
import { Icon } from "@/components/ui/icon";
import { useMessages } from "@/components/ui/messages";
import { Popover, useClosePopover } from "@/components/ui/popover";
import type { RoleName } from "@/lib/protocol/account";

/** Who is signed in, what concerns them, and the way out. */
export function PersonMenu({ name, role }: { name: string; role: RoleName }) {
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
        <div>
          <ClusterText text={name} className="block font-medium break-all" />
          <span className="text-sm text-muted">{m.account.roles[role]}</span>
        </div>
        <div className="-mx-1.5 space-y-0.5">
          <MenuLink href="/account" text={m.shell.account} />
          {role === "admin" ? <MenuLink href="/settings/people" text={m.shell.people} /> : null}
        </div>
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

function MenuLink({ href, text }: { href: string; text: string }) {
  const close = useClosePopover();
  return (
    <Link
      href={href}
      prefetch={false}
      onClick={close}
      className={`${buttonClass("quiet")} w-full justify-start px-1.5`}
    >
      {text}
    </Link>
  );
}
