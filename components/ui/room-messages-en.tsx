"use client";

import type { ReactNode } from "react";

import { enRooms } from "@/lib/i18n/en-rooms";

import { RoomProvider } from "./room-messages";

export function English({ children }: { children: ReactNode }) {
  return <RoomProvider rooms={enRooms}>{children}</RoomProvider>;
}
