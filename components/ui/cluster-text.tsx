import { visibleText } from "@/lib/shared/visible-text";

type Props = { text: string; mono?: boolean; className?: string };

/** Text from a cluster: never markup, its direction kept to itself, and nothing in it invisible. */
export function ClusterText({ text, mono, className }: Props) {
  const classes = mono ? `font-mono ${className ?? ""}` : className;
  return <bdi className={classes}>{visibleText(text)}</bdi>;
}
