// The page that says that nobody is signed in here: what the clinic has already leaves the device.

import { attempt, openDatabase } from "./database.js";
import { leave, moveIn } from "./store.js";

const database = await openDatabase();
await moveIn(attempt(() => localStorage), database);
if (database) await leave(database);
