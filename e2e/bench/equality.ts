import type { Cluster } from "../cluster/cluster.ts";
import { kindOf } from "../../lib/kinds/index.ts";
import { ApiServer } from "../oracle/api-server.ts";
import { untilEqual } from "../server/table-equality.ts";
import { startBenchServer } from "./bench-server.ts";
import { atMost } from "./figure.ts";
import type { Figure } from "./figure.ts";
import { openWholeViewer } from "./viewer.ts";

const compared = ["pods", "nodes", "deployments.apps"];

/** Every cell of what scripts read against the API server's own Table, after all that was changed; the clusters are quiet again. */
export async function equalityOf(cluster: Cluster): Promise<Figure[]> {
  const server = await startBenchServer(cluster.kubeconfig("admin"));
  const { socket } = await openWholeViewer(server.stowage);
  try {
    const api = await ApiServer.connect(cluster.kubeconfig("admin"));
    const kinds = compared.map((id) => kindOf(id)).filter((kind) => kind !== undefined);
    const { cells, differences } = await untilEqual(server.stowage, api, kinds, { seconds: 60 }).then(
      (equal) => ({ ...equal, differences: 0 }),
      (error: unknown) => {
        process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
        return { cells: 0, differences: 1 };
      },
    );
    return [
      atMost({
        name: "cells unlike the API server's Table",
        value: differences,
        most: 0,
        unit: "",
        exact: true,
        more: `of ${cells.toLocaleString("en-US")} cells of pods, nodes and deployments`,
      }),
    ];
  } finally {
    socket.close();
    await server.stop();
  }
}
