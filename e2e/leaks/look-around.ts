import { kindList } from "../../lib/kinds/index.ts";
import { inParallel } from "../cluster/api-client.ts";
import { sleep } from "../cluster/wait-until.ts";
import type { RunningStowage } from "../server/start-stowage.ts";
import { columnIds } from "../server/table-equality.ts";

/** What somebody was told, and the strings that the question itself held. */
export type Told = { what: string; text: string; asked: readonly string[] };

export type Looker = {
  stowage: RunningStowage;
  bearer: string;
  source: string;
  /** Paths of objects by kind, of which the looker may see some or none. */
  objects: ReadonlyMap<string, readonly string[]>;
};

type Question = { path: string; asked: readonly string[]; headers?: Record<string, string> };

/** Requests at a time: as many as a browser makes. */
const parallel = 6;

/** Asks everything that there is to ask, by every way, and gives every byte of the answers. */
export async function lookAround(looker: Looker): Promise<Told[]> {
  const [rows, objects, pages] = await Promise.all([streamRows(looker), streamObjects(looker), overHttp(looker)]);
  return [rows, ...objects, ...pages];
}

async function overHttp({ stowage, bearer, source, objects }: Looker): Promise<Told[]> {
  const told: Told[] = [];
  await inParallel([...questions(source, objects)], parallel, async ({ path, asked, headers = {} }) => {
    const answer = await stowage.get(path, bearer, headers);
    const text = `${JSON.stringify(answer.headers)}\n${answer.text}`;
    told.push({ what: `${path} ${Object.keys(headers).join()}`, text, asked });
  });
  return told;
}

function* questions(source: string, objects: Looker["objects"]): Iterable<Question> {
  yield* page("/");
  for (const kind of kindList) {
    const columns = columnIds(kind);
    yield ask(`/api/query?kind=${kind.id}&count=5000&columns=${columns.join(",")}`);
    yield ask(`/api/query?kind=${kind.id}&count=5000&sort=-created&q=${encodeURIComponent("name:a")}`);
    yield* page(`/${kind.id}`);
    yield* page(`/${kind.id}?in=${source}&sort=-name`);
    for (const column of columns) yield ask(`/api/complete?kind=${kind.id}&column=${column}&text=`);
  }
  for (const [kind, paths] of objects) {
    for (const path of paths) {
      yield ask(`/api/objects/${kind}/${source}/${path}`, [path]);
      yield ask(`/api/objects/${kind}/${source}/${path}?format=yaml&managedFields=true`, [path]);
      yield* page(`/${kind}/${source}/${path}`, [path]);
    }
  }
}

function ask(path: string, asked: readonly string[] = []): Question {
  return { path, asked };
}

/** As the document and as what the browser fetches when it goes from page to page. */
function page(path: string, asked: readonly string[] = []): Question[] {
  const flight = `${path}${path.includes("?") ? "&" : "?"}_rsc`;
  return [ask(path, asked), { path: flight, asked, headers: { rsc: "1" } }];
}

async function streamRows({ stowage, bearer }: Looker): Promise<Told> {
  const socket = await stowage.socket({ bearer });
  for (const kind of kindList) socket.rows({ kind: kind.id, columns: columnIds(kind), count: 200 });
  socket.subscribe({ t: "overview", in: [] });
  // Long enough for what moves in the cluster to come as patches.
  await sleep(2_500);
  socket.close();
  return { what: "rows and overview over the socket", text: socket.text, asked: [] };
}

async function streamObjects({ stowage, bearer, source, objects }: Looker): Promise<Told[]> {
  const told: Told[] = [];
  const each = [...objects].flatMap(([kind, paths]) => paths.map((path) => ({ kind, path })));
  await inParallel(each, parallel, async ({ kind, path }) => {
    const socket = await stowage.socket({ bearer });
    const object = socket.subscribe({ t: "object", kind, source, path });
    await object.until(() => object.heard.length > 0, `an answer about ${kind} ${path}`);
    if (kind === "pods") {
      const [namespace = "", pod = ""] = path.split("/");
      const question = { source, namespace, pod, container: "main", follow: false, previous: false, tail: 5 };
      const logs = socket.subscribe({ t: "logs", ...question });
      await logs.until(() => logs.error !== null || logs.done, `a log of ${path}`);
    }
    told.push({ what: `${kind} ${path} over the socket`, text: socket.text, asked: [path] });
    socket.close();
  });
  return told;
}
