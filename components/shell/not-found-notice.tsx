"use client";

import Link from "next/link";

import { buttonClass } from "@/components/ui/button";
import { useMessages } from "@/components/ui/messages";
import { Notice } from "@/components/ui/notice";

export function NotFoundNotice() {
  const m = useMessages();
  return (
    <Notice
      page
      title={m.shell.notFoundTitle}
      actions={
        <Link href="/" prefetch={false} className={buttonClass("plain")}>
          {m.shell.toOverview}
        </Link>
      }
    >
      <p>{m.shell.notFoundBody}</p>
    </Notice>
  );
}
