// Signing out: what is not sent is sent first, or else warned of; then nothing personal stays on the device.

import { ask } from "../components/confirm.js";
import { attempt, openDatabase } from "./database.js";
import { outboxOf } from "./outbox.js";
import { leave, moveIn } from "./store.js";

const SENDING_MS = 5_000;

function begin(form) {
  const { dataset } = form;
  const opening = open();
  let database = null;
  let busy = false;

  const left = async () => (await database?.all("events", dataset.account))?.length ?? 0;

  async function lastTry() {
    if (!(await left())) return 0;
    const sending = form.querySelector("[data-sending]");
    sending.hidden = false;
    const outbox = outboxOf(form, database, () => {});
    await outbox.gather();
    await Promise.race([outbox.flush(), new Promise((resolve) => setTimeout(resolve, SENDING_MS))]);
    sending.hidden = true;
    return left();
  }

  async function signOut() {
    database = await opening;
    const lost = await lastTry().catch(() => 0); // a disk that fails keeps nobody signed in
    if (lost && !(await ask(dataset.loss.replace("{n}", lost), dataset.lose, dataset.stay))) return;
    // What does not open is not forgotten: it may hold what nobody has got yet.
    const emptied = await leave(database, dataset.account).catch(() => false);
    form.elements.emptied.value = emptied ? "yes" : "";
    form.submit();
  }

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (busy) return;
    busy = true;
    await signOut().finally(() => (busy = false));
  });
}

async function open() {
  const database = await openDatabase();
  await moveIn(attempt(() => localStorage), database);
  return database;
}

const form = document.querySelector("form[data-leaving]");
if (form) begin(form);
