import type { RoomMessages } from "./en-rooms.ts";
import { people } from "./ko/people.ts";
import { registries } from "./ko/registries.ts";
import { stack } from "./ko/stack.ts";
import { status } from "./ko/status.ts";

export const koRooms: RoomMessages = { people, registries, stack, status };
