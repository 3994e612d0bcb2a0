import { openDatabase } from "../../lib/server/db/open-database.ts";

/** A server's way with its database, in a process of its own: two in one process would wait for each other for ever. */
const [address = ""] = process.argv.slice(2);
await (await openDatabase(address)).destroy();
