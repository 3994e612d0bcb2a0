type Said = { path: string } | { problem: string; wait: string | null };

/** Sends a form as the browser would, and reads the answer as JSON: a path, or the code of what went wrong. */
export async function sendForm(form: HTMLFormElement): Promise<Said> {
  try {
    const answer = await fetch(form.action, {
      method: "POST",
      headers: { accept: "application/json" },
      body: new URLSearchParams(
        [...new FormData(form)].flatMap(([name, value]) =>
          typeof value === "string" ? [[name, value] as [string, string]] : [],
        ),
      ),
    });
    const told = (await answer.json()) as { path?: string; error?: { code: string; detail?: string } };
    if (told.path !== undefined) return { path: told.path };
    return { problem: told.error?.code ?? "internal", wait: told.error?.detail ?? null };
  } catch {
    return { problem: "internal", wait: null };
  }
}
