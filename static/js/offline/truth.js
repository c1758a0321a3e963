// What the day's page may truthfully say: after a lock on this device (S2), and where the page is one that was kept.

import { isKept, isTooOld } from "./refuse.js";

const BEFORE = ["question", "offer"];
const ENDS = { done: "done", over: "over", "no-session": "over", closed: "again" };

export async function showTruth(page, database) {
  const { account, session } = page.dataset;
  const [found, record, mine, next] = await Promise.all([
    database?.get("locks", account),
    session ? database?.get("sessions", [account, session]) : null,
    database?.get("documents", "/today/"),
    session ? database?.get("documents", `/sessions/${session}/`) : null,
  ]).catch(() => []);
  const lock = holds(found, mine) ? found : null;
  if (lock) showLock(page, lock.level);
  else if (isTooOld()) show(page, "old", "[data-day-plan]");
  if (!isKept()) return;
  for (const each of page.querySelectorAll("[data-needs-network]")) each.hidden = true;
  const start = page.querySelector("[data-start]");
  const name = record?.state?.name;
  const open = start && next && !ENDS[name] && !lock && !isTooOld();
  page.prepend(wordsFor(page, open ? "note-session" : "note"));
  if (!start) return;
  if (!open) {
    show(page, ENDS[name] ?? "again", "[data-day-offer]");
    for (const rows of page.querySelectorAll("[data-day-rows]")) rows.hidden = true;
  } else if (record?.state.started && !BEFORE.includes(name)) start.textContent = page.dataset.goOn;
}

// S2: a lock of this device holds until the clinic has heard of it and has answered since.
function holds(lock, mine) {
  if (!lock?.sent || !isKept()) return lock && !lock.sent;
  return !(mine?.saved > lock.wall);
}

function showLock(page, level) {
  show(page, `lock-${level}`, "[data-day-plan]");
  const rest = page.querySelector("[data-rest-form]");
  if (rest) rest.hidden = level !== "H"; // with H alone, rest positions stay open
}

/** A copy of words that the server made. */
export const wordsFor = (page, name) => page.querySelector(`template[data-offline="${name}"]`)?.content.cloneNode(true) ?? "";

// They take the place of what is no longer true; where there are none, the page itself says it already.
function show(page, name, place) {
  const old = page.querySelector(place);
  const words = wordsFor(page, name);
  if (!words) return;
  old.before(words);
  old.hidden = true;
}
