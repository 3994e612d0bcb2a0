"use client";

import dynamic from "next/dynamic";
import type { ReactNode } from "react";
import { createContext, useContext, useMemo } from "react";

import type { Messages } from "@/lib/i18n/en";
import type { RoomMessages } from "@/lib/i18n/en-rooms";

import { useLocale, useMessages } from "./messages";

const RoomContext = createContext<(Messages & RoomMessages) | null>(null);

const English = dynamic(async () => (await import("./room-messages-en")).English);
const Korean = dynamic(async () => (await import("./room-messages-ko")).Korean);

/** The words of rooms with pages of their own, for everything below; other pages do not load them. */
export function RoomWords({ children }: { children: ReactNode }) {
  return useLocale() === "ko" ? <Korean>{children}</Korean> : <English>{children}</English>;
}

export function RoomProvider({ rooms, children }: { rooms: RoomMessages; children: ReactNode }) {
  const messages = useMessages();
  const all = useMemo(() => ({ ...messages, ...rooms }), [messages, rooms]);
  return <RoomContext value={all}>{children}</RoomContext>;
}

/** All words that there are. */
export function useRoomMessages(): Messages & RoomMessages {
  const messages = useContext(RoomContext);
  if (!messages) throw new Error("RoomWords is missing above this component");
  return messages;
}
