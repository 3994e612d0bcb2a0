import { useSyncExternalStore } from "react";

/** The width under which the stylesheet draws rows as cards. */
const narrow = "(width < 40rem)";

export function useCards(): boolean {
  return useSyncExternalStore(
    (changed) => {
      const media = window.matchMedia(narrow);
      media.addEventListener("change", changed);
      return () => media.removeEventListener("change", changed);
    },
    () => window.matchMedia(narrow).matches,
    () => false,
  );
}
