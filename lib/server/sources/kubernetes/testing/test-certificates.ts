import { generateKeyPairSync, randomBytes, sign } from "node:crypto";
import type { KeyObject } from "node:crypto";
import { isIP } from "node:net";
import { bits, boolean, contextual, explicit, integer, objectId, octets, sequence, set, text, time } from "./der.ts";

/** PEM. */
export type Pair = { readonly cert: Buffer; readonly key: Buffer };

/** A certificate authority made when the tests run: no key is kept in the repository, and no program is needed. */
export type TestAuthority = {
  readonly ca: Buffer;
  /** Names as `DNS:kube.test` or `IP:127.0.0.1` (version 4). */
  server(names: readonly string[]): Pair;
  /** What Kubernetes reads a client certificate as: the common name is the user, the organization its group. */
  client(user: string, group?: string): Pair;
};

const ecdsaWithSha256 = sequence(objectId("1.2.840.10045.4.3.2"));
const basicConstraints = objectId("2.5.29.19");
const subjectAltName = objectId("2.5.29.17");
const day = 86_400_000;

export function testAuthority(): TestAuthority {
  const issuer = nameOf([["2.5.4.3", `test authority ${randomBytes(4).toString("hex")}`]]);
  const authorityKeys = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const issue = (subject: Buffer, extensions: readonly Buffer[]): Pair => {
    const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
    const cert = certificate({ issuer, subject, publicKey, extensions, signedBy: authorityKeys.privateKey });
    return { cert, key: Buffer.from(privateKey.export({ type: "pkcs8", format: "pem" })) };
  };
  return {
    ca: certificate({
      issuer,
      subject: issuer,
      publicKey: authorityKeys.publicKey,
      extensions: [sequence(basicConstraints, boolean(true), octets(sequence(boolean(true))))],
      signedBy: authorityKeys.privateKey,
    }),
    server: (names) =>
      issue(nameOf([["2.5.4.3", "server"]]), [sequence(subjectAltName, octets(sequence(...names.map(altName))))]),
    client: (user, group) =>
      issue(nameOf([...(group === undefined ? [] : ([["2.5.4.10", group]] as const)), ["2.5.4.3", user]]), []),
  };
}

type Certificate = {
  issuer: Buffer;
  subject: Buffer;
  publicKey: KeyObject;
  extensions: readonly Buffer[];
  signedBy: KeyObject;
};

/** X.509 version 3 (RFC 5280), valid from yesterday until tomorrow. */
function certificate({ issuer, subject, publicKey, extensions, signedBy }: Certificate): Buffer {
  const validity = sequence(time(new Date(Date.now() - day)), time(new Date(Date.now() + day)));
  const serial = integer(Buffer.concat([Buffer.from([1]), randomBytes(8)]));
  const signed = sequence(
    explicit(0, integer(Buffer.from([2]))),
    serial,
    ecdsaWithSha256,
    issuer,
    validity,
    subject,
    publicKey.export({ type: "spki", format: "der" }),
    ...(extensions.length === 0 ? [] : [explicit(3, sequence(...extensions))]),
  );
  const whole = sequence(signed, ecdsaWithSha256, bits(sign("sha256", signed, signedBy)));
  const lines = whole.toString("base64").match(/.{1,64}/g) ?? [];
  return Buffer.from(`-----BEGIN CERTIFICATE-----\n${lines.join("\n")}\n-----END CERTIFICATE-----\n`);
}

function nameOf(parts: readonly (readonly [id: string, value: string])[]): Buffer {
  return sequence(...parts.map(([id, value]) => set(sequence(objectId(id), text(value)))));
}

function altName(name: string): Buffer {
  const value = name.slice(name.indexOf(":") + 1);
  return isIP(value) === 4
    ? contextual(7, Buffer.from(value.split(".").map(Number)))
    : contextual(2, Buffer.from(value));
}
