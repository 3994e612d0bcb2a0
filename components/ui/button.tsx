import type { ComponentProps } from "react";

const looks = {
  /** Stands on the page with a frame. */
  plain: "border border-line-strong bg-surface hover:bg-hover text-text",
  /** The one thing to do here. */
  primary: "border border-transparent bg-accent text-on-accent hover:brightness-110 font-medium",
  /** What cannot be taken back. */
  danger: "border border-transparent bg-failing text-on-accent hover:brightness-110 font-medium",
  /** In a bar, among others. */
  quiet: "border border-transparent text-muted hover:bg-hover hover:text-text",
};

const sizes = {
  md: "h-8 px-2.5 gap-1.5 rounded-md text-base",
  sm: "h-6.5 px-2 gap-1 rounded-md text-sm",
  /** A drawing and nothing else. */
  icon: "size-8 rounded-md",
};

export type ButtonLook = keyof typeof looks;
export type ButtonSize = keyof typeof sizes;

export function buttonClass(look: ButtonLook = "plain", size: ButtonSize = "md", className = ""): string {
  return `inline-flex shrink-0 items-center justify-center whitespace-nowrap disabled:opacity-50 ${looks[look]} ${sizes[size]} ${className}`;
}

type Props = ComponentProps<"button"> & { look?: ButtonLook; size?: ButtonSize };

export function Button({ look, size, className, ...rest }: Props) {
  return <button type="button" {...rest} className={buttonClass(look, size, className)} />;
}

/** A button that is only a drawing; `label` is what it does, in words. */
export function IconButton({ label, look = "quiet", ...rest }: Omit<Props, "size"> & { label: string }) {
  return <Button {...rest} look={look} size="icon" aria-label={label} title={label} />;
}
