import { AxeBuilder } from "@axe-core/playwright";
import { expect } from "playwright/test";
import type { Page } from "playwright/test";

export type Look = { theme: "light" | "dark"; language: "en" | "ko"; width: 1440 | 390 };

/** Makes the page look so from its next load on. */
export async function wear(page: Page, { theme, language, width }: Look, url: string): Promise<void> {
  await page.context().addCookies([
    { name: "stowage-theme", value: theme, url },
    { name: "stowage-lang", value: language, url },
  ]);
  await page.setViewportSize({ width, height: width === 390 ? 844 : 900 });
}

/** Nothing that axe finds against WCAG 2.2 AA, and nothing wider than the screen. */
export async function check(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"])
    .analyze();
  expect(
    violations.map(
      ({ id, nodes }) =>
        `${id}: ${nodes
          .map((node) => node.target.join(" "))
          .slice(0, 3)
          .join(" | ")}`,
    ),
    `axe on ${page.url()}`,
  ).toEqual([]);
  const wider = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(wider, `sideways scrolling of ${page.url()}`).toBeLessThanOrEqual(0);
}
