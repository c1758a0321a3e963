// The day's page: keeps itself and the session that it leads to, so that the whole day works without a network, and
// says what is true where it was opened without one.

import { openDatabase } from "../outbox/database.js";
import { fetchThings, keep, keepOnly } from "./documents.js";
import { offerInstall } from "./install.js";
import { isKept } from "./refuse.js";
import { controlled, offerUpdate, register } from "./register.js";
import { easeOffline } from "./relief.js";
import { showTruth, wordsFor } from "./truth.js";

const page = document.querySelector("[data-account]");
const { account, date, zone, session, later, relief } = page.dataset;
const paths = ["/today/", ...[session, later, relief].filter(Boolean).map((id) => `/sessions/${id}/`)];

async function begin() {
  const database = await openDatabase();
  if (date) {
    easeOffline(page, database);
    await showTruth(page, database);
  }
  const registration = await register(page.dataset.worker);
  if (!registration || !database) return;
  if (!isKept()) await keepDay(database).catch(() => {}); // the network went: at the next visit
  const install = page.querySelector("[data-install]");
  if (install) offerInstall(install);
  if (date) offerUpdate(registration, showUpdate);
}

async function keepDay(database) {
  await keepOnly(database, account, date ? paths : null);
  if (!date) return; // "Is this you?" is not answered yet
  await controlled();
  navigator.serviceWorker.controller?.postMessage("fill");
  const facts = { account, local_date: date, zone };
  const things = [];
  for (const path of paths) things.push(...(await keep(database, path, facts, path === "/today/" ? `${account}" data-date="${date}"` : account)));
  await fetchThings(new Set(things));
  navigator.serviceWorker.controller?.postMessage("tidy");
  document.documentElement.dataset.kept = "all";
}

function showUpdate(take) {
  if (page.querySelector("[data-update]")) return;
  page.prepend(wordsFor(page, "update"));
  page.querySelector("[data-update] button").addEventListener("click", take, { once: true });
}

begin();
