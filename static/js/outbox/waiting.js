// The day's page: sends what is left of earlier sessions, and says truthfully what is not sent yet.

import { attempt, openDatabase } from "./database.js";
import { onReturn, outboxOf } from "./outbox.js";
import { moveIn } from "./store.js";

const OLD_MS = 24 * 3600_000;

/** Which of the notices are true: some, none, old, refused. */
export function noticesOf(rows, hadSome, now) {
  const open = rows.filter((each) => !each.parked);
  const old = open.some((each) => now - Date.parse(each.at) > OLD_MS);
  return {
    count: open.length,
    old,
    some: open.length > 0 && !old,
    none: hadSome && rows.length === 0,
    refused: rows.length > open.length,
  };
}

async function begin(box) {
  const database = await openDatabase({ gone: () => location.replace("/") });
  await moveIn(attempt(() => localStorage), database);
  if (!database) return;
  let hadSome = false;

  async function say() {
    const rows = await database.all("events", box.dataset.account);
    hadSome ||= rows.length > 0;
    const notices = noticesOf(rows, hadSome, Date.now());
    for (const name of ["some", "none", "old", "refused"]) box.querySelector(`[data-unsent-${name}]`).hidden = !notices[name];
    for (const each of box.querySelectorAll("[data-count]")) each.textContent = notices.count;
  }

  const outbox = outboxOf(box, database, say);
  async function send() {
    await say();
    await outbox.gather();
    await outbox.flush();
  }
  onReturn(send);
  await send();
}

const box = globalThis.document?.querySelector("[data-unsent]");
if (box) begin(box);
