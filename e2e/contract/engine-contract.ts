import assert from "node:assert/strict";

import type { KubeObject } from "../../lib/protocol/object.ts";
import { PullProgress } from "../../lib/server/actions/engine/pull-progress.ts";
import { readView } from "../../lib/server/engines/engine-views.ts";
import { Demultiplexer } from "../../lib/server/sources/docker/demultiplexer.ts";
import { readDisk } from "../../lib/server/sources/docker/read-disk.ts";
import { watchEngine } from "../../lib/server/watch/watch-engine.ts";
import { buildChainForest } from "../../lib/stack/chain-forest.ts";
import { ledgerOf } from "../../lib/stack/ledger.ts";
import { waitUntil } from "../cluster/wait-until.ts";
import type { EngineDoor } from "./engine-door.ts";
import { act, filtered, idleContainer, inspect, mark, ownName, removeContainer, runCommandIn } from "./engine-door.ts";

type Listed = { Id: string; Names: string[]; Image: string; ImageID: string; State: string; Status: string };
type Usage = { LayersSize: number; Images: { Id: string; Size: number; SharedSize: number; Containers: number }[] };

/** What holds of every container engine, whoever made it: of a real dockerd and of the demo's. */
export const engineContract: Readonly<Record<string, (door: EngineDoor) => Promise<void>>> = {
  "it says what it is": async ({ engine }) => {
    const { api, os, version } = await engine.version();
    assert.match(api, /^1\.\d+$/);
    assert.deepEqual([os, /^\d+\./.test(version)], ["linux", true]);
    const info = (await engine.json({ path: "/info" })) as { Name: string; ServerVersion: string; NCPU: number };
    assert.ok(info.Name !== "" && info.NCPU > 0);
    assert.equal(info.ServerVersion, version);
    const { status, body } = await engine.request({ path: "/_ping" });
    assert.equal(status, 200);
    assert.equal(Buffer.concat(await body.toArray()).toString(), "OK");
  },

  "what is listed is what is inspected": async ({ engine }) => {
    const listed = (await engine.json({ path: "/containers/json?all=1" })) as Listed[];
    assert.ok(listed.length > 0);
    let compared = 0;
    for (const { Id, Names, ImageID } of listed) {
      const answer = await engine.request({ path: `/containers/${Id}/json` });
      const text = Buffer.concat(await answer.body.toArray()).toString();
      // Others come and go meanwhile.
      if (answer.status === 404) continue;
      const whole = JSON.parse(text) as { Id: string; Name: string; Image: string };
      assert.deepEqual([whole.Id, whole.Name, whole.Image], [Id, Names[0], ImageID]);
      compared += 1;
    }
    assert.ok(compared > 0);
    const images = (await engine.json({ path: "/images/json" })) as { Id: string; Size: number }[];
    for (const { Id, Size } of images) {
      const path = `/images/${encodeURIComponent(Id)}`;
      const whole = (await engine.json({ path: `${path}/json` })) as { Size: number; RootFS: { Layers: string[] } };
      const history = (await engine.json({ path: `${path}/history` })) as { Size: number }[];
      assert.equal(whole.Size, Size);
      assert.equal(
        history.reduce((sum, step) => sum + step.Size, 0),
        Size,
      );
      assert.ok(whole.RootFS.Layers.length <= history.length);
    }
  },

  "filters and limits narrow the list of containers": async (door) => {
    const { engine } = door;
    const name = ownName("filter");
    const id = await idleContainer(door, name);
    const ids = async (query: string) =>
      ((await engine.json({ path: `/containers/json?${query}` })) as Listed[]).map(({ Id }) => Id);
    try {
      assert.deepEqual(await ids(filtered({ name: [name] })), [id]);
      assert.deepEqual(await ids(filtered({ id: [id.slice(0, 12)] })), [id]);
      assert.ok((await ids(filtered({ label: [mark] }))).includes(id));
      assert.ok((await ids(filtered({ label: [`${mark}=${process.pid}`], status: ["running"] }))).includes(id));
      assert.deepEqual(await ids(filtered({ label: [`${mark}=other`] })), []);
      assert.ok(!(await ids(`all=1&${filtered({ status: ["exited"] })}`)).includes(id));
      assert.equal((await ids("limit=1")).length, 1);
    } finally {
      await removeContainer(engine, id);
    }
  },

  "bytes of layers, shared and in all, are those of its own count": async ({ engine }) => {
    const disk = await readDisk(engine);
    const usage = (await engine.json({ path: "/system/df" })) as Usage;
    const ledger = ledgerOf(buildChainForest(disk.images, disk.containers));
    assert.deepEqual([...disk.inexact], []);
    assert.ok(ledger.saved > 0, "some images share a base");
    assert.equal(ledger.onDisk, usage.LayersSize);
    const ours = ledger.images.map(({ image, bytes, shared }) => [image.id, [bytes, shared]] as const);
    const theirs = usage.Images.map(({ Id, Size, SharedSize }) => [Id, [Size, SharedSize]] as const);
    assert.deepEqual(new Map(ours), new Map(theirs));
  },

  "a container goes through its states, and what cannot be done is a conflict": async (door) => {
    const { engine } = door;
    const name = ownName("states");
    const id = await idleContainer(door, name);
    const state = async () => (await inspect(engine, id)).State.Status;
    try {
      assert.equal(await state(), "running");
      assert.equal(await act(engine, name, "start"), 304);
      const { Config } = await inspect(engine, name);
      assert.equal(Config.Labels?.[mark], String(process.pid));
      assert.ok(Config.Env?.includes("GREETING=hello"));
      assert.equal(Config.Image, door.image);
      await assert.rejects(engine.json({ method: "DELETE", path: `/containers/${id}` }), { code: "conflict" });
      const again = { Image: door.image, Cmd: ["true"] };
      const taken = { method: "POST", path: `/containers/create?name=${name}`, body: again } as const;
      await assert.rejects(engine.json(taken), { code: "conflict" });
      await act(engine, id, "pause");
      assert.equal(await state(), "paused");
      await assert.rejects(act(engine, id, "pause"), { code: "conflict" });
      await act(engine, id, "unpause");
      await act(engine, id, "restart?t=2");
      assert.equal(await state(), "running");
      await act(engine, id, `rename?name=${name}-b`);
      assert.equal((await inspect(engine, id)).Name, `/${name}-b`);
      const ended = engine.json({ method: "POST", path: `/containers/${id}/wait`, responseTimeout: 20_000 });
      await act(engine, id, "kill?signal=SIGKILL");
      assert.equal(((await ended) as { StatusCode: number }).StatusCode, 137);
      const { State } = await inspect(engine, id);
      assert.deepEqual([State.Status, State.Running, State.ExitCode], ["exited", false, 137]);
      await assert.rejects(act(engine, id, "kill"), { code: "conflict" });
      assert.equal(await act(engine, id, "stop"), 304);
    } finally {
      await removeContainer(engine, id);
    }
    await assert.rejects(inspect(engine, id), { code: "not-found" });
    await assert.rejects(act(engine, id, "start"), { code: "not-found" });
  },

  "its events keep rows equal to the list": async (door) => {
    const { engine } = door;
    const stop = new AbortController();
    let next = new Map<string, KubeObject>();
    let held = next;
    const nothing = () => undefined;
    const sink = {
      begin: () => void (next = new Map()),
      put: (object: KubeObject) => void next.set(object.metadata?.uid ?? "", object),
      synced: () => void (held = next),
      remove: nothing,
      trouble: nothing,
      alive: nothing,
    };
    const watching = watchEngine({ source: "e", engine, resource: "containers" }, sink, { signal: stop.signal });
    const stateOf = (id: string) => (held.get(id) as { engine?: { State?: string } } | undefined)?.engine?.State;
    await waitUntil(() => held.size > 0, { what: "the first list", timeoutSeconds: 20 });
    const id = await idleContainer(door, ownName("watched"));
    try {
      await waitUntil(() => stateOf(id) === "running", { what: "its row", timeoutSeconds: 20 });
      await act(engine, id, "pause");
      await waitUntil(() => stateOf(id) === "paused", { what: "its new state", timeoutSeconds: 20 });
    } finally {
      await removeContainer(engine, id);
    }
    await waitUntil(() => !held.has(id), { what: "its row to go", timeoutSeconds: 20 });
    stop.abort();
    await watching;
  },

  "events of the past are told in their order": async (door) => {
    const { engine } = door;
    const since = Math.floor(Date.now() / 1000) - 1;
    const id = await idleContainer(door, ownName("events"));
    await removeContainer(engine, id);
    const until = Math.ceil(Date.now() / 1000) + 1;
    const query = `since=${since}&until=${until}&${filtered({ type: ["container"], container: [id] })}`;
    const { body } = await engine.open({ path: `/events?${query}`, stream: true });
    const lines = Buffer.concat(await body.toArray())
      .toString()
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as { Action: string; Actor: { ID: string; Attributes: { name: string } } });
    assert.deepEqual(
      lines.map(({ Action }) => Action).filter((action) => action !== "kill"),
      ["create", "start", "die", "destroy"],
    );
    for (const { Actor } of lines) assert.deepEqual([Actor.ID, Actor.Attributes.name], [id, ownName("events")]);
  },

  "a log comes in frames, with times, from its end and followed": async (door) => {
    const { engine } = door;
    const id = await idleContainer(door, ownName("log"));
    const stop = new AbortController();
    const read = async (query: string, enough: (text: string) => boolean) => {
      const path = `/containers/${id}/logs?stdout=1&stderr=1&timestamps=1&${query}`;
      const { body } = await engine.open({ path, stream: true, signal: stop.signal });
      let text = "";
      const frames = new Demultiplexer((_stream, bytes) => (text += bytes.toString("utf8")));
      for await (const chunk of body) {
        frames.push(chunk as Buffer);
        if (enough(text)) break;
      }
      return text;
    };
    try {
      const followed = await read("follow=1", (text) => text.split("\n").length > 2);
      for (const line of followed.trim().split("\n")) assert.match(line, /^\d{4}-\d\d-\d\dT[\d:]+\.\d{9}Z ./);
      const last = await read("tail=1", () => false);
      assert.equal(last.trim().split("\n").length, 1);
      const none = await read(`since=${Math.floor(Date.now() / 1000) + 3_600}`, () => false);
      assert.equal(none, "");
    } finally {
      stop.abort();
      await removeContainer(engine, id);
    }
    const gone = engine.open({ path: `/containers/${id}/logs?stdout=1` });
    await assert.rejects(gone, { code: "not-found" });
  },

  "a command in it has its own output and exit code": async (door) => {
    const { engine } = door;
    const id = await idleContainer(door, ownName("exec"));
    try {
      const command = ["sh", "-c", "echo $GREETING; exit 3"];
      assert.deepEqual(await runCommandIn(engine, id, command), { said: "hello\n", code: 3 });
      const missing = await runCommandIn(engine, id, ["no-such-program"]);
      // Older engines end with a shell's code for what cannot be run.
      assert.ok([126, 127].includes(missing.code), String(missing.code));
      assert.match(missing.said, /"no-such-program": executable file not found/);
      await act(engine, id, "pause");
      await assert.rejects(runCommandIn(engine, id, ["true"]), { code: "conflict" });
      await act(engine, id, "kill");
      await assert.rejects(runCommandIn(engine, id, ["true"]), { code: "conflict" });
    } finally {
      await removeContainer(engine, id);
    }
  },

  "what it is told to run says its words, and ends with its code": async (door) => {
    const { engine, image } = door;
    const body = {
      Image: image,
      Entrypoint: [],
      Cmd: ["sh", "-c", "echo hello; echo trouble >&2; exit 4"],
      HostConfig: { NetworkMode: "none" },
    };
    const made = (await engine.json({ method: "POST", path: "/containers/create", body })) as { Id: string };
    try {
      await act(engine, made.Id, "start");
      const { State } = await waitUntil(
        async () => {
          const whole = await inspect(engine, made.Id);
          return whole.State.Status === "exited" && whole;
        },
        { what: "its end", timeoutSeconds: 20 },
      );
      assert.equal(State.ExitCode, 4);
      const { body: log } = await engine.open({ path: `/containers/${made.Id}/logs?stdout=1&stderr=1` });
      const said: string[] = [];
      const frames = new Demultiplexer((stream, bytes) => void said.push(`${stream}: ${bytes.toString("utf8")}`));
      for await (const chunk of log) frames.push(chunk as Buffer);
      assert.deepEqual(said.toSorted(), ["stderr: trouble\n", "stdout: hello\n"]);
    } finally {
      await removeContainer(engine, made.Id);
    }
  },

  "what fails is started again, counts as running meanwhile, and ends when it is stopped": async (door) => {
    const { engine, image } = door;
    const body = {
      Image: image,
      Entrypoint: [],
      Cmd: ["sh", "-c", "exit 1"],
      HostConfig: { NetworkMode: "none", RestartPolicy: { Name: "always" } },
    };
    const made = (await engine.json({ method: "POST", path: "/containers/create", body })) as { Id: string };
    try {
      await act(engine, made.Id, "start");
      const { State } = await waitUntil(
        async () => {
          const whole = await inspect(engine, made.Id);
          return whole.State.Status === "restarting" && whole;
        },
        { what: "its restart", timeoutSeconds: 20, everyMilliseconds: 20 },
      );
      assert.deepEqual([State.Restarting, State.Running, State.ExitCode], [true, true, 1]);
      await act(engine, made.Id, "stop");
      assert.equal((await inspect(engine, made.Id)).State.Status, "exited");
    } finally {
      await removeContainer(engine, made.Id);
    }
  },

  "its processes and what they use are measured": async (door) => {
    const { engine } = door;
    const id = await idleContainer(door, ownName("use"), { Memory: 64 * 1024 * 1024 });
    const { signal } = new AbortController();
    try {
      const { titles, rows } = await readView.processes(engine, id, signal);
      assert.ok(titles.includes("PID") && rows.length > 0);
      for (const row of rows) assert.equal(row.length, titles.length);
      const usage = await readView.usage(engine, id, signal);
      assert.ok(usage.running && (usage.memory ?? 0) > 0 && (usage.processes ?? 0) > 0);
      assert.equal(usage.memoryLimit, 64 * 1024 * 1024);
      const later = await readView.usage(engine, id, signal);
      assert.ok((later.cpuNanos ?? 0) >= (usage.cpuNanos ?? 0));
      await act(engine, id, "kill");
      assert.equal((await readView.usage(engine, id, signal)).running, false);
      assert.deepEqual(await readView.processes(engine, id, signal), { titles: [], rows: [] });
      assert.ok(Array.isArray((await readView.changes(engine, id, signal)).changes));
    } finally {
      await removeContainer(engine, id);
    }
  },

  "a pull ends with the image there, and one of an unknown tag with words": async ({ engine, pullable, registry }) => {
    const colon = pullable.lastIndexOf(":");
    const query = new URLSearchParams({ fromImage: pullable.slice(0, colon), tag: pullable.slice(colon + 1) });
    const { body } = await engine.open({ method: "POST", path: `/images/create?${query.toString()}` });
    const progress = new PullProgress();
    for await (const chunk of body) progress.push(chunk as Buffer);
    progress.end();
    assert.equal(progress.error, null);
    assert.match(progress.digest ?? "", /^sha256:[0-9a-f]{64}$/);
    for (const { phase } of progress.layers.values()) assert.ok(phase === "done" || phase === "exists", phase);
    const path = `/images/${encodeURIComponent(pullable)}/json`;
    const image = (await engine.json({ path })) as { RepoTags: string[]; RepoDigests: string[] };
    assert.ok(image.RepoTags.includes(pullable));
    assert.ok(image.RepoDigests.includes(`${pullable.slice(0, colon)}@${progress.digest}`));
    const unknown = `/images/create?${new URLSearchParams({ fromImage: `${registry}/shop/web`, tag: "no-such-tag" })}`;
    await assert.rejects(engine.open({ method: "POST", path: unknown }), /manifest unknown|not found/);
  },

  "an image that a container stands on stays, and one that is not there is not found": async (door) => {
    const { engine, image } = door;
    const { Id } = (await engine.json({ path: `/images/${encodeURIComponent(image)}/json` })) as { Id: string };
    const id = await idleContainer(door, ownName("on-image"));
    try {
      const remove = engine.json({ method: "DELETE", path: `/images/${encodeURIComponent(Id)}` });
      await assert.rejects(remove, { code: "conflict" });
    } finally {
      await removeContainer(engine, id);
    }
    const none = `sha256:${"0".repeat(64)}`;
    const missing = engine.json({ method: "DELETE", path: `/images/${encodeURIComponent(none)}` });
    await assert.rejects(missing, { code: "not-found" });
    const body = { Image: "127.0.0.1:1/no/such:image", Cmd: ["true"] };
    await assert.rejects(engine.json({ method: "POST", path: "/containers/create", body }), { code: "not-found" });
  },

  "volumes come with what mounts them, are kept by it, and are pruned": async (door) => {
    const { engine } = door;
    const name = ownName("volume");
    const body = { Name: name, Labels: { [mark]: name } };
    const made = (await engine.json({ method: "POST", path: "/volumes/create", body })) as { Name: string };
    assert.equal(made.Name, name);
    const names = async () =>
      ((await engine.json({ path: "/volumes" })) as { Volumes: { Name: string }[] }).Volumes.map(({ Name }) => Name);
    assert.ok((await names()).includes(name));
    const mounts = [{ Type: "volume", Source: name, Target: "/data" }];
    const id = await idleContainer(door, ownName("mounts"), { Mounts: mounts });
    try {
      const listed = (await engine.json({ path: `/containers/${id}/json` })) as { Mounts: { Name: string }[] };
      assert.deepEqual(
        listed.Mounts.map(({ Name }) => Name),
        [name],
      );
      await assert.rejects(engine.json({ method: "DELETE", path: `/volumes/${name}` }), { code: "conflict" });
    } finally {
      await removeContainer(engine, id);
    }
    const whole = (await engine.json({ path: `/volumes/${name}` })) as { Labels: Record<string, string> };
    assert.deepEqual(whole.Labels, { [mark]: name });
    // From 1.42 on those with a name are taken when all are asked for; before, it is no filter.
    const { api } = await engine.version();
    const all: Record<string, string[]> = Number(api.split(".")[1]) >= 42 ? { all: ["true"] } : {};
    const prune = `/volumes/prune?${filtered({ ...all, label: [`${mark}=${name}`] })}`;
    const pruned = (await engine.json({ method: "POST", path: prune })) as { VolumesDeleted: string[] };
    assert.deepEqual(pruned.VolumesDeleted, [name]);
    await assert.rejects(engine.json({ path: `/volumes/${name}` }), { code: "not-found" });
  },

  "networks come and go, and those that every engine has stay": async ({ engine }) => {
    const name = ownName("network");
    const body = { Name: name, Labels: { [mark]: name }, CheckDuplicate: true };
    const made = (await engine.json({ method: "POST", path: "/networks/create", body })) as { Id: string };
    const whole = (await engine.json({ path: `/networks/${name}` })) as { Id: string; Driver: string };
    assert.deepEqual([whole.Id, whole.Driver], [made.Id, "bridge"]);
    await assert.rejects(engine.json({ method: "POST", path: "/networks/create", body }), { code: "conflict" });
    const prune = `/networks/prune?${filtered({ label: [`${mark}=${name}`] })}`;
    const pruned = (await engine.json({ method: "POST", path: prune })) as { NetworksDeleted: string[] };
    assert.deepEqual(pruned.NetworksDeleted, [name]);
    await assert.rejects(engine.json({ path: `/networks/${name}` }), { code: "not-found" });
    await assert.rejects(engine.json({ method: "DELETE", path: "/networks/none" }), { code: "forbidden" });
  },

  "stopped containers are pruned, and running ones are not": async (door) => {
    const { engine } = door;
    const [stopped, running] = [
      await idleContainer(door, ownName("stopped")),
      await idleContainer(door, ownName("running")),
    ];
    try {
      await act(engine, stopped, "kill");
      await waitUntil(async () => !(await inspect(engine, stopped)).State.Running, {
        what: "its end",
        timeoutSeconds: 20,
      });
      const path = `/containers/prune?${filtered({ label: [`${mark}=${process.pid}`] })}`;
      const pruned = (await engine.json({ method: "POST", path })) as { ContainersDeleted: string[] };
      assert.deepEqual(pruned.ContainersDeleted, [stopped]);
      assert.equal((await inspect(engine, running)).State.Status, "running");
    } finally {
      await removeContainer(engine, running);
    }
  },
};
