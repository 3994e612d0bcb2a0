/** A build step as an engine's history tells it, oldest first. `bytes` is 0 for a step that made no layer, or an empty one. */
export type HistoryStep = { readonly createdBy: string; readonly bytes: number };

/** The size of each layer, lowest first; `exact` is false where the history leaves open which step made which layer. */
export type LayerSizes = {
  readonly bytes: readonly number[];
  readonly steps: readonly (number | null)[];
  readonly exact: boolean;
};

/** The layer that holds nothing: a tar of two empty blocks. */
const emptyDiff = "sha256:5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef";
/** Instructions that write down something in the config and never make a layer. */
const configOnly =
  /^(?:\/bin\/sh -c )?(?:#\(nop\)\s+)?(?:CMD|ENV|LABEL|EXPOSE|ENTRYPOINT|USER|VOLUME|STOPSIGNAL|HEALTHCHECK|ARG|ONBUILD|MAINTAINER|SHELL)\b/i;

/**
 * Engines tell a size for each build step and a list of layers, and not which belongs to which: a step of size 0 made an empty layer
 * or none. Steps with bytes are layers; of those without, the ones that could have made a layer are taken until the numbers agree.
 * `steps` is the place in the history of each layer. null where there are fewer steps than layers, as after an import.
 */
export function layerSizesOf(diffs: readonly string[], history: readonly HistoryStep[]): LayerSizes | null {
  const withBytes = history.filter(({ bytes }) => bytes > 0).length;
  const empty = diffs.length - withBytes;
  if (empty < 0) return null;
  const candidates = [...history.keys()].filter((place) => {
    const step = history[place];
    return step !== undefined && step.bytes === 0 && !configOnly.test(step.createdBy);
  });
  if (candidates.length < empty) return null;
  const exact = candidates.length === empty;
  // Of too many, those stand that put the layers known to be empty in their place; without such a hint the oldest.
  const chosen = new Set(exact ? candidates : fitting(diffs, history, candidates, empty));
  const steps = [...history.keys()].filter((place) => (history[place]?.bytes ?? 0) > 0 || chosen.has(place));
  return { bytes: steps.map((place) => history[place]?.bytes ?? 0), steps, exact };
}

/** Walks layers and steps together and takes an empty step where the layer there is known to hold nothing. */
function fitting(
  diffs: readonly string[],
  history: readonly HistoryStep[],
  candidates: readonly number[],
  wanted: number,
): readonly number[] {
  const chosen: number[] = [];
  let layer = 0;
  for (const [place, step] of history.entries()) {
    if (step.bytes > 0) {
      layer += 1;
      continue;
    }
    if (chosen.length === wanted || !candidates.includes(place)) continue;
    if (diffs[layer] === emptyDiff) {
      chosen.push(place);
      layer += 1;
    }
  }
  for (const place of candidates) {
    if (chosen.length === wanted) break;
    if (!chosen.includes(place)) chosen.push(place);
  }
  return chosen;
}
