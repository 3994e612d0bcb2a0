"use client";

import Link from "next/link";

import { ClusterText } from "@/components/ui/cluster-text";
import { useLocale } from "@/components/ui/messages";
import { useRoomMessages } from "@/components/ui/room-messages";
import { changeStackView } from "@/lib/client/hooks/use-stack-view";
import { hrefOf } from "@/lib/protocol/ref";
import type { Stack, StackContainer, StackImage, StackLayer, StackVolume } from "@/lib/protocol/stack";
import type { Chain } from "@/lib/stack/chain-forest";
import { layerTitle, shortName, stepTitle } from "@/lib/stack/layer-title";
import type { ImageCost } from "@/lib/stack/ledger";
import { shortChain } from "@/lib/stack/stack-plan";

import { Amount } from "./amount";

const link = "text-left font-medium text-accent hover:underline wrap-anywhere";

type LayerRowProps = { chain: Chain; layers: ReadonlyMap<string, StackLayer> };

/** A layer, and the one that it stands on. */
export function LayerRow({ chain, layers }: LayerRowProps) {
  const m = useRoomMessages();
  const locale = useLocale();
  const layer = layers.get(chain.layer.chain);
  const titleOf = (each: Chain) => layerTitle(each, layers.get(each.layer.chain)?.createdBy ?? null);
  return (
    <tr data-layer-row={chain.layer.chain}>
      <th scope="row">
        <button
          type="button"
          className={link}
          onClick={() => changeStackView({ layer: shortChain(chain.layer.chain) }, "push")}
        >
          <ClusterText text={titleOf(chain)} />
        </button>
      </th>
      <td>
        {chain.parent === null ? (
          <span className="text-muted">{m.stack.ground}</span>
        ) : (
          <ClusterText text={titleOf(chain.parent)} className="wrap-anywhere" />
        )}
      </td>
      <td>
        <Amount bytes={chain.layer.bytes} mark={layer?.mark === "estimated" ? "estimated" : null} />
      </td>
      <td className="font-mono">{chain.images.length.toLocaleString(locale)}</td>
      <td className="font-mono">{chain.containers.length.toLocaleString(locale)}</td>
      <td>
        <ClusterText text={layer?.createdBy ? stepTitle(layer.createdBy) : ""} mono className="wrap-anywhere" />
      </td>
    </tr>
  );
}

/** A container, with what it writes and mounts. */
export function ContainerRow({ container, source }: { container: StackContainer; source: string }) {
  const { name, state, imageName, pod, group, writable, volumes, path } = container;
  return (
    <tr data-container-row="">
      <th scope="row">
        <Link href={hrefOf({ kind: "containers", source, path })} prefetch={false} className={link}>
          <ClusterText text={name} />
        </Link>
      </th>
      <td>
        <ClusterText text={state} />
      </td>
      <td>
        <ClusterText text={shortName(imageName)} mono className="wrap-anywhere" />
      </td>
      <td>
        {pod === null ? null : (
          <Link
            href={hrefOf({ kind: "pods", source, path: `${pod.namespace}/${pod.name}` })}
            prefetch={false}
            className="font-mono text-accent wrap-anywhere hover:underline"
          >
            <ClusterText text={`${pod.namespace}/${pod.name}`} />
          </Link>
        )}
      </td>
      <td>
        <ClusterText text={group ?? ""} className="wrap-anywhere" />
      </td>
      <td>
        <Amount bytes={writable} />
      </td>
      <td>
        <ClusterText text={volumes.join(", ")} mono className="wrap-anywhere" />
      </td>
    </tr>
  );
}

/** An image, with what is its alone and what it shares. */
export function ImageRow({ cost, image }: { cost: ImageCost; image: StackImage }) {
  const m = useRoomMessages();
  const locale = useLocale();
  const isKnown = image.known !== "nothing";
  return (
    <tr>
      <th scope="row">
        <ClusterText text={shortName(image.names[0] ?? shortChain(image.id))} mono className="wrap-anywhere" />
      </th>
      {[cost.bytes, cost.shared, cost.unique].map((bytes, place) => (
        <td key={place}>
          <Amount bytes={isKnown ? bytes : null} />
        </td>
      ))}
      <td>
        <Amount bytes={image.compressed} />
      </td>
      <td className="font-mono">{cost.containers.toLocaleString(locale)}</td>
      <td className="text-muted">{m.stack.knownAs[image.known]}</td>
    </tr>
  );
}

/** A volume, and who mounts it. */
export function VolumeRow({ volume, stack }: { volume: StackVolume; stack: Stack }) {
  const users = stack.containers.filter(({ volumes }) => volumes.includes(volume.name));
  return (
    <tr>
      <th scope="row">
        <ClusterText text={volume.name} mono className="wrap-anywhere" />
      </th>
      <td>
        <Amount bytes={volume.bytes} />
      </td>
      <td>
        <ClusterText text={users.map(({ name }) => name).join(", ")} className="wrap-anywhere" />
      </td>
    </tr>
  );
}
