import type { Translation } from "./en.ts";
import { people } from "./en/people.ts";
import { registries } from "./en/registries.ts";
import { stack } from "./en/stack.ts";
import { status } from "./en/status.ts";

/** Words of rooms that have pages of their own: they travel with those pages and with no other. */
export const enRooms = { people, registries, stack, status };

export type RoomMessages = Translation<typeof enRooms>;
