"use client";

import Link from "next/link";

import { useFrame } from "@/components/shell/frame-context";
import { kindTitle } from "@/components/shell/sections";
import { Button, buttonClass } from "@/components/ui/button";
import { ClusterText } from "@/components/ui/cluster-text";
import { useMessages } from "@/components/ui/messages";
import { Notice } from "@/components/ui/notice";
import { printView } from "@/lib/client/store/view-address";
import { kubectlObject } from "@/lib/client/terminal/kubectl-object";
import type { Kind } from "@/lib/kinds/kind";
import type { ErrorCode, WireError } from "@/lib/protocol/error";
import type { Ref } from "@/lib/protocol/ref";

import { CommandLine } from "./terminal-section";

/** Why there is nothing to see, in plain words, and what to do about it. */
export function ObjectError({ kind, target, error }: { kind: Kind; target: Ref; error: WireError }) {
  const m = useMessages();
  const { sources } = useFrame();
  const context = sources.find((source) => source.source === target.source)?.title ?? null;
  const command = kubectlObject({ kind, context, path: target.path, container: null }).find(
    (one) => one.purpose === "yaml",
  );
  const known: Partial<Record<ErrorCode, string>> = m.detail.errors;
  return (
    <div className="rounded-lg border border-line bg-surface">
      <Notice
        level={error.code === "forbidden" || error.code === "not-found" ? "unknown" : "failing"}
        title={m.errors[error.code]}
        actions={
          <>
            <Link
              href={`/${encodeURIComponent(kind.id)}${printView({ in: [target.source] })}`}
              prefetch={false}
              className={buttonClass("primary")}
            >
              {m.detail.toList({ kinds: kindTitle(m, kind.id) })}
            </Link>
            <Button onClick={() => window.location.reload()}>{m.shell.tryAgain}</Button>
          </>
        }
      >
        <p>{known[error.code] ?? m.detail.errors.other}</p>
        {error.detail ? (
          <p>
            {m.detail.saidBy}: <ClusterText text={error.detail} mono className="text-text wrap-anywhere" />
          </p>
        ) : null}
        {error.code === "too-large" && command ? <CommandLine line={command.line} /> : null}
      </Notice>
    </div>
  );
}
