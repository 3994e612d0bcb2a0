"use client";

import { IconButton } from "@/components/ui/button";
import type { Theme } from "@/components/ui/choices";
import { themes } from "@/components/ui/choices";
import type { IconName } from "@/components/ui/icon";
import { Icon } from "@/components/ui/icon";
import { useMessages } from "@/components/ui/messages";
import { useTheme } from "@/components/ui/theme";

const icons: Record<Theme, IconName> = { system: "auto", light: "sun", dark: "moon" };

/** Goes round: as the system, light, dark. */
export function ThemeSwitch() {
  const m = useMessages();
  const [theme, wear] = useTheme();
  const next = themes[(themes.indexOf(theme) + 1) % themes.length] ?? "system";
  return (
    <IconButton label={`${m.shell.theme}: ${m.shell.themes[theme]}`} onClick={() => wear(next)}>
      <Icon name={icons[theme]} />
    </IconButton>
  );
}
