"use client";

import { useSyncExternalStore } from "react";

import type { Theme } from "./choices";
import { cookies, themeOf } from "./choices";
import { setCookie } from "./cookie";

/** The theme that the root element wears; the server put it there from the cookie, so that nothing flashes. */
export function useTheme(): [Theme, (theme: Theme) => void] {
  return [useSyncExternalStore(watchRoot, rootTheme, serverTheme), wear];
}

function wear(theme: Theme): void {
  document.documentElement.dataset["theme"] = theme;
  setCookie(cookies.theme, theme);
}

function rootTheme(): Theme {
  return themeOf(document.documentElement.dataset["theme"]);
}

function serverTheme(): Theme {
  return "system";
}

function watchRoot(changed: () => void): () => void {
  const observer = new MutationObserver(changed);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] });
  return () => observer.disconnect();
}
