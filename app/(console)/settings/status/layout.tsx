import type { ReactNode } from "react";

import { RoomWords } from "@/components/ui/room-messages";

export default function StatusLayout({ children }: { children: ReactNode }) {
  return <RoomWords>{children}</RoomWords>;
}
