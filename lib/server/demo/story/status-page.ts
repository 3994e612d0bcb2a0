/** The status page of the demo's shop, as somebody would write it. */
export const demoStatusPage = `title: { en: Harbour Shop, ko: 항구 상점 }
components:
  - id: shop
    name: { en: Shop, ko: 상점 }
    group: { en: For customers, ko: 고객용 }
    parts:
      - { type: workload, source: prod, kind: deployments.apps, namespace: shop, name: web }
      - { type: workload, source: prod, kind: deployments.apps, namespace: shop, name: api }
    thresholds: { degraded: 85, partial: 60, major: 20 }
  - id: cart
    name: { en: Cart, ko: 장바구니 }
    group: { en: For customers, ko: 고객용 }
    parts:
      - { type: workload, source: prod, kind: deployments.apps, namespace: shop, name: cart }
    delay: 30s
    hysteresis: 60s
  - id: checkout
    name: { en: Checkout, ko: 결제 }
    group: { en: For customers, ko: 고객용 }
    description: { en: Orders and payments, ko: 주문과 결제 }
    parts:
      - { type: workload, source: prod, kind: deployments.apps, namespace: shop, name: checkout }
      - { type: service, source: prod, namespace: pay, name: gateway }
    delay: 30s
    hysteresis: 60s
  - id: search
    name: { en: Search, ko: 검색 }
    group: { en: For customers, ko: 고객용 }
    parts:
      - { type: pods, source: prod, q: "ns:shop name:search-* -name:search-index-*", expect: 4 }
  - id: machines
    name: { en: Data centre, ko: 데이터 센터 }
    group: { en: What it stands on, ko: 기반 시설 }
    parts:
      - { type: nodes, source: prod, q: "*" }
    thresholds: { degraded: 90, partial: 70, major: 40 }
`;

export type DemoInterval = { component: string; state: string; began: number; ended: number };

export type DemoIncident = {
  id: string;
  title: { en: string; ko: string };
  components: readonly string[];
  began: number;
  resolved: number;
  updates: readonly { at: number; phase: string; text: { en: string; ko: string } }[];
};

const minute = 60_000;
const day = 24 * 60 * minute;

/** Troubles of the past weeks: which component, how many days ago, which state and for how many minutes. */
const troubles: readonly (readonly [component: string, daysAgo: number, state: string, minutes: number])[] = [
  ["checkout", 71, "partial", 34],
  ["checkout", 23, "major", 12],
  ["checkout", 23, "degraded", 55],
  ["cart", 48, "degraded", 26],
  ["cart", 9, "partial", 18],
  ["shop", 48, "degraded", 26],
  ["search", 33, "maintenance", 90],
  ["search", 12, "no-data", 47],
  ["machines", 60, "degraded", 130],
];
/** Since how many days there is a component; the younger ones have grey days before. */
const ages: Readonly<Record<string, number>> = { shop: 90, cart: 90, checkout: 90, search: 66, machines: 90 };

/** What the shop's page says of the days before the demo began, up to `now` in ms. */
export function demoHistory(now: number): { intervals: DemoInterval[]; incidents: DemoIncident[] } {
  const intervals = Object.entries(ages).flatMap(([component, age]) => {
    const found: DemoInterval[] = [];
    let at = now - age * day;
    const own = troubles.filter(([name]) => name === component).toSorted((a, b) => b[1] - a[1]);
    for (const [, daysAgo, state, minutes] of own) {
      const start = Math.max(at, now - daysAgo * day - 5 * 60 * minute);
      if (start > at) found.push({ component, state: "operational", began: at, ended: start });
      at = start + minutes * minute;
      found.push({ component, state, began: start, ended: at });
    }
    return [...found, { component, state: "operational", began: at, ended: now }];
  });
  const began = now - 23 * day - 5 * 60 * minute;
  const update = (after: number, phase: string, en: string, ko: string) => ({
    at: began + after * minute,
    phase,
    text: { en, ko },
  });
  return {
    intervals,
    incidents: [
      {
        id: "d3a0c0ffee01",
        title: { en: "Payments did not go through", ko: "결제가 되지 않았습니다" },
        components: ["checkout"],
        began,
        resolved: began + 70 * minute,
        updates: [
          update(
            4,
            "investigating",
            "Payments fail for everybody. We are looking.",
            "결제가 모두 실패하고 있습니다. 확인하고 있습니다.",
          ),
          update(
            11,
            "identified",
            "A change of this morning is the cause. We are bringing back the version before it.",
            "오늘 아침의 변경이 원인입니다. 이전 버전으로 되돌리고 있습니다.",
          ),
          update(
            70,
            "resolved",
            "Payments work again. Orders of that time were not charged.",
            "결제가 다시 정상입니다. 그동안의 주문은 청구되지 않았습니다.",
          ),
        ],
      },
    ],
  };
}
