/**
 * What the audit log wants to know of an object in the API server's protobuf: its name, and whether a deletion is a dry run. The
 * envelope is `k8s\0` and `runtime.Unknown`; in every kind of Kubernetes' own field 1 is the metadata and field 1 of that the name.
 */
export function protobufBody(body: Buffer): unknown {
  try {
    if (body.subarray(0, 4).toString("latin1") !== "k8s\0") return undefined;
    const unknown = fieldsOf(body.subarray(4));
    const type = fieldsOf(unknown.get(1)?.[0] ?? empty);
    const object = fieldsOf(unknown.get(2)?.[0] ?? empty);
    const kind = textOf(type.get(2)?.[0]);
    if (kind === "DeleteOptions") return { kind, dryRun: dryRunOf(object) };
    const metadata = fieldsOf(object.get(1)?.[0] ?? empty);
    const name = textOf(metadata.get(1)?.[0]);
    const options =
      kind === "Eviction" ? { deleteOptions: { dryRun: dryRunOf(fieldsOf(object.get(2)?.[0] ?? empty)) } } : {};
    return { kind, metadata: name === "" ? {} : { name }, ...options };
  } catch {
    // The API server will say that it is none.
    return undefined;
  }
}

const empty = Buffer.alloc(0);
type Fields = ReadonlyMap<number, readonly Buffer[]>;

function dryRunOf(options: Fields): string[] {
  return (options.get(5) ?? []).map(textOf);
}

function textOf(bytes: Buffer | undefined): string {
  return bytes?.toString("utf8") ?? "";
}

/** The fields of one message that have a length: texts and messages. Throws a RangeError where the bytes are no message. */
function fieldsOf(bytes: Buffer): Fields {
  const fields = new Map<number, Buffer[]>();
  let at = 0;
  const varint = (): number => {
    let value = 0;
    for (let shift = 0; shift < 64; shift += 7) {
      const byte = bytes.readUInt8(at);
      at += 1;
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
    throw new RangeError("not a number of protobuf");
  };
  while (at < bytes.length) {
    const key = varint();
    const [field, wire] = [Math.floor(key / 8), key % 8];
    if (wire === 0) varint();
    else if (wire === 1) at += 8;
    else if (wire === 5) at += 4;
    else if (wire === 2) {
      const length = varint();
      if (at + length > bytes.length) throw new RangeError("a field of protobuf is longer than its message");
      fields.set(field, [...(fields.get(field) ?? []), bytes.subarray(at, at + length)]);
      at += length;
    } else throw new RangeError("not a field of protobuf");
  }
  return fields;
}
