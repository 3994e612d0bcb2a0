import { readdirSync, readlinkSync, rmSync } from "node:fs";
import { join } from "node:path";
import { binary } from "./binaries.ts";
import type { Certificates } from "./certificates.ts";
import { clusterCgroup } from "./cgroups.ts";
import { programPath } from "./debian-packages.ts";
import { kubeconfigPath, nodeName } from "./identities.ts";
import { sandboxImage } from "./images.ts";
import type { ProcessSpec } from "./managed-process.ts";
import type { ClusterPlan } from "./options.ts";
import { httpStatus } from "./probes.ts";
import { tryCommand } from "./run-command.ts";

function containerdSocket(plan: ClusterPlan): string {
  return join(plan.paths.containerd, "containerd.sock");
}

function cniDir(plan: ClusterPlan): string {
  return join(plan.paths.config, "cni");
}

function podNetwork(plan: ClusterPlan): object {
  return {
    cniVersion: "0.4.0",
    name: `stowage-${plan.name}`,
    plugins: [
      {
        type: "bridge",
        bridge: plan.addresses.podBridge,
        isGateway: true,
        hairpinMode: true,
        ipMasq: false,
        ipam: {
          type: "host-local",
          ranges: [[{ subnet: plan.addresses.podCidr }]],
          routes: [{ dst: "0.0.0.0/0" }],
          dataDir: join(plan.paths.containerd, "ipam"),
        },
      },
    ],
  };
}

function containerdConfig(plan: ClusterPlan): string {
  const { paths, addresses } = plan;
  return `version = 2
root = "${join(paths.containerd, "root")}"
state = "${join(paths.containerd, "state")}"
disabled_plugins = ["io.containerd.snapshotter.v1.btrfs", "io.containerd.snapshotter.v1.zfs", "io.containerd.snapshotter.v1.aufs", "io.containerd.snapshotter.v1.devmapper"]

[grpc]
  address = "${containerdSocket(plan)}"

[debug]
  level = "warn"

[plugins."io.containerd.internal.v1.opt"]
  path = "${join(paths.containerd, "opt")}"

[plugins."io.containerd.grpc.v1.cri"]
  sandbox_image = "${sandboxImage(plan)}"
  stream_server_address = "127.0.0.1"
  stream_server_port = "${addresses.ports.containerdStream}"
  # Without it every sandbox fails where a process may not raise its own priority against the OOM killer.
  restrict_oom_score_adj = true
  # Else network namespaces are mounted in /var/run/netns, where nothing tells whose they are.
  netns_mounts_under_state_dir = true
  disable_apparmor = true

  [plugins."io.containerd.grpc.v1.cri".containerd]
    snapshotter = "overlayfs"
    default_runtime_name = "runc"

    [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc]
      runtime_type = "io.containerd.runc.v2"

      [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc.options]
        SystemdCgroup = false

  [plugins."io.containerd.grpc.v1.cri".cni]
    bin_dir = "/usr/lib/cni"
    conf_dir = "${cniDir(plan)}"
`;
}

/** A containerd of the node's own, apart from one that may be on the machine. */
export function containerd(plan: ClusterPlan): ProcessSpec {
  const config = join(plan.paths.config, "containerd.toml");
  return {
    name: "containerd",
    command: programPath("containerd"),
    files: {
      [config]: containerdConfig(plan),
      [join(cniDir(plan), "10-bridge.conflist")]: JSON.stringify(podNetwork(plan)),
    },
    args: [`--config=${config}`],
    ready: async () => {
      const version = await tryCommand("ctr", [`--address=${containerdSocket(plan)}`, "version"]);
      return version.code === 0;
    },
  };
}

export function kubelet(plan: ClusterPlan, certificates: Certificates): ProcessSpec {
  const { addresses, paths } = plan;
  const config = join(paths.config, "kubelet.json");
  const settings = {
    apiVersion: "kubelet.config.k8s.io/v1beta1",
    kind: "KubeletConfiguration",
    address: addresses.nodeAddress,
    port: addresses.ports.kubelet,
    readOnlyPort: 0,
    healthzBindAddress: "127.0.0.1",
    healthzPort: addresses.ports.kubeletHealth,
    authentication: {
      anonymous: { enabled: false },
      webhook: { enabled: true },
      x509: { clientCAFile: certificates.ca },
    },
    authorization: { mode: "Webhook" },
    containerRuntimeEndpoint: `unix://${containerdSocket(plan)}`,
    podLogsDir: paths.podLogs,
    volumePluginDir: join(paths.kubelet, "volume-plugins"),
    failSwapOn: false,
    failCgroupV1: false,
    cgroupDriver: "cgroupfs",
    cgroupRoot: clusterCgroup(plan),
    enforceNodeAllocatable: [],
    oomScoreAdj: 0,
    // kube-proxy makes all the rules there are, so that one clean-up finds them all.
    makeIPTablesUtilChains: false,
    // Nobody answers there; without an address every pod would get a warning event.
    clusterDNS: [addresses.kubernetesService.replace(/\.1$/, ".10")],
    clusterDomain: "cluster.local",
    // The disk is shared with everything else on the machine: its fill is no reason to evict pods.
    evictionHard: {
      "memory.available": "50Mi",
      "nodefs.available": "0%",
      "nodefs.inodesFree": "0%",
      "imagefs.available": "0%",
      "imagefs.inodesFree": "0%",
    },
    imageGCHighThresholdPercent: 100,
    imageGCLowThresholdPercent: 99,
  };
  const labels = [
    "stowage.test/node=real",
    "topology.kubernetes.io/region=local",
    "topology.kubernetes.io/zone=local-a",
  ];
  return {
    name: "kubelet",
    command: binary("kubelet"),
    // containerd answers before it has looked through the pods that it had.
    attempts: 30,
    files: { [config]: JSON.stringify(settings) },
    args: [
      `--config=${config}`,
      `--kubeconfig=${kubeconfigPath(plan, "node")}`,
      `--hostname-override=${nodeName}`,
      `--node-ip=${addresses.nodeAddress}`,
      `--node-labels=${labels.join(",")}`,
      `--root-dir=${paths.kubelet}`,
      `--cert-dir=${join(paths.kubelet, "pki")}`,
    ],
    ready: async () => (await httpStatus(`http://127.0.0.1:${addresses.ports.kubeletHealth}/healthz`)) === 200,
  };
}

export function kubeProxy(plan: ClusterPlan): ProcessSpec {
  const { ports, podCidr, nodeAddress } = plan.addresses;
  const config = join(plan.paths.config, "kube-proxy.json");
  const settings = {
    apiVersion: "kubeproxy.config.k8s.io/v1alpha1",
    kind: "KubeProxyConfiguration",
    mode: "iptables",
    hostnameOverride: nodeName,
    clusterCIDR: podCidr,
    clientConnection: { kubeconfig: kubeconfigPath(plan, "kube-proxy") },
    healthzBindAddress: `127.0.0.1:${ports.kubeProxyHealth}`,
    metricsBindAddress: `127.0.0.1:${ports.kubeProxyMetrics}`,
    nodePortAddresses: [`${nodeAddress}/32`],
    iptables: { localhostNodePorts: false },
    // The machine's connection table is not ours to resize.
    conntrack: { maxPerCore: 0, tcpEstablishedTimeout: "0s", tcpCloseWaitTimeout: "0s" },
  };
  return {
    name: "kube-proxy",
    command: binary("kube-proxy"),
    files: { [config]: JSON.stringify(settings) },
    args: [`--config=${config}`],
    ready: async () => (await httpStatus(`http://127.0.0.1:${ports.kubeProxyHealth}/healthz`)) === 200,
  };
}

/** The kubelet leaves a link a container here, whatever its log folder is: those that lead to ours go. */
export function removeLogLinks(plan: ClusterPlan): void {
  const dir = "/var/log/containers";
  let names: string[] = [];
  try {
    names = readdirSync(dir);
  } catch {
    return;
  }
  for (const name of names) {
    try {
      if (readlinkSync(join(dir, name)).startsWith(plan.paths.podLogs)) rmSync(join(dir, name), { force: true });
    } catch {
      // Not a link: not ours.
    }
  }
}
