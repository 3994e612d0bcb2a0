import { chromium } from "playwright";
import type { Browser, CDPSession, Page } from "playwright";

import { chromiumPath } from "../../tools/real-parts.ts";
import type { BenchServer } from "./bench-server.ts";

/** Bytes as transferred, headers included; heap after a collection, in bytes. */
export type PageCost = {
  bytes: number;
  javascript: number;
  fonts: number;
  requests: number;
  /** Frames of the tab's socket until the page had been still for a while. */
  socket: number;
  /** Elements, texts and comments of the document. */
  nodes: number;
  elements: number;
  heap: number;
  /** From the navigation to the first row on screen, in ms. */
  firstRow: number;
};

const flags = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** What is not transferred or said in this time after the first row is no part of the first screen, in ms. */
const stillMs = 2_000;

export function launchChromium(): Promise<Browser> {
  return chromium.launch({ executablePath: chromiumPath() ?? undefined, args: flags });
}

/** Opens a page as somebody does who comes for the first time: signed in, and with nothing in the cache. */
export async function pageCost(browser: Browser, { stowage, relay }: BenchServer, path = "/pods"): Promise<PageCost> {
  const [name = "", value = ""] = (await stowage.launch()).split("=", 2);
  const origin = `http://127.0.0.1:${relay.port}`;
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  try {
    await context.addCookies([{ name, value, url: origin }]);
    const page = await context.newPage();
    const session = await context.newCDPSession(page);
    const transfers = await countTransfers(session);
    relay.takeSocketBytes();
    const began = performance.now();
    await page.goto(`${origin}${path}`, { waitUntil: "commit" });
    await page.locator('[role="row"] a').first().waitFor({ timeout: 30_000 });
    const firstRow = performance.now() - began;
    await page.waitForLoadState("load");
    await page.waitForTimeout(stillMs);
    const socket = relay.takeSocketBytes();
    return { ...transfers(), socket, ...(await nodesOf(page)), heap: await heapOf(session), firstRow };
  } finally {
    await context.close();
  }
}

async function countTransfers(session: CDPSession) {
  const types = new Map<string, string>();
  const sizes = new Map<string, number>();
  session.on("Network.responseReceived", ({ requestId, type }) => types.set(requestId, type));
  session.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => sizes.set(requestId, encodedDataLength));
  await session.send("Network.enable");
  await session.send("Network.setCacheDisabled", { cacheDisabled: false });
  return () => {
    const sum = (type?: string) =>
      [...sizes].reduce((all, [id, size]) => (type === undefined || types.get(id) === type ? all + size : all), 0);
    return { bytes: sum(), javascript: sum("Script"), fonts: sum("Font"), requests: sizes.size };
  };
}

async function nodesOf(page: Page): Promise<{ nodes: number; elements: number }> {
  return await page.evaluate(() => {
    const walk = document.createTreeWalker(document);
    let nodes = 1;
    while (walk.nextNode()) nodes += 1;
    return { nodes, elements: document.querySelectorAll("*").length };
  });
}

async function heapOf(session: CDPSession): Promise<number> {
  await session.send("HeapProfiler.enable");
  await session.send("HeapProfiler.collectGarbage");
  await session.send("HeapProfiler.collectGarbage");
  return (await session.send("Runtime.getHeapUsage")).usedSize;
}
