/**
 * What makes the page live: times in the reader's zone, and the page asked for again by its ETag, its content put in place where it
 * changed. It is sent as its own text, so that it may use nothing but what browsers have.
 */
function livePage(): void {
  const everyMs = 15_000;
  let tag: string | null = null;

  const localTimes = (): void => {
    for (const time of document.querySelectorAll("time")) {
      const date = new Date(time.dateTime);
      time.title = time.dateTime;
      time.textContent = date.toLocaleString(document.documentElement.lang, {
        dateStyle: "medium",
        timeStyle: "short",
      });
    }
  };

  const replace = (html: string): void => {
    const next = new DOMParser().parseFromString(html, "text/html");
    const [before, after] = [document.querySelector("main"), next.querySelector("main")];
    if (!before || !after) return;
    for (const open of before.querySelectorAll("details[open]")) {
      after.querySelector(`#${CSS.escape(open.id)}`)?.setAttribute("open", "");
    }
    const held = document.activeElement?.closest("details")?.id;
    before.replaceWith(document.adoptNode(after));
    document.title = next.title;
    localTimes();
    if (held) document.querySelector<HTMLElement>(`#${CSS.escape(held)}>summary`)?.focus();
  };

  const say = (name: "live" | "lost"): void => {
    const line = document.querySelector<HTMLElement>("#live");
    const words = line?.dataset[name];
    if (line && words !== undefined && line.textContent !== words) line.textContent = words;
  };

  const ask = async (): Promise<void> => {
    try {
      const answer = await fetch(location.href, { headers: tag === null ? {} : { "if-none-match": tag } });
      if (answer.status !== 200 && answer.status !== 304) throw new Error(String(answer.status));
      if (answer.status === 200) {
        const told = answer.headers.get("etag");
        const html = await answer.text();
        if (told !== tag) replace(html);
        tag = told;
      }
      say("live");
    } catch {
      say("lost");
    }
  };

  localTimes();
  say("live");
  setInterval(() => {
    if (!document.hidden) void ask();
  }, everyMs);
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) void ask();
  });
}

export const pageScript = `(${livePage.toString()})();\n`;
