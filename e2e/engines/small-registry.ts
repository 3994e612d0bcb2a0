import { createHash, randomBytes } from "node:crypto";
import { createServer } from "node:http";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";

type Blob = { type: string; bytes: Buffer };

/** A registry of one image of one layer, which can be told to be slow or to ask for a password. */
export class SmallRegistry {
  /** `127.0.0.1:PORT`: engines take it without TLS. */
  readonly host: string;
  readonly image: string;
  /** Of the layer, as it travels. */
  readonly layerBytes: number;
  /** What requests showed to be let in. */
  readonly shown: string[] = [];
  /** How many bytes of the layer are sent a tenth of a second; null is all at once. */
  pace: number | null = null;
  /** `user:password`; null lets in everybody. */
  secret: string | null = null;
  private readonly server: Server;
  private readonly blobs = new Map<string, Blob>();
  private readonly manifest: string;
  private readonly layer: string;

  private constructor(server: Server, size: number) {
    this.server = server;
    this.host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
    this.image = `${this.host}/small/box:1`;
    const tar = tarOf("ballast", randomBytes(size));
    const packed = gzipSync(tar);
    this.layerBytes = packed.length;
    const config = Buffer.from(
      JSON.stringify({
        architecture: process.arch === "arm64" ? "arm64" : "amd64",
        os: "linux",
        config: { Cmd: ["/ballast"] },
        rootfs: { type: "layers", diff_ids: [digestOf(tar)] },
      }),
    );
    this.layer = this.add("application/octet-stream", packed);
    const types = "application/vnd.docker";
    this.manifest = this.add(
      `${types}.distribution.manifest.v2+json`,
      Buffer.from(
        JSON.stringify({
          schemaVersion: 2,
          mediaType: `${types}.distribution.manifest.v2+json`,
          config: {
            mediaType: `${types}.container.image.v1+json`,
            size: config.length,
            digest: this.add("application/octet-stream", config),
          },
          layers: [{ mediaType: `${types}.image.rootfs.diff.tar.gzip`, size: packed.length, digest: this.layer }],
        }),
      ),
    );
  }

  static async start(size: number): Promise<SmallRegistry> {
    const holder: { registry?: SmallRegistry } = {};
    const server = createServer((request, response) => holder.registry?.answer(request, response));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    holder.registry = new SmallRegistry(server, size);
    return holder.registry;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private add(type: string, bytes: Buffer): string {
    const digest = digestOf(bytes);
    this.blobs.set(digest, { type, bytes });
    return digest;
  }

  private answer({ url = "", headers, method }: IncomingMessage, response: ServerResponse): void {
    const { authorization } = headers;
    if (authorization !== undefined) this.shown.push(authorization);
    if (this.secret !== null && authorization !== `Basic ${Buffer.from(this.secret).toString("base64")}`) {
      response.writeHead(401, { "www-authenticate": 'Basic realm="small"', "content-type": "application/json" });
      response.end('{"errors":[{"code":"UNAUTHORIZED","message":"authentication required"}]}');
      return;
    }
    const asked = url.split("/").at(-1) ?? "";
    const digest = url.includes("/manifests/") && asked === "1" ? this.manifest : asked;
    const blob = this.blobs.get(digest);
    if (url === "/v2/") response.writeHead(200).end();
    else if (!blob) {
      response.writeHead(404, { "content-type": "application/json" });
      response.end('{"errors":[{"code":"MANIFEST_UNKNOWN","message":"manifest unknown"}]}');
    } else {
      const { type, bytes } = blob;
      response.writeHead(200, {
        "content-type": type,
        "content-length": bytes.length,
        "docker-content-digest": digest,
      });
      if (method === "HEAD") response.end();
      else if (digest !== this.layer || this.pace === null) response.end(bytes);
      else this.dribble(response, bytes, 0);
    }
  }

  private dribble(response: ServerResponse, bytes: Buffer, from: number): void {
    const to = from + (this.pace ?? bytes.length);
    if (response.destroyed) return;
    if (to >= bytes.length) {
      response.end(bytes.subarray(from));
      return;
    }
    response.write(bytes.subarray(from, to));
    setTimeout(() => this.dribble(response, bytes, to), 100);
  }
}

function digestOf(bytes: Buffer): string {
  return `sha256:${createHash("sha256").update(bytes).digest("hex")}`;
}

/** A tar of one file. */
function tarOf(name: string, content: Buffer): Buffer {
  const header = Buffer.alloc(512);
  const put = (text: string, at: number) => header.write(text, at, "ascii");
  put(name, 0);
  put("0000644\0", 100);
  put("0000000\0", 108);
  put("0000000\0", 116);
  put(`${content.length.toString(8).padStart(11, "0")}\0`, 124);
  put("00000000000\0", 136);
  put(" ".repeat(8), 148);
  put("0", 156);
  put("ustar\x0000", 257);
  put(
    `${header
      .reduce((sum, byte) => sum + byte, 0)
      .toString(8)
      .padStart(6, "0")}\0 `,
    148,
  );
  const padding = Buffer.alloc((512 - (content.length % 512)) % 512);
  return Buffer.concat([header, content, padding, Buffer.alloc(1024)]);
}
