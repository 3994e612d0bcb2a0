import type { ObjectAnswer } from "../../protocol/object.ts";
import type { Ref } from "../../protocol/ref.ts";
import type { LiveValue } from "./use-live-value.ts";
import { useLiveValue } from "./use-live-value.ts";

/** One whole object, again each time it changes; `gone` is set once it is deleted. */
export function useLiveObject(ref: Ref, initial?: ObjectAnswer | null): LiveValue<ObjectAnswer> {
  const { kind, source, path } = ref;
  return useLiveValue<ObjectAnswer>(
    {
      key: ["object", kind, source, path],
      opening: (known) => ({ t: "object", kind, source, path, version: known?.object.metadata?.resourceVersion }),
      read: (answer) => {
        if (answer.t !== "object") return undefined;
        return { object: answer.object, read: answer.read, gone: answer.gone };
      },
    },
    initial,
  );
}
