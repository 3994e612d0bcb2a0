/** One build step. Without `unpacked` it makes no layer. Bytes; `compressed` follows from them. */
export type Step = {
  /** As a builder writes it into the history. */
  readonly createdBy: string;
  readonly unpacked?: number;
  /** What the layer is known by: the same key is the same layer, in whichever image. */
  readonly key: string;
};

const megabyte = 1_000_000;

function add(key: string, createdBy: string, megabytes: number): Step {
  return { key, createdBy, unpacked: Math.round(megabytes * megabyte) };
}

function note(createdBy: string): Step {
  return { key: "", createdBy };
}

const debian = [
  add("debian", "/bin/sh -c #(nop) ADD file:8f4e6a0d3b7c5e1f in / ", 74.8),
  note('/bin/sh -c #(nop)  CMD ["bash"]'),
];
const certificates = add(
  "debian+ca",
  "RUN /bin/sh -c apt-get update && apt-get install -y --no-install-recommends ca-certificates tzdata && rm -rf /var/lib/apt/lists/* # buildkit",
  9.3,
);

/** What images are built on: from the bottom up. */
export const bases = {
  node: [
    ...debian,
    certificates,
    note("ENV NODE_VERSION=24.21.0"),
    add("debian+node", "RUN /bin/sh -c curl -fsSL https://nodejs.org/dist/… | tar -xJ -C /usr/local # buildkit", 118.4),
  ],
  java: [
    ...debian,
    certificates,
    note("ENV JAVA_VERSION=jdk-25.0.1"),
    add("debian+java", "RUN /bin/sh -c apt-get install -y --no-install-recommends temurin-25-jre # buildkit", 141.2),
  ],
  python: [
    ...debian,
    certificates,
    note("ENV PYTHON_VERSION=3.14.0"),
    add("debian+python", "RUN /bin/sh -c ./configure && make -j && make install # buildkit", 46.9),
  ],
  postgres: [
    ...debian,
    add("debian+gosu", "RUN /bin/sh -c apt-get install -y gosu locales # buildkit", 12.7),
    note("ENV PG_MAJOR=18"),
    add("debian+postgres", "RUN /bin/sh -c apt-get install -y postgresql-18 # buildkit", 268.3),
    note("VOLUME [/var/lib/postgresql]"),
    note("STOPSIGNAL SIGINT"),
  ],
  alpine: [add("alpine", "ADD alpine-minirootfs-3.22.1-x86_64.tar.gz / # buildkit", 8.3), note('CMD ["/bin/sh"]')],
  nginx: [
    add("alpine", "ADD alpine-minirootfs-3.22.1-x86_64.tar.gz / # buildkit", 8.3),
    note('CMD ["/bin/sh"]'),
    add("alpine+nginx", "RUN /bin/sh -c apk add --no-cache nginx=1.28.0-r3 # buildkit", 38.6),
    note("STOPSIGNAL SIGQUIT"),
  ],
  distroless: [
    add("distroless", "bazel build @debian12//base-files:amd64", 0.6),
    add("distroless+tz", "bazel build @debian12//tzdata:amd64", 1.7),
    add("distroless+ssl", "bazel build @debian12//ca-certificates:amd64", 0.3),
  ],
} satisfies Record<string, readonly Step[]>;

export type BaseName = keyof typeof bases;

/** What a repository is built on; what is not named here is a program in a static binary. */
const ofRepository: Readonly<Record<string, BaseName>> = {
  "shop/web": "node",
  "shop/images": "node",
  "shop/api": "java",
  "shop/cart": "java",
  "shop/checkout": "java",
  "shop/search": "java",
  "shop/search-index": "java",
  "shop/worker": "python",
  "shop/recommend": "python",
  "shop/db": "postgres",
  "data/postgres": "postgres",
  "library/postgres": "postgres",
  "library/nginx": "nginx",
  "library/redis": "alpine",
  "library/alpine": "alpine",
  "shop/tools": "alpine",
  "pay/gateway": "node",
  "pay/ledger": "java",
};

export function baseOf(repository: string): BaseName {
  return (
    ofRepository[repository] ??
    (/db|postgres/.test(repository) ? "postgres" : /web|ui|dashboard/.test(repository) ? "node" : "distroless")
  );
}

/** What a repository's own build adds to its base: its dependencies stay over patch releases, its program is new with each tag. */
export function ownSteps(repository: string, tag: string): readonly Step[] {
  if (repository.startsWith("library/")) return [];
  const minor = tag.split(".").slice(0, 2).join(".");
  const name = repository.split("/").at(-1) ?? repository;
  const size = sizeOf(repository);
  const program = add(`${repository}@${tag}`, ownWords(baseOf(repository), name).program, size.program);
  switch (baseOf(repository)) {
    case "node":
    case "java":
    case "python":
      return [
        add(`${repository}@${minor} lock`, "COPY package.json package-lock.json ./ # buildkit", 0.4),
        add(`${repository}@${minor} dependencies`, ownWords(baseOf(repository), name).dependencies, size.dependencies),
        program,
        note("USER 1000:1000"),
        note("EXPOSE 8080"),
        note(ownWords(baseOf(repository), name).start),
      ];
    case "postgres":
      return [program];
    default:
      return [program, note("USER 65532:65532"), note(`ENTRYPOINT ["/${name}"]`)];
  }
}

function ownWords(base: BaseName, name: string) {
  switch (base) {
    case "node":
      return {
        dependencies: "RUN /bin/sh -c npm ci --omit=dev # buildkit",
        program: "COPY . . # buildkit",
        start: 'CMD ["node" "server.js"]',
      };
    case "java":
      return {
        dependencies: "COPY --from=build /app/lib lib/ # buildkit",
        program: `COPY --from=build /app/${name}.jar app.jar # buildkit`,
        start: 'ENTRYPOINT ["java" "-jar" "app.jar"]',
      };
    case "python":
      return {
        dependencies: "RUN /bin/sh -c pip install --no-cache-dir -r requirements.txt # buildkit",
        program: "COPY . . # buildkit",
        start: 'CMD ["python" "-m" "app"]',
      };
    default:
      return { dependencies: "", program: `COPY ${name} /${name} # buildkit`, start: "" };
  }
}

/** Megabytes, the same for the same repository. */
function sizeOf(repository: string): { program: number; dependencies: number } {
  let seed = 7;
  for (const letter of repository) seed = (seed * 31 + letter.charCodeAt(0)) % 9_973;
  return { program: 3 + (seed % 170) / 10, dependencies: 24 + (seed % 610) / 10 };
}
