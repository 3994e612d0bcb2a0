/** By kind id: what one and many are called, and what they are in one line for who does not know the word. */
export const kinds = {
  nodes: { one: "Node", many: "Nodes", about: "A machine, real or virtual, that runs pods." },
  pods: {
    one: "Pod",
    many: "Pods",
    about:
      "The smallest thing that Kubernetes runs: one or more containers that share an address and live on one node.",
  },
  containers: {
    one: "Container",
    many: "Containers",
    about: "A process, or several, started from an image and kept apart from the rest of its node.",
  },
  namespaces: {
    one: "Namespace",
    many: "Namespaces",
    about: "A part of a cluster with names, rights and quotas of its own.",
  },
  events: {
    one: "Event",
    many: "Events",
    about:
      "What a component of the cluster reports about an object. The API server forgets events, by default after an hour.",
  },
  "deployments.apps": {
    one: "Deployment",
    many: "Deployments",
    about: "Keeps a number of equal pods running and replaces them step by step when their template changes.",
  },
  "replicasets.apps": {
    one: "ReplicaSet",
    many: "ReplicaSets",
    about: "Keeps a number of equal pods running; usually one revision of a Deployment.",
  },
  "statefulsets.apps": {
    one: "StatefulSet",
    many: "StatefulSets",
    about: "Keeps pods running that each have a name and storage of their own, such as those of a database.",
  },
  "daemonsets.apps": {
    one: "DaemonSet",
    many: "DaemonSets",
    about: "Keeps one pod on each node, or on each node of a choice: log collectors, network and storage agents.",
  },
  "jobs.batch": {
    one: "Job",
    many: "Jobs",
    about: "Work with an end: starts pods until enough of them have succeeded, or too many have failed.",
  },
  "cronjobs.batch": {
    one: "CronJob",
    many: "CronJobs",
    about: "Starts a Job again and again, at the times that its schedule says.",
  },
  services: {
    one: "Service",
    many: "Services",
    about: "A name and an address that stay, in front of pods that come and go.",
  },
  "endpointslices.discovery.k8s.io": {
    one: "EndpointSlice",
    many: "EndpointSlices",
    about: "Addresses behind a Service, and whether each is ready for traffic; large services have several.",
  },
  engines: {
    one: "Engine",
    many: "Engines",
    about: "A container engine, such as Docker: builds and pulls images and runs containers on one machine.",
  },
  images: {
    one: "Image",
    many: "Images",
    about: "A read-only snapshot of a file system, made of layers, from which containers are started.",
  },
  volumes: {
    one: "Volume",
    many: "Volumes",
    about: "Data that an engine keeps outside containers, so that it outlives them.",
  },
  networks: { one: "Network", many: "Networks", about: "What containers of an engine reach each other by." },
};
