import type { WireError } from "../protocol/error.ts";

/** Tries a Kubernetes bearer token. Null when it is known somewhere and the session has begun; else why not. */
export async function signIn(token: string): Promise<WireError | null> {
  try {
    const response = await fetch("/api/auth/sign-in", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ token }),
    });
    if (response.ok) return null;
    const answer = (await response.json()) as { error?: WireError };
    return answer.error ?? { code: "internal" };
  } catch {
    return { code: "internal" };
  }
}

/** Ends the session and leaves for the sign-in page, with nothing of the old one left in memory. */
export async function signOut(): Promise<void> {
  try {
    await fetch("/api/auth/sign-out", { method: "POST" });
  } finally {
    window.location.assign("/login");
  }
}
