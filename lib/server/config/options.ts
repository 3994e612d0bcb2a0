/** Every option: its flag, its environment variable `STOWAGE_…`, what it means. Read by the parser and by `--help`. */
export const options = {
  port: { env: "STOWAGE_PORT", value: "NUMBER", standard: "7117", help: "port to listen on" },
  host: { env: "STOWAGE_HOST", value: "ADDRESS", standard: "127.0.0.1", help: "address to listen on" },
  face: {
    env: "STOWAGE_FACE",
    value: "local|team|status",
    standard: "local",
    help: "local: one person, this machine only; team: people sign in; status: the public status page and nothing else",
  },
  kubeconfig: {
    env: "KUBECONFIG",
    value: "FILES",
    standard: "~/.kube/config",
    help: "kubeconfig files, as kubectl reads them",
  },
  contexts: { env: "STOWAGE_CONTEXTS", value: "NAMES", standard: "", help: "contexts to show, comma-separated (all)" },
  namespaces: {
    env: "STOWAGE_NAMESPACES",
    value: "NAMES",
    standard: "",
    help: "namespaces to try for people who may not list namespaces, comma-separated",
  },
  engines: {
    env: "STOWAGE_ENGINES",
    value: "auto|none|ADDRESSES",
    standard: "",
    help: "container engines: those of the Docker client, none, or addresses such as build=tcp://build-1:2376 (auto; none in the team face)",
  },
  "node-readers": {
    env: "STOWAGE_NODE_READERS",
    value: "ADDRESSES",
    standard: "",
    help: "readers on nodes such as node-1=http://10.0.0.7:7118, comma-separated, where they are no DaemonSet",
  },
  registries: {
    env: "STOWAGE_REGISTRIES",
    value: "FILE",
    standard: "",
    help: "YAML of the image registries that may be asked, with their credentials",
  },
  "allowed-hosts": {
    env: "STOWAGE_ALLOWED_HOSTS",
    value: "NAMES",
    standard: "",
    help: "further host names under which browsers reach it, comma-separated",
  },
  "idle-seconds": {
    env: "STOWAGE_IDLE_SECONDS",
    value: "NUMBER",
    standard: "300",
    help: "how long something is still watched when nobody looks",
  },
  database: {
    env: "STOWAGE_DATABASE",
    value: "ADDRESS",
    standard: "",
    help: "sqlite:FILE or postgres://… (a file in the state folder; memory for the demo)",
  },
  admins: {
    env: "STOWAGE_ADMINS",
    value: "ACCOUNTS",
    standard: "",
    help: "accounts that are admins from the start, comma-separated, such as kubernetes:alice",
  },
  "trusted-proxy": {
    env: "STOWAGE_TRUSTED_PROXY",
    value: "ADDRESSES",
    standard: "",
    help: "addresses or networks whose X-Forwarded-For and -Proto are believed, comma-separated",
  },
  "demo-nodes": {
    env: "STOWAGE_DEMO_NODES",
    value: "NUMBER",
    standard: "12",
    help: "worker nodes of the demo's first cluster",
  },
  "demo-pods": {
    env: "STOWAGE_DEMO_PODS",
    value: "NUMBER",
    standard: "0",
    help: "pods of the demo's first cluster beyond those of its shop",
  },
  "demo-churn": {
    env: "STOWAGE_DEMO_CHURN",
    value: "NUMBER",
    standard: "0",
    help: "changes a second in the demo's first cluster beside what happens anyway",
  },
  "status-config": {
    env: "STOWAGE_STATUS_CONFIG",
    value: "FILE",
    standard: "",
    help: "YAML of the status page's components",
  },
  "status-copy": {
    env: "STOWAGE_STATUS_COPY",
    value: "FILE",
    standard: "",
    help: "where the face status keeps what it knew last",
  },
  "log-level": { env: "STOWAGE_LOG_LEVEL", value: "LEVEL", standard: "info", help: "debug, info, warn or error" },
} as const;

export type OptionName = keyof typeof options;

/** Secrets have no flag, since flags are seen by every user of the machine. */
export const secretOptions = {
  STOWAGE_TOKEN: "bearer token by which scripts use the API in the local face (or STOWAGE_TOKEN_FILE)",
  STOWAGE_NODE_READER_SECRET:
    "what the readers on nodes know too; with it their DaemonSet is looked for (or STOWAGE_NODE_READER_SECRET_FILE)",
  STOWAGE_SECRET_KEY:
    "key that seals people's tokens in the database, 32 characters or more (or STOWAGE_SECRET_KEY_FILE)",
} as const;
