import type { JsonObject } from "../../kinds/read-object.ts";
import { asObject, isTrue, listIn, namedEntry, objectIn, textIn } from "../../kinds/read-object.ts";

/** Where a volume appears in a container. `type` is the API's word for what the volume is, `detail` what it names. */
export type MountView = {
  path: string;
  volume: string;
  type: string | null;
  detail: string | null;
  subPath: string | null;
  readOnly: boolean;
};

export function mountsOf(container: JsonObject, volumes: readonly unknown[]): MountView[] {
  const mounts = listIn(container, "volumeMounts").flatMap((entry): MountView[] => {
    const mount = asObject(entry);
    const volume = textIn(mount, "name");
    const path = textIn(mount, "mountPath");
    if (volume === null || path === null) return [];
    const subPath = textIn(mount, "subPath") ?? textIn(mount, "subPathExpr");
    return [
      { path, volume, subPath, readOnly: isTrue(mount, "readOnly"), ...volumeOf(namedEntry(volumes, volume, 0)) },
    ];
  });
  const devices = listIn(container, "volumeDevices").flatMap((entry): MountView[] => {
    const device = asObject(entry);
    const volume = textIn(device, "name");
    const path = textIn(device, "devicePath");
    if (volume === null || path === null) return [];
    return [{ path, volume, subPath: null, readOnly: false, ...volumeOf(namedEntry(volumes, volume, 0)) }];
  });
  return [...mounts, ...devices];
}

/** The field of each sort of volume that says which one it is. */
const namingFields = ["claimName", "secretName", "name", "path", "image", "driver", "reference", "server", "volumeID"];

function volumeOf(volume: JsonObject | null): Pick<MountView, "type" | "detail"> {
  const type = volume === null ? undefined : Object.keys(volume).find((field) => field !== "name");
  if (volume === null || type === undefined) return { type: null, detail: null };
  const source = objectIn(volume, type);
  if (type === "projected") return { type, detail: projectedText(source) };
  const field = namingFields.find((name) => textIn(source, name) !== null);
  return { type, detail: field === undefined ? null : textIn(source, field) };
}

/** `serviceAccountToken, configMap kube-root-ca.crt, downwardAPI` */
function projectedText(source: JsonObject): string | null {
  const parts = listIn(source, "sources").flatMap((entry) => {
    const part = asObject(entry);
    return Object.keys(part).map((type) => {
      const name = textIn(objectIn(part, type), "name");
      return name === null ? type : `${type} ${name}`;
    });
  });
  return parts.length === 0 ? null : parts.join(", ");
}
