"use client";

import Link from "next/link";

import { CommandLine } from "@/components/detail/terminal-section";
import { useFrameStart } from "@/components/shell/frame-context";
import { buttonClass } from "@/components/ui/button";
import { ClusterText } from "@/components/ui/cluster-text";
import { useMessages } from "@/components/ui/messages";
import { Notice } from "@/components/ui/notice";

/** Nothing is connected: what was looked for, and how to connect a cluster. */
export function NoSource({ lookedFor }: { lookedFor: readonly string[] }) {
  const m = useMessages();
  const { face } = useFrameStart();
  if (face === "team") return <NoToken />;
  return (
    <>
      <h1 className="sr-only">{m.overview.title}</h1>
      <Notice title={m.overview.none}>
        <p>{lookedFor.length === 0 ? m.overview.noneLookedNothing : m.overview.noneLooked}</p>
        <ul className="space-y-1">
          {lookedFor.map((place) => (
            <li key={place}>
              <code className="rounded-sm bg-sunken px-1.5 py-0.5 text-text wrap-anywhere">
                <ClusterText text={place} />
              </code>
            </li>
          ))}
        </ul>
        <h3 className="pt-3 font-semibold text-text">{m.overview.noneHow}</h3>
        <ol className="list-decimal space-y-1 pl-5">
          {m.overview.noneSteps.map((step) => (
            <li key={step}>{step}</li>
          ))}
        </ol>
        <div className="pt-1 text-text">
          <CommandLine line="kubectl get nodes" />
        </div>
      </Notice>
    </>
  );
}

/** In the team face there may be clusters, and none that knows this person. */
function NoToken() {
  const m = useMessages();
  return (
    <>
      <h1 className="sr-only">{m.overview.title}</h1>
      <Notice
        title={m.overview.noToken}
        actions={
          <Link href="/account" prefetch={false} className={buttonClass("primary")}>
            {m.overview.attachToken}
          </Link>
        }
      >
        <p>{m.overview.noTokenBody}</p>
      </Notice>
    </>
  );
}
