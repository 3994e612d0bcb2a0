"use client";

import Link from "next/link";

import { ClusterText } from "@/components/ui/cluster-text";
import { useRoomMessages } from "@/components/ui/room-messages";
import { imageHref, registryHref, repositoryHref } from "@/lib/shared/registry-address";

type Props = { host?: string; repository?: string; image?: { reference: string; platform: string | null } };

/** The way down to what a page shows; what it shows itself is its heading. */
export function Crumbs({ host, repository, image }: Props) {
  const m = useRoomMessages();
  const steps = [
    { href: "/registries", text: m.registries.title, mono: false },
    ...(host === undefined ? [] : [{ href: registryHref(host), text: host, mono: true }]),
    ...(host === undefined || repository === undefined
      ? []
      : [{ href: repositoryHref(host, repository), text: repository, mono: true }]),
    ...(host === undefined || repository === undefined || image === undefined
      ? []
      : [
          {
            href: imageHref(host, repository, image.reference, { platform: image.platform }),
            text: shortReference(image.reference),
            mono: true,
          },
        ]),
  ];
  return (
    <nav aria-label={m.registries.title} className="text-sm text-muted">
      <ol className="flex flex-wrap gap-x-1.5">
        {steps.map(({ href, text, mono }) => (
          <li key={href} className="flex min-w-0 gap-x-1.5">
            <Link href={href} prefetch={false} className="min-w-0 wrap-anywhere hover:text-text hover:underline">
              <ClusterText text={text} {...(mono ? { mono: true } : {})} />
            </Link>
            <span aria-hidden="true">/</span>
          </li>
        ))}
      </ol>
    </nav>
  );
}

/** A digest's beginning, a tag as it is. */
export function shortReference(reference: string): string {
  return reference.replace(/^(sha\d+:[0-9a-f]{12})[0-9a-f]+$/, "$1…");
}
