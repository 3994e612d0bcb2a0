import { create, createFileRegistry } from "@bufbuild/protobuf";
import type { DescMethod, DescMethodServerStreaming, DescMethodUnary } from "@bufbuild/protobuf";
import { FieldDescriptorProto_Label, FieldDescriptorProto_Type, FileDescriptorSetSchema } from "@bufbuild/protobuf/wkt";

/**
 * The calls that containerd's socket is asked, with the fields that are read of each answer. Nothing that writes is among them, so
 * nothing that writes can be said. A field is `number type`; what is not named here is passed over.
 */
const services = {
  version: {
    package: "containerd.services.version.v1",
    service: "Version",
    calls: { Version: "Nothing VersionAnswer" },
    messages: { Nothing: {}, VersionAnswer: { version: "1 string" } },
  },
  images: {
    package: "containerd.services.images.v1",
    service: "Images",
    calls: { List: "Everything ImageList" },
    messages: {
      Everything: {},
      ImageList: { images: "1 repeated Image" },
      Image: { name: "1 string", target: "3 Target" },
      Target: { media_type: "1 string", digest: "2 string", size: "3 int64" },
    },
  },
  content: {
    package: "containerd.services.content.v1",
    service: "Content",
    calls: { List: "Everything stream BlobList", Read: "Wanted stream Piece" },
    messages: {
      Everything: {},
      BlobList: { info: "1 repeated Blob" },
      Blob: { digest: "1 string", size: "2 int64" },
      Wanted: { digest: "1 string", offset: "2 int64", size: "3 int64" },
      Piece: { offset: "1 int64", data: "2 bytes" },
    },
  },
  snapshots: {
    package: "containerd.services.snapshots.v1",
    service: "Snapshots",
    calls: { List: "From stream SnapshotList", Usage: "One UsageAnswer" },
    messages: {
      From: { snapshotter: "1 string" },
      SnapshotList: { info: "1 repeated Snapshot" },
      Snapshot: { name: "1 string", parent: "2 string", kind: "3 int32" },
      One: { snapshotter: "1 string", key: "2 string" },
      UsageAnswer: { size: "1 int64" },
    },
  },
  containers: {
    package: "containerd.services.containers.v1",
    service: "Containers",
    calls: { List: "Everything ContainerList" },
    messages: {
      Everything: {},
      ContainerList: { containers: "1 repeated Container" },
      Container: {
        id: "1 string",
        labels: "2 repeated Label",
        image: "3 string",
        snapshotter: "6 string",
        snapshot_key: "7 string",
      },
      Label: { key: "1 string", value: "2 string" },
    },
  },
  tasks: {
    package: "containerd.services.tasks.v1",
    service: "Tasks",
    calls: { List: "Everything TaskList" },
    messages: {
      Everything: {},
      TaskList: { tasks: "1 repeated Task" },
      Task: { container_id: "1 string", id: "2 string", status: "4 int32" },
    },
  },
} as const;

type ServiceTable = {
  readonly package: string;
  readonly service: string;
  readonly calls: Readonly<Record<string, string>>;
  readonly messages: Readonly<Record<string, Readonly<Record<string, string>>>>;
};

const scalars = new Map<string, FieldDescriptorProto_Type>([
  ["string", FieldDescriptorProto_Type.STRING],
  ["bytes", FieldDescriptorProto_Type.BYTES],
  ["int32", FieldDescriptorProto_Type.INT32],
  ["int64", FieldDescriptorProto_Type.INT64],
]);

function fieldOf(owner: string, name: string, said: string) {
  const [number = "", ...words] = said.split(" ");
  const type = words.at(-1) ?? "";
  const repeated = words[0] === "repeated";
  const field = {
    name,
    number: Number(number),
    label: repeated ? FieldDescriptorProto_Label.REPEATED : FieldDescriptorProto_Label.OPTIONAL,
  };
  const scalar = scalars.get(type);
  if (scalar !== undefined) return { ...field, type: scalar };
  return { ...field, type: FieldDescriptorProto_Type.MESSAGE, typeName: `.${owner}.${type}` };
}

const registry = createFileRegistry(
  create(FileDescriptorSetSchema, {
    file: Object.values<ServiceTable>(services).map((table) => ({
      name: `${table.package}.proto`,
      package: table.package,
      syntax: "proto3",
      messageType: Object.entries(table.messages).map(([name, fields]) => ({
        name,
        field: Object.entries(fields).map(([field, said]) => fieldOf(table.package, field, said)),
      })),
      service: [
        {
          name: table.service,
          method: Object.entries(table.calls).map(([name, said]) => {
            const [input = "", ...answer] = said.split(" ");
            return {
              name,
              inputType: `.${table.package}.${input}`,
              outputType: `.${table.package}.${answer.at(-1) ?? ""}`,
              serverStreaming: answer[0] === "stream",
            };
          }),
        },
      ],
    })),
  }),
);

type ServiceName = keyof typeof services;

/** A call that is answered once. Throws a TypeError where the tables have no such call. */
export function onceCall(service: ServiceName, name: string): DescMethodUnary {
  const found = methodOf(service, name);
  if (found && isOnce(found)) return found;
  throw new TypeError(`no call ${service}.${name} that is answered once`);
}

/** A call that is answered in pieces. Throws a TypeError where the tables have no such call. */
export function streamedCall(service: ServiceName, name: string): DescMethodServerStreaming {
  const found = methodOf(service, name);
  if (found && isStreamed(found)) return found;
  throw new TypeError(`no call ${service}.${name} that is answered in pieces`);
}

/** Every call there is, as `package.Service/Method`. */
export function everyCall(): string[] {
  return Object.values<ServiceTable>(services).flatMap((table) =>
    Object.keys(table.calls).map((name) => `${table.package}.${table.service}/${name}`),
  );
}

function isOnce(method: DescMethod): method is DescMethodUnary {
  return method.methodKind === "unary";
}

function isStreamed(method: DescMethod): method is DescMethodServerStreaming {
  return method.methodKind === "server_streaming";
}

function methodOf(service: ServiceName, name: string) {
  const table = services[service];
  return registry.getService(`${table.package}.${table.service}`)?.methods.find((method) => method.name === name);
}
