/** Who everybody is in the demo, and what they may: everything that only looks. Null for what is no review. */
export function review(path: string, body: unknown): object | null {
  const asked = typeof body === "object" && body !== null ? body : {};
  switch (path) {
    case "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews":
      return { ...asked, status: { allowed: looksOnly(asked) } };
    case "/apis/authentication.k8s.io/v1/selfsubjectreviews":
      return { ...asked, status: { userInfo: visitor } };
    case "/apis/authentication.k8s.io/v1/tokenreviews":
      return { ...asked, status: { authenticated: true, user: visitor } };
    default:
      return null;
  }
}

const visitor = { username: "demo-visitor", groups: ["demo", "system:authenticated"] };
const looking: readonly unknown[] = ["get", "list", "watch"];

function looksOnly(asked: { spec?: { resourceAttributes?: { verb?: unknown } } }): boolean {
  return looking.includes(asked.spec?.resourceAttributes?.verb);
}
