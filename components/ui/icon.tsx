/** Paths on a 16-unit grid, stroked. Drawn for Stowage; the shapes of kinds follow the drawings of the ship's plan. */
const paths = {
  alert: "M8 2.5 14 13H2zM8 6.5v3M8 11.4v.1",
  auto: "M8 2.2a5.8 5.8 0 1 0 0 11.6A5.8 5.8 0 0 0 8 2.2zM8 2.2v11.6M9.7 2.5v11M11.4 3.4v9.2",
  check: "m3 8.5 3.2 3L13 4.5",
  "chevron-down": "m4 6 4 4 4-4",
  "chevron-left": "m10 4-4 4 4 4",
  "chevron-right": "m6 4 4 4-4 4",
  "chevron-up": "m4 10 4-4 4 4",
  close: "m4 4 8 8M12 4l-8 8",
  columns: "M2.5 3.5h11v9h-11zM6.2 3.5v9M9.8 3.5v9",
  copy: "M5.5 5.5v-3h8v8h-3M2.5 5.5h8v8h-8z",
  download: "M8 2.5v8m-3-3 3 3 3-3M3 13.5h10",
  external: "M9 3h4v4M13 3 7.5 8.5M11 9.5V13H3V5h3.5",
  filter: "M2.5 4h11M4.5 8h7M6.5 12h3",
  ledger: "M4 2.5h9v11H4a1.5 1.5 0 0 1-1.5-1.5V4A1.5 1.5 0 0 1 4 2.5zM6 5.5h4.5M6 8h4.5M6 10.5h2.5",
  keyboard: "M1.5 4.5h13v7h-13zM4 7h.1M6.6 7h.1M9.3 7h.1M12 7h.1M5 9.3h6",
  menu: "M2.5 4.5h11M2.5 8h11M2.5 11.5h11",
  minus: "M3.5 8h9",
  moon: "M13.5 9.6A5.8 5.8 0 0 1 6.4 2.5a5.8 5.8 0 1 0 7.1 7.1z",
  pause: "M5.5 3.5v9M10.5 3.5v9",
  pin: "M8 14V9.5M4.5 9.5h7M6 9.5V3h4v6.5",
  play: "M5 3.2v9.6L12.5 8z",
  plus: "M8 3.5v9M3.5 8h9",
  rail: "M2.5 3h11v10h-11zM6.5 3v10",
  search: "M7 2.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9zM10.3 10.3l3.2 3.2",
  "sign-out": "M6.5 2.5h-4v11h4M6.5 8h7m-3-3 3 3-3 3",
  speak: "M2.5 6h2.5L8.5 3v10L5 10H2.5zM10.8 6a2.9 2.9 0 0 1 0 4M12.5 4.2a5.4 5.4 0 0 1 0 7.6",
  sun: "M8 5.2a2.8 2.8 0 1 0 0 5.6 2.8 2.8 0 0 0 0-5.6zM8 1.5v1.2M8 13.3v1.2M1.5 8h1.2M13.3 8h1.2M3.4 3.4l.9.9M11.7 11.7l.9.9M3.4 12.6l.9-.9M11.7 4.3l.9-.9",
  terminal: "M2 3h12v10H2zM4.5 6l2 2-2 2M8.5 10.2h3",
  wrap: "M2.5 4h11M2.5 8h9a2 2 0 0 1 0 4H8m1.6-1.6L8 12l1.6 1.6M2.5 12h2.3",

  overview: "M2.5 13.5v-5h3v5M6.5 13.5v-11h3v11M10.5 13.5v-7h3v7",
  stack: "M2 13.5h12M2.5 9.5h11v4h-11zM2.5 5.5H9v4H2.5zM9 7h4.5v2.5H9zM2.5 2h2.5v3.5H2.5z",
  nodes: "M2.5 3h11v4h-11zM2.5 9h11v4h-11zM4.8 5h.1M4.8 11h.1",
  pods: "M8 1.8 13.5 5v6L8 14.2 2.5 11V5zM2.7 5.1 8 8.2l5.3-3.1M8 8.2v5.8",
  containers: "M2 4.5h12v7H2zM5 4.5v7M8 4.5v7M11 4.5v7",
  "deployments.apps": "M5.5 2.5h8v8M2.5 5.5h8v8h-8z",
  "replicasets.apps": "M2.5 2.5h4.5v4.5H2.5zM9 2.5h4.5v4.5H9zM2.5 9h4.5v4.5H2.5zM9 9h4.5v4.5H9z",
  "statefulsets.apps": "M2.5 4c0-2 11-2 11 0s-11 2-11 0v8c0 2 11 2 11 0V4M2.5 8c0 2 11 2 11 0",
  "daemonsets.apps": "M2.5 2.5h3v3h-3zM6.5 2.5h3v3h-3zM10.5 2.5h3v3h-3zM2.5 8.5h11v5h-11z",
  "jobs.batch": "M2.5 2.5h11v11h-11zM5 8.2l2.1 2.1L11 6",
  "cronjobs.batch":
    "M9.5 13.5H2.5v-10h11V7M2.5 6.5h11M5.5 2v3M10.5 2v3M12 9.2a2.7 2.7 0 1 0 0 5.4 2.7 2.7 0 0 0 0-5.4zM12 10.6V12l.9.6",
  services: "M8 2.5v4M3.5 13.5v-3.5h9v3.5M8 6.5V10M6 2.5h4M2.5 13.5h2M11.5 13.5h2M7 13.5h2M8 10v3.5",
  "endpointslices.discovery.k8s.io": "M2.5 4h7M2.5 8h7M2.5 12h7M12.5 4h.1M12.5 8h.1M12.5 12h.1",
  engines: "M2 9.5h2.5V7H7V4.5h2.5V7H12v2.5h2c0 2-1.5 4-4.5 4H6c-2.5 0-4-1.5-4-4zM4.5 9.5H12M7 7v2.5M9.5 7v2.5",
  images: "M2.5 11 8 13.8 13.5 11M2.5 8 8 10.8 13.5 8M8 2.2 13.5 5 8 7.8 2.5 5z",
  registries: "M2.5 5.5h11v8h-11zM2.5 5.5l2-3h7l2 3M8 2.5v3M5.5 9h5",
  volumes: "M3 4c0-2.4 10-2.4 10 0v8c0 2.4-10 2.4-10 0zM3 4c0 2.4 10 2.4 10 0",
  networks: "M6.5 2.5h3v3h-3zM2.5 10.5h3v3h-3zM10.5 10.5h3v3h-3zM8 5.5V8M4 10.5V8h8v2.5",
  namespaces: "M5.5 2.5h-3v11h3M10.5 2.5h3v11h-3",
  events: "M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2zM8 4.8V8l2.3 1.6",
  other: "M3 3h10v10H3z",
};

export type IconName = keyof typeof paths;

/** A drawing beside a word; it says nothing by itself to a screen reader. */
export function Icon({ name, size = 16, className }: { name: IconName; size?: number; className?: string }) {
  return (
    <svg
      className={`shrink-0 ${className ?? ""}`}
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.4"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      <path d={paths[name]} />
    </svg>
  );
}

/** The drawing of a kind; a kind without one of its own gets a plain box. */
export function kindIcon(kind: string): IconName {
  return Object.hasOwn(paths, kind) ? (kind as IconName) : "other";
}
