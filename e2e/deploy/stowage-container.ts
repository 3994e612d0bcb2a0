import type { Cluster } from "../cluster/cluster.ts";
import { waitUntil } from "../cluster/wait-until.ts";
import { sendRequest } from "../server/send-request.ts";
import type { Answer, Asked } from "../server/send-request.ts";
import { docker, tryDocker } from "./docker.ts";

/** A container of the image in the cluster's engine, its port published on loopback. */
export class StowageContainer {
  readonly name: string;
  readonly port: number;
  private readonly cluster: Cluster;

  private constructor(cluster: Cluster, name: string, port: number) {
    this.cluster = cluster;
    this.name = name;
    this.port = port;
  }

  /** `flags` are those of docker run. */
  static async run(cluster: Cluster, image: string, name: string, flags: readonly string[]): Promise<StowageContainer> {
    await StowageContainer.remove(cluster, name);
    await docker(cluster, ["run", "--detach", `--name=${name}`, "--publish=127.0.0.1::7117", ...flags, image]);
    const published = await docker(cluster, ["port", name, "7117/tcp"]);
    return new StowageContainer(cluster, name, Number(published.split(":").at(-1)));
  }

  static async remove(cluster: Cluster, name: string): Promise<void> {
    await tryDocker(cluster, ["rm", "--force", "--volumes", name]);
  }

  /** As a browser would ask that reached it by its usual address. */
  ask(path: string, asked: Asked = {}): Promise<Answer> {
    return sendRequest(this.port, path, { ...asked, headers: { host: "localhost:7117", ...asked.headers } });
  }

  async ready(): Promise<void> {
    await waitUntil(async () => (await this.ask("/readyz")).status === 200, {
      what: `${this.name} to be ready`,
      timeoutSeconds: 60,
      detail: () => this.log(),
    });
  }

  /** What a field of `docker inspect` says. */
  inspect(format: string): Promise<string> {
    return docker(this.cluster, ["inspect", `--format=${format}`, this.name]);
  }

  /** Runs a script in the container, with the Node of the image. */
  async node(script: string): Promise<string> {
    return await docker(this.cluster, ["exec", this.name, "node", "-e", script]);
  }

  async log(): Promise<string> {
    const { stdout, stderr } = await tryDocker(this.cluster, ["logs", this.name]);
    return stdout + stderr;
  }
}
