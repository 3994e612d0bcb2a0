import type { Wish } from "./access.ts";
import { mayVisitor, visitor } from "./access.ts";

/** Who everybody is in the demo, and what they may. Null for what is no review. */
export function review(path: string, body: unknown): object | null {
  const asked = typeof body === "object" && body !== null ? body : {};
  switch (path) {
    case "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews":
      return { ...asked, status: access(asked) };
    case "/apis/authorization.k8s.io/v1/selfsubjectrulesreviews":
      return { ...asked, status: rules(asked) };
    case "/apis/authentication.k8s.io/v1/selfsubjectreviews":
      return { ...asked, status: { userInfo: visitor } };
    case "/apis/authentication.k8s.io/v1/tokenreviews":
      return { ...asked, status: { authenticated: true, user: visitor } };
    default:
      return null;
  }
}

type Attributes = Partial<Record<keyof Wish, unknown>>;
type Asked = { spec?: { resourceAttributes?: Attributes; nonResourceAttributes?: { verb?: unknown } } };

function access({ spec }: Asked): object {
  const { resourceAttributes: about, nonResourceAttributes: path } = spec ?? {};
  const text = (value: unknown) => (typeof value === "string" ? value : "");
  const allowed = about
    ? mayVisitor({
        verb: text(about.verb),
        group: text(about.group),
        resource: text(about.resource),
        subresource: text(about.subresource),
        namespace: text(about.namespace),
        name: text(about.name),
      })
    : path?.verb === "get";
  return { allowed };
}

/** Told for one namespace, as far as rules can say it: these are said before what is refused. */
function rules(asked: { spec?: { namespace?: unknown } }): object {
  const all = { apiGroups: ["*"], resources: ["*"] };
  const writes = ["create", "update", "patch", "delete", "deletecollection"];
  const namespace = typeof asked.spec?.namespace === "string" ? asked.spec.namespace : "";
  const protectedOnes = namespace === "" || namespace === "kube-system";
  return {
    incomplete: false,
    nonResourceRules: [{ verbs: ["get"], nonResourceURLs: ["*"] }],
    resourceRules: [
      { verbs: ["get", "list", "watch"], ...all },
      { verbs: ["update", "patch"], apiGroups: [""], resources: ["nodes"] },
      { verbs: ["create", "update", "patch"], apiGroups: [""], resources: ["namespaces"] },
      ...(protectedOnes ? [] : [{ verbs: writes, ...all }]),
    ],
  };
}
