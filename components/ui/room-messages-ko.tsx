"use client";

import type { ReactNode } from "react";

import { koRooms } from "@/lib/i18n/ko-rooms";

import { RoomProvider } from "./room-messages";

export function Korean({ children }: { children: ReactNode }) {
  return <RoomProvider rooms={koRooms}>{children}</RoomProvider>;
}
