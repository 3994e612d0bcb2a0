"use client";

import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";

import { useMessages } from "@/components/ui/messages";

/** How often new rows are asked for, in ms. */
const everyMs = 5_000;

/** Reads the page anew again and again while somebody looks at it. */
export function Follow() {
  const m = useMessages().audit;
  const router = useRouter();
  const [on, setOn] = useState(true);

  useEffect(() => {
    if (!on) return;
    const timer = setInterval(() => {
      if (document.visibilityState === "visible") router.refresh();
    }, everyMs);
    return () => clearInterval(timer);
  }, [on, router]);

  return (
    <label className="flex items-center gap-1.5" title={m.following}>
      <input type="checkbox" checked={on} onChange={(event) => setOn(event.target.checked)} />
      {m.follow}
    </label>
  );
}
