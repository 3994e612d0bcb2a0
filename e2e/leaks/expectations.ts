/** Who asks: four tokens of the cluster, and somebody without any. */
export const askers = ["admin", "team", "pods-only", "nobody", "signed-out"] as const;
export type Asker = (typeof askers)[number];

/** What each asker is answered, in their order: an HTTP status, or of a message `ok` or the code of its error. */
type Answers = readonly [string, string, string, string, string];

export type RouteExpectation = {
  /** Its file below app/ without groups and without its name, or an address of the process; the method before it. */
  readonly route: string;
  /** Asks it of a pod of the namespace `shop`, which `team` and `pods-only` may read. `{source}` and `{pod}` are filled in. */
  readonly ask: string;
  readonly body?: string;
  readonly type?: "json" | "form";
  readonly answers: Answers;
};

const page: Answers = ["200", "200", "200", "200", "307"];
const anybody: Answers = ["200", "200", "200", "200", "200"];
const signedIn: Answers = ["200", "200", "200", "200", "401"];
const unknown: Answers = ["404", "404", "404", "404", "401"];
const podReaders: Answers = ["200", "200", "200", "403", "401"];
const deploymentReaders: Answers = ["200", "200", "403", "403", "401"];
/** Roles of Stowage's own hang on the account, and none of the cluster's tokens has one beyond viewer. */
const operators: Answers = ["403", "403", "403", "403", "401"];

/**
 * Every page and route below app/ and every address of the process at the team face, one line each: what is not here fails
 * routes.test.ts. In what is answered nothing may stand that the asker may not see; that is what the other tests here are for.
 */
export const routeExpectations: readonly RouteExpectation[] = [
  { route: "GET /", ask: "/", answers: page },
  { route: "GET /[kind]", ask: "/pods", answers: page },
  { route: "GET /[kind]/[source]/[...name]", ask: "/pods/{source}/shop/{pod}", answers: page },
  { route: "GET /account", ask: "/account", answers: page },
  { route: "GET /apply", ask: "/apply", answers: page },
  { route: "GET /audit", ask: "/audit", answers: page },
  { route: "GET /settings/people", ask: "/settings/people", answers: page },
  { route: "GET /settings/status", ask: "/settings/status", answers: page },
  { route: "GET /stack", ask: "/stack", answers: page },
  { route: "GET /registries", ask: "/registries", answers: page },
  { route: "GET /registries/[host]", ask: "/registries/docker.io", answers: page },
  {
    route: "GET /registries/[host]/[...repository]",
    ask: "/registries/docker.io/library/nginx?ref=1",
    answers: page,
  },
  { route: "GET /login", ask: "/login", answers: ["307", "307", "307", "307", "200"] },
  { route: "GET /setup", ask: "/setup?link=none", answers: anybody },
  {
    route: "POST /api/account/[verb]",
    ask: "/api/account/none",
    type: "form",
    answers: ["303", "303", "303", "303", "303"],
  },
  {
    route: "POST /api/people/[verb]",
    ask: "/api/people/none",
    type: "form",
    answers: ["303", "303", "303", "303", "303"],
  },
  {
    route: "POST /api/auth/sign-in",
    ask: "/api/auth/sign-in",
    type: "form",
    answers: ["303", "303", "303", "303", "303"],
  },
  {
    route: "POST /api/auth/sign-out",
    ask: "/api/auth/sign-out",
    type: "form",
    answers: ["303", "303", "303", "303", "303"],
  },
  { route: "POST /api/auth/setup", ask: "/api/auth/setup", type: "form", answers: ["303", "303", "303", "303", "303"] },
  { route: "GET /api/audit", ask: "/api/audit", answers: signedIn },
  {
    route: "POST /api/actions/[verb]",
    ask: "/api/actions/delete?dryRun=true",
    body: '{"objects":[{"kind":"pods","source":"{source}","path":"shop/{pod}"}]}',
    type: "json",
    answers: ["200", "403", "403", "403", "401"],
  },
  { route: "GET /api/actions", ask: "/api/actions?kind=pods&source={source}&path=shop/{pod}", answers: signedIn },
  {
    route: "GET /api/actions/revisions",
    ask: "/api/actions/revisions?source={source}&path=shop/web",
    answers: deploymentReaders,
  },
  { route: "GET /api/complete", ask: "/api/complete?kind=pods&column=name&text=", answers: signedIn },
  // The server of these tests has no engine: not even an admin is told of one.
  {
    route: "GET /api/engines/[engine]/[view]",
    ask: "/api/engines/docker/host",
    answers: ["404", "404", "404", "404", "401"],
  },
  {
    route: "GET /api/engines/[engine]/pulls",
    ask: "/api/engines/docker/pulls",
    answers: ["404", "404", "404", "404", "401"],
  },
  {
    route: "POST /api/engines/[engine]/pulls",
    ask: "/api/engines/docker/pulls",
    body: '{"stop":"none"}',
    type: "json",
    answers: ["404", "404", "404", "404", "401"],
  },
  {
    route: "GET /api/objects/[kind]/[source]/[...path]",
    ask: "/api/objects/pods/{source}/shop/{pod}",
    answers: podReaders,
  },
  { route: "GET /api/query", ask: "/api/query?kind=pods", answers: signedIn },
  { route: "GET /api/registries", ask: "/api/registries", answers: signedIn },
  // In the team face no registry is asked that nobody configured, whatever a pod calls its image.
  { route: "GET /api/registries/[host]", ask: "/api/registries/docker.io", answers: unknown },
  {
    route: "GET /api/registries/[host]/[...repository]",
    ask: "/api/registries/127.0.0.1%3A80/shop/web?ref=1&pod={source}/shop/{pod}",
    answers: unknown,
  },
  { route: "GET /api/schemas", ask: "/api/schemas?source={source}&apiVersion=v1&kind=Pod", answers: signedIn },
  { route: "GET /api/stack", ask: "/api/stack", answers: signedIn },
  {
    route: "GET /api/stack",
    ask: "/api/stack?on={source}/real-1",
    answers: ["200", "403", "403", "403", "401"],
  },
  // What is behind the public page, with the parts that each may see.
  { route: "GET /api/status-admin", ask: "/api/status-admin", answers: signedIn },
  {
    route: "POST /api/status-admin",
    ask: "/api/status-admin",
    body: '{"verb":"incident-publish","input":{"id":1}}',
    type: "json",
    answers: operators,
  },
  {
    route: "GET /api/terminals",
    ask: "/api/terminals?source={source}&namespace=shop&pod={pod}",
    answers: signedIn,
  },
  { route: "GET /status", ask: "/status", answers: anybody },
  { route: "GET /api/status", ask: "/api/status", answers: anybody },
  { route: "GET /status/feed.xml", ask: "/status/feed.xml", answers: anybody },
  { route: "GET /status/badge", ask: "/status/badge/none.svg", answers: ["404", "404", "404", "404", "404"] },
  { route: "GET /livez", ask: "/livez", answers: anybody },
  { route: "GET /readyz", ask: "/readyz", answers: anybody },
  { route: "GET /_next/image", ask: "/_next/image?url=/x", answers: ["404", "404", "404", "404", "404"] },
  { route: "GET /_next/static", ask: "/_next/static/none.js", answers: ["404", "404", "404", "404", "404"] },
  { route: "GET /api/live", ask: "/api/live", answers: ["404", "404", "404", "404", "404"] },
  { route: "GET /api/clusters", ask: "/api/clusters/{source}/api/v1/namespaces/shop/pods/{pod}", answers: podReaders },
  {
    route: "GET /api/clusters",
    ask: "/api/clusters/{source}/api/v1/nodes",
    answers: ["200", "403", "403", "403", "401"],
  },
  {
    route: "GET /api/clusters",
    ask: "/api/clusters/{source}/apis/apps/v1/namespaces/shop/deployments/web",
    answers: deploymentReaders,
  },
  {
    route: "GET /api/clusters",
    ask: "/api/clusters/{source}/api/v1/secrets",
    answers: ["200", "403", "403", "403", "401"],
  },
  { route: "GET /api/clusters", ask: "/api/clusters/none/api/v1/pods", answers: ["404", "404", "404", "404", "401"] },
  {
    route: "POST /api/clusters",
    ask: "/api/clusters/{source}/api/v1/namespaces/shop/configmaps?dryRun=All",
    body: '{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"routes"}}',
    type: "json",
    answers: ["201", "403", "403", "403", "401"],
  },
  {
    route: "DELETE /api/clusters",
    ask: "/api/clusters/{source}/api/v1/namespaces/shop/pods/{pod}?dryRun=All",
    answers: ["200", "403", "403", "403", "401"],
  },
  {
    route: "PATCH /api/clusters",
    ask: "/api/clusters/{source}/api/v1/namespaces/shop/pods/{pod}?dryRun=All",
    body: '{"metadata":{"labels":{"routes":"yes"}}}',
    type: "json",
    answers: ["200", "403", "403", "403", "401"],
  },
];

export type MessageExpectation = {
  readonly t: string;
  /** About the same pod. */
  readonly say: Readonly<Record<string, unknown>>;
  readonly answers: Answers;
};

const pod = { source: "{source}", namespace: "shop", pod: "{pod}", container: "web" };
/** To a subscription that does not run: nothing is said, and nothing happens. */
const unheard: Answers = ["-", "-", "-", "-", "401"];

/** Everything that a tab may say on the socket, one line each. Whoever is signed out has no socket at all. */
export const messageExpectations: readonly MessageExpectation[] = [
  { t: "rows", say: { query: { kind: "pods" } }, answers: ["ok", "ok", "ok", "ok", "401"] },
  { t: "overview", say: { in: [] }, answers: ["ok", "ok", "ok", "ok", "401"] },
  {
    t: "object",
    say: { kind: "pods", source: "{source}", path: "shop/{pod}" },
    answers: ["ok", "ok", "ok", "forbidden", "401"],
  },
  {
    t: "logs",
    say: { ...pod, follow: true, previous: false, tail: 1 },
    answers: ["ok", "ok", "ok", "forbidden", "401"],
  },
  { t: "terminal", say: { ...pod, cols: 80, rows: 24 }, answers: ["ok", "forbidden", "forbidden", "forbidden", "401"] },
  { t: "window", say: { start: 0, count: 10 }, answers: unheard },
  { t: "input", say: { at: 0, data: "" }, answers: unheard },
  { t: "resize", say: { cols: 80, rows: 24 }, answers: unheard },
  { t: "seen", say: { at: 0 }, answers: unheard },
  { t: "hang-up", say: {}, answers: unheard },
  { t: "stop", say: {}, answers: unheard },
];
