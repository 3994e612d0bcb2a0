import { familiarName, parseImageReference } from "../shared/image-reference.ts";
import type { Chain } from "./chain-forest.ts";

/** The most characters of a step in a title. */
const longest = 60;

/**
 * What a layer is called in a drawing: the image that ends with it, else what its build step did, else the beginning of its diffID.
 */
export function layerTitle(chain: Chain, createdBy: string | null): string {
  const name = imageEndingAt(chain);
  if (name !== null) return shortName(name);
  const step = createdBy === null ? "" : stepTitle(createdBy);
  return step === "" ? chain.layer.diff.replace(/^[a-z0-9]+:/, "").slice(0, 12) : step;
}

/** Above a layer that carries an image may lie small ones, as of a mode or an entry point: together they are called by its name. */
const small = 0.02;

function imageEndingAt(chain: Chain): string | null {
  for (let top: Chain | undefined = chain; top;) {
    const name = top.tops.flatMap((image) => image.names.slice(0, 1))[0];
    if (name !== undefined) return name;
    const count: number = top.images.length;
    top = top.children.find((child) => child.images.length === count && child.layer.bytes <= chain.layer.bytes * small);
  }
  return null;
}

/** An image's name without its registry: `shop/web:1.4.2`. */
export function shortName(name: string): string {
  const reference = parseImageReference(name);
  if (!reference) return name;
  const { repository, tag, digest } = reference;
  const plain = familiarName({ registry: "docker.io", repository, tag, digest: tag === null ? digest : null });
  return plain.replace(/@sha256:([0-9a-f]{7})[0-9a-f]*$/, "@$1");
}

/** A step as its author wrote it: without the shell that ran it and what a builder added. */
export function stepTitle(createdBy: string): string {
  const plain = createdBy
    .replace(/^\|\d+ (?:\S+=(?:"[^"]*"|\S*) )*/, "")
    .replace(/^RUN (?:\|\d+ (?:\S+=\S* )*)?/, "")
    .replace(/^\/bin\/(?:ba)?sh -c\s+/, "")
    .replace(/^#\(nop\)\s+/, "")
    .replace(/\s*# buildkit$/, "")
    .replace(/^(COPY|ADD) (?:multi|file|dir):([0-9a-f]{7})[0-9a-f]* in\s*/, "$1 ")
    .trim();
  return plain.length > longest ? `${plain.slice(0, longest - 1)}…` : plain;
}
