import type { Stack, StackContainer, StackImage } from "../protocol/stack.ts";

/** Numbers below `n` that look like chance and are the same each time (an LCG with the constants of Numerical Recipes). */
function chance(seed: number): (n: number) => number {
  let state = seed >>> 0;
  return (n) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * n);
  };
}

/** A machine for tests: images that share bases at random, some containers on them. */
export function sampleStack(
  seed: number,
  { images: count, containers: many }: { images: number; containers: number },
): Stack {
  const below = chance(seed);
  const images: StackImage[] = [];
  for (let place = 0; place < count; place++) {
    const base = images[below(images.length + 1)];
    const kept = base ? base.layers.slice(0, below(base.layers.length + 1)) : [];
    const own = Array.from({ length: 1 + below(4) }, (_, depth) => {
      const id = `sha256:${(seed * 1_000_000 + place * 100 + depth).toString(16).padStart(64, "0")}`;
      return { chain: id, diff: id, bytes: below(3) === 0 ? 0 : below(90_000_000), compressed: null, createdBy: null };
    });
    const layers = [...kept, ...own.map((layer) => ({ ...layer, mark: "measured" as const }))];
    images.push({
      id: `sha256:image-${place}`,
      names: [`shop/app-${place}:1`],
      layers,
      known: "engine",
      compressed: null,
    });
  }
  const containers = Array.from({ length: many }, (_, place): StackContainer => {
    const image = images[below(Math.max(1, images.length))];
    const pod = `pod-${Math.floor(place / 2)}`;
    const name = below(3) === 0 ? "proxy" : `main-${below(4)}`;
    return {
      id: `shop/${pod}/${name}-${place}`,
      name,
      image: image?.id ?? "gone",
      imageName: image?.names[0] ?? "gone:1",
      running: below(5) > 0,
      writable: below(1_000),
      state: "Running",
      health: "ok",
      path: `shop/${pod}/${name}`,
      pod: { namespace: "shop", name: pod },
      group: `Deployment/d-${below(6)}`,
      volumes: [],
      startMs: null,
    };
  });
  return {
    machine: { source: "docker", node: null, title: "docker", sourceTitle: "docker", health: null },
    type: "engine",
    hardware: { cpu: 2000, cpuRequested: null, memory: 8e9, memoryRequested: null, disk: null },
    vm: { isVirtual: null, knownBy: null, hypervisor: null, provider: null, instanceType: null },
    os: { name: null, kernel: null, architecture: null },
    runtime: { product: null, version: null, storageDriver: null, cgroup: null, kubelet: null },
    images,
    containers,
    volumes: [],
    allImages: true,
    allContainers: true,
  };
}
