// The session's page keeps itself, so that opening it again needs no network.

import { openDatabase } from "../outbox/database.js";
import { fetchThings, keep } from "./documents.js";
import { isKept } from "./refuse.js";
import { controlled, register } from "./register.js";

const FRESH_MS = 600_000;
const plan = JSON.parse(document.getElementById("plan").textContent);

async function begin() {
  const registration = await register(document.getElementById("player").dataset.worker);
  if (!registration || isKept()) return;
  await controlled();
  const database = await openDatabase();
  const path = location.pathname;
  const kept = await database?.get("documents", path);
  if (!database || (kept?.account === plan.account && Date.now() - kept.saved < FRESH_MS)) return;
  const { account, local_date, zone } = plan;
  await fetchThings(await keep(database, path, { account, local_date, zone }, account));
}

begin().catch(() => {}); // the session itself needs none of it
