import { useRouter } from "next/navigation";
import { useEffect, useRef } from "react";

import { useMessages } from "@/components/ui/messages";
import { readView, printView } from "@/lib/client/store/view-address";
import { kindList } from "@/lib/kinds/index";

import { isForPage } from "./keys";
import { queryBoxId } from "./query-box";
import { listHref } from "./rail";
import { railGroups } from "./sections";

/** How long after `g` its letter may come, in milliseconds. */
const patience = 1500;

/** The keys that work on every page: `/`, `?`, Ctrl-K and `g` with a letter. */
export function usePageKeys(open: { palette: () => void; help: () => void }): void {
  const router = useRouter();
  const m = useMessages();
  // Times count from when the page came: at first no `g` was pressed a moment ago.
  const wentAt = useRef(-Infinity);

  useEffect(() => {
    function press(event: KeyboardEvent): void {
      // A terminal has a use for every key.
      if (event.target instanceof Element && event.target.closest("[data-keys=own]")) return;
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k" && !event.shiftKey && !event.altKey) {
        event.preventDefault();
        open.palette();
        return;
      }
      if (!isForPage(event)) return;
      const going = event.timeStamp - wentAt.current < patience;
      wentAt.current = -Infinity;
      if (going) {
        const href = hrefOfLetter(event.key);
        if (href !== null) {
          event.preventDefault();
          router.push(href);
        }
      } else if (event.key === "g") {
        wentAt.current = event.timeStamp;
      } else if (event.key === "/") {
        event.preventDefault();
        document.getElementById(queryBoxId)?.focus();
      } else if (event.key === "?") {
        event.preventDefault();
        open.help();
      }
    }

    function hrefOfLetter(letter: string): string | null {
      const view = readView(new URLSearchParams(window.location.search));
      if (letter === "o") return `/${printView({ in: view.in })}`;
      const entry = railGroups(kindList, m)
        .flatMap((group) => group.entries)
        .find((one) => one.letter === letter);
      return entry ? listHref(entry.kind, view) : null;
    }

    // Before the keys of what is on the page: the letter after `g` may be one of them.
    document.addEventListener("keydown", press, { capture: true });
    return () => document.removeEventListener("keydown", press, { capture: true });
  }, [router, m, open]);
}
