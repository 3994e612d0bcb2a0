"use client";

import Link from "next/link";

import { Button, buttonClass } from "@/components/ui/button";
import { useMessages } from "@/components/ui/messages";
import { Notice } from "@/components/ui/notice";

/** A page that failed: what one can do, and the mark under which the log has it. */
export function FailureNotice({ error, retry }: { error: unknown; retry: () => void }) {
  const m = useMessages();
  const digest = error instanceof Error && "digest" in error && typeof error.digest === "string" ? error.digest : null;
  return (
    <Notice
      page
      level="failing"
      title={m.shell.errorTitle}
      actions={
        <>
          <Button onClick={retry}>{m.shell.tryAgain}</Button>
          <Link href="/" prefetch={false} className={buttonClass("plain")}>
            {m.shell.toOverview}
          </Link>
        </>
      }
    >
      <p>{m.shell.errorBody}</p>
      {digest ? <p className="font-mono">{m.shell.errorCode({ code: digest })}</p> : null}
    </Notice>
  );
}
