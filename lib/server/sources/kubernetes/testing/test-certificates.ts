import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export type Pair = { readonly cert: Buffer; readonly key: Buffer };

/** A certificate authority that lives as long as the process, made by openssl: no key is kept in the repository. */
export type TestAuthority = {
  readonly ca: Buffer;
  /** Names as `DNS:kube.test` or `IP:127.0.0.1`. */
  server(names: readonly string[]): Pair;
  /** What Kubernetes reads a client certificate as: the common name is the user, the organization its group. */
  client(user: string, group?: string): Pair;
};

export function testAuthority(): TestAuthority {
  const folder = mkdtempSync(join(tmpdir(), "stowage-test-ca-"));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  const path = (name: string) => join(folder, name);
  const openssl = (...args: string[]) => execFileSync("openssl", args, { stdio: ["ignore", "ignore", "pipe"] });
  const newKey = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"];
  openssl(
    "req",
    "-x509",
    ...newKey,
    "-keyout",
    path("ca.key"),
    "-out",
    path("ca.crt"),
    "-days",
    "2",
    "-subj",
    "/CN=stowage test CA",
  );

  let serial = 0;
  const issue = (subject: string, extensions: string): Pair => {
    serial += 1;
    const [key, request, cert, config] = ["key", "csr", "crt", "ext"].map((end) => path(`${serial}.${end}`)) as [
      string,
      string,
      string,
      string,
    ];
    writeFileSync(config, extensions);
    openssl("req", ...newKey, "-keyout", key, "-out", request, "-subj", subject);
    const by = ["-CA", path("ca.crt"), "-CAkey", path("ca.key"), "-set_serial", String(serial)];
    openssl("x509", "-req", "-in", request, ...by, "-out", cert, "-days", "2", "-extfile", config);
    return { cert: readFileSync(cert), key: readFileSync(key) };
  };

  return {
    ca: readFileSync(path("ca.crt")),
    server: (names) => issue("/CN=server", `subjectAltName=${names.join(",")}\nextendedKeyUsage=serverAuth\n`),
    client: (user, group) =>
      issue(`${group === undefined ? "" : `/O=${group}`}/CN=${user}`, "extendedKeyUsage=clientAuth\n"),
  };
}
