import type { KubeObject } from "../protocol/object.ts";

/** A running container as an engine lists it; for tests. */
export const sampleListedContainer: KubeObject = {
  metadata: {
    name: "till-web-1",
    uid: "f31a553f096a",
    creationTimestamp: "2026-01-01T00:00:00Z",
    labels: { "com.docker.compose.project": "till", "com.docker.compose.service": "web" },
  },
  engine: {
    Id: "f31a553f096a",
    Names: ["/till-web-1"],
    Image: "registry.example/shop/web:1.4.2",
    ImageID: "sha256:214e030aadd9408a703c582caafd0b441031440bbe670015ee8a7217527cabb0",
    State: "running",
    Status: "Up 3 hours (healthy)",
    Ports: [
      { IP: "0.0.0.0", PrivatePort: 8080, PublicPort: 32769, Type: "tcp" },
      { IP: "::", PrivatePort: 8080, PublicPort: 32769, Type: "tcp" },
      { PrivatePort: 9090, Type: "tcp" },
    ],
    Mounts: [{ Type: "volume", Name: "till_data", Source: "/var/lib/x", Destination: "/data", RW: true }],
    NetworkSettings: { Networks: { till_default: { IPAddress: "10.95.0.2" } } },
  },
};

/** The same when it is inspected. */
export const sampleContainer: KubeObject = {
  metadata: sampleListedContainer.metadata ?? {},
  engine: {
    Id: "f31a553f096a",
    Name: "/till-web-1",
    Path: "httpd",
    Args: ["-f", "-p", "8080"],
    Image: "sha256:214e030aadd9408a703c582caafd0b441031440bbe670015ee8a7217527cabb0",
    RestartCount: 2,
    Platform: "linux",
    AppArmorProfile: "docker-default",
    State: {
      Status: "running",
      Running: true,
      ExitCode: 0,
      StartedAt: "2026-01-01T00:00:01.5Z",
      FinishedAt: "0001-01-01T00:00:00Z",
      Health: { Status: "healthy", Log: [{ ExitCode: 0, Output: "ok\n" }] },
    },
    HostConfig: {
      NetworkMode: "till_default",
      PidMode: "",
      IpcMode: "private",
      UTSMode: "",
      UsernsMode: "",
      CgroupnsMode: "private",
      Privileged: false,
      ReadonlyRootfs: true,
      Memory: 67_108_864,
      NanoCpus: 500_000_000,
      PidsLimit: 100,
      CapAdd: null,
      CapDrop: ["ALL"],
      SecurityOpt: ["no-new-privileges"],
      RestartPolicy: { Name: "on-failure", MaximumRetryCount: 3 },
    },
    Mounts: [{ Type: "volume", Name: "till_data", Source: "/var/lib/x", Destination: "/data", RW: false }],
    Config: { User: "1000:1000", Env: ["PATH=/bin"], Image: "registry.example/shop/web:1.4.2", Labels: {} },
    NetworkSettings: {
      Ports: { "8080/tcp": [{ HostIp: "0.0.0.0", HostPort: "32769" }], "9090/tcp": null },
      Networks: { till_default: { IPAddress: "10.95.0.2" } },
    },
  },
};

export const sampleImage: KubeObject = {
  metadata: { name: "214e030aadd9", uid: "sha256:214e030aadd9", creationTimestamp: "2026-01-01T00:00:00Z" },
  engine: {
    Id: "sha256:214e030aadd9",
    RepoTags: ["registry.example/shop/web:1.4.2", "<none>:<none>"],
    RepoDigests: ["registry.example/shop/web@sha256:abc"],
    Size: 8_000_000,
    Os: "linux",
    Architecture: "amd64",
    Config: { Entrypoint: ["httpd"], Cmd: ["-f"], ExposedPorts: { "8080/tcp": {} }, Env: ["PATH=/bin"], User: "" },
  },
};

export const sampleVolume: KubeObject = {
  metadata: { name: "till_data", uid: "till_data@2026", labels: { "com.docker.compose.project": "till" } },
  engine: { Name: "till_data", Driver: "local", Scope: "local", Mountpoint: "/var/lib/x", Options: { type: "tmpfs" } },
};

export const sampleNetwork: KubeObject = {
  metadata: { name: "till_default", uid: "n1" },
  engine: {
    Id: "0123456789abcdef",
    Name: "till_default",
    Driver: "bridge",
    Scope: "local",
    Internal: false,
    EnableIPv6: false,
    IPAM: { Config: [{ Subnet: "10.95.0.0/26", Gateway: "10.95.0.1" }] },
  },
};

export const sampleEngine: KubeObject = {
  metadata: { name: "build-1", uid: "e1" },
  engine: {
    Name: "build-1",
    ServerVersion: "27.5.1",
    Driver: "overlay2",
    DriverStatus: [["Backing Filesystem", "extfs"]],
    OperatingSystem: "Debian GNU/Linux 12",
    KernelVersion: "6.1.0",
    Architecture: "x86_64",
    NCPU: 8,
    MemTotal: 16_000_000_000,
    ContainersRunning: 2,
    ContainersStopped: 1,
    Images: 9,
    CgroupDriver: "systemd",
    CgroupVersion: "2",
    SecurityOptions: ["name=seccomp,profile=builtin", "name=cgroupns"],
    Warnings: ["WARNING: No swap limit support"],
    Plugins: { Volume: ["local"], Network: ["bridge", "host"] },
    RegistryConfig: {
      IndexConfigs: { "docker.io": { Secure: true }, "127.0.0.1:5000": { Secure: false } },
      Mirrors: [],
    },
  },
};
