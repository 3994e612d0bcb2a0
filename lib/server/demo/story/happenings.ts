import type { Fault } from "../life/app.ts";
import type { DeploymentLife } from "../life/deployment-life.ts";
import type { World } from "../life/world.ts";

type Deployments = ReadonlyMap<string, DeploymentLife>;

const minute = 60_000;

const wrongPassword: Fault = {
  type: "crash",
  words: [
    "connecting to ledger-db.pay.svc:5432",
    "retrying in 200 ms",
    'FATAL: password authentication failed for user "ledger"',
  ],
};

/** What happens in a cluster all day: rollouts, load that comes and goes, and faults that come and heal. */
export function letThingsHappen(world: World, apps: Deployments): void {
  repeat(world, [2 * minute, 5 * minute], () => rollOutOne(world, apps));
  repeat(world, [minute, 3 * minute], () => scaleWithLoad(world, apps));
  repeat(world, [11 * minute, 17 * minute], () =>
    world.chance.pick(world.nodes.filter((node) => !node.shape.controlPlane)).fallSilent(70_000),
  );
  repeat(world, [9 * minute, 14 * minute], () =>
    breakAndHeal(world, apps.get("pay/ledger"), wrongPassword, 6 * minute, (one) => one.goBack()),
  );
  repeat(world, [13 * minute, 19 * minute], () =>
    breakAndHeal(world, apps.get("shop/checkout"), { type: "image", tag: "2.19.0-rc1" }, 5 * minute, (one) =>
      one.goBack(),
    ),
  );
  repeat(world, [7 * minute, 12 * minute], () =>
    breakAndHeal(
      world,
      apps.get("shop/cart"),
      { type: "unready", message: "HTTP probe failed with statuscode: 503" },
      3 * minute,
      (one) => one.heal(),
    ),
  );
}

function repeat(world: World, [least, most]: readonly [number, number], happen: () => void): void {
  world.agenda.after(world.chance.between(least / 2, most), () => {
    happen();
    repeat(world, [least, most], happen);
  });
}

const rolledOut = ["shop/web", "shop/api", "shop/worker", "shop/images", "pay/gateway", "monitoring/dashboards"];
const scaled = ["shop/web", "shop/api", "shop/worker"];

function rollOutOne(world: World, apps: Deployments): void {
  const one = apps.get(world.chance.pick(rolledOut));
  if (one?.healthy) one.rollOut(null);
}

function scaleWithLoad(world: World, apps: Deployments): void {
  const one = apps.get(world.chance.pick(scaled));
  if (!one?.healthy) return;
  const { replicas } = one.app;
  one.scale(Math.max(4, Math.min(24, replicas + Math.round(world.chance.between(-3, 3)))));
}

function breakAndHeal(
  world: World,
  one: DeploymentLife | undefined,
  fault: Fault,
  forMs: number,
  heal: (one: DeploymentLife) => void,
): void {
  if (!one?.healthy) return;
  one.rollOut(fault);
  world.agenda.after(forMs, () => heal(one));
}
