import type { ClusterSource } from "../cluster-source.ts";
import { clusterSource } from "../cluster-source.ts";
import type { Handler, ServerOptions, TestApiServer } from "./test-api-server.ts";
import { startApiServer } from "./test-api-server.ts";
import { testTransport } from "./test-transport.ts";

/** A source over a plain server in this process, whose answers the test writes. */
export async function startCluster(
  handle: Handler,
  upgrade?: ServerOptions["upgrade"],
): Promise<{ source: ClusterSource; server: TestApiServer; close: () => Promise<void> }> {
  const server = await startApiServer({ speaks: "plain", handle, upgrade });
  const transport = testTransport({ server: server.url, credentialsOverHttp: true });
  const source = clusterSource({
    slug: "test",
    aliases: [],
    title: "test",
    server: server.url.href,
    defaultNamespace: null,
    namespaces: [],
    transport,
    problem: null,
    gzip: false,
  });
  return {
    source,
    server,
    async close() {
      source.close();
      await server.close();
    },
  };
}
