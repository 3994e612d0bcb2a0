/** What a person chooses once and a cookie remembers, so that the first HTML already looks so. */
export const themes = ["system", "light", "dark"] as const;
export type Theme = (typeof themes)[number];

export const cookies = {
  language: "stowage-lang",
  theme: "stowage-theme",
  rail: "stowage-rail",
  density: "stowage-density",
} as const;

export function themeOf(cookie: string | undefined): Theme {
  return themes.find((theme) => theme === cookie) ?? "system";
}
