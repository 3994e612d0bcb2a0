import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ClusterPlan } from "./options.ts";
import { makeDirs } from "./paths.ts";
import { runCommand } from "./run-command.ts";

export interface Certificates {
  ca: string;
  apiServer: { cert: string; key: string };
  /** With this the API server talks to kubelets. */
  kubeletClient: { cert: string; key: string };
  /** Signs service account tokens. */
  serviceAccounts: { publicKey: string; privateKey: string };
}

/** Where they lie, made or not. */
export function certificatePaths({ paths: { pki } }: ClusterPlan): Certificates {
  return {
    ca: join(pki, "ca.crt"),
    apiServer: { cert: join(pki, "apiserver.crt"), key: join(pki, "apiserver.key") },
    kubeletClient: { cert: join(pki, "kubelet-client.crt"), key: join(pki, "kubelet-client.key") },
    serviceAccounts: { publicKey: join(pki, "sa.pub"), privateKey: join(pki, "sa.key") },
  };
}

/** Makes the cluster's own authority and what it signs; once, as kubeconfigs and tokens depend on them. */
export async function ensureCertificates(plan: ClusterPlan): Promise<Certificates> {
  const { pki } = plan.paths;
  const made = certificatePaths(plan);
  const done = join(pki, "complete");
  if (existsSync(done)) return made;
  makeDirs(pki);
  const openssl = (command: string, ...args: string[]) => runCommand("openssl", [...command.split(" "), ...args]);
  const key = (path: string) => openssl("ecparam -name prime256v1 -genkey -noout -out", path);
  const caKey = join(pki, "ca.key");
  await key(caKey);
  const authority = ["-key", caKey, "-subj", `/CN=stowage-${plan.name}-ca`, "-out", made.ca];
  await openssl(
    "req -x509 -new -sha256 -days 3650 -addext keyUsage=critical,keyCertSign,digitalSignature,cRLSign",
    ...authority,
  );
  const sign = async (files: { cert: string; key: string }, subject: string, extensions: string[]) => {
    await key(files.key);
    const request = `${files.cert}.csr`;
    const extensionFile = `${files.cert}.ext`;
    writeFileSync(extensionFile, extensions.join("\n"));
    await openssl("req -new", "-key", files.key, "-subj", subject, "-out", request);
    const signing = ["-in", request, "-CA", made.ca, "-CAkey", caKey, "-extfile", extensionFile, "-out", files.cert];
    await openssl("x509 -req -sha256 -days 3650 -CAcreateserial", ...signing);
  };
  const { addresses } = plan;
  const names = ["localhost", "kubernetes", "kubernetes.default", "kubernetes.default.svc"];
  const ips = ["127.0.0.1", addresses.nodeAddress, addresses.kubernetesService];
  const alternatives = [...names.map((name) => `DNS:${name}`), ...ips.map((ip) => `IP:${ip}`)].join(",");
  await sign(made.apiServer, "/CN=kube-apiserver", [`subjectAltName=${alternatives}`, "extendedKeyUsage=serverAuth"]);
  await sign(made.kubeletClient, "/O=system:masters/CN=kube-apiserver-kubelet-client", ["extendedKeyUsage=clientAuth"]);
  await openssl("genrsa -out", made.serviceAccounts.privateKey, "2048");
  await openssl("rsa -pubout", "-in", made.serviceAccounts.privateKey, "-out", made.serviceAccounts.publicKey);
  writeFileSync(done, "");
  return made;
}
