// What the day's page may truthfully say: after a lock on this device (S2), and where the page is one that was kept.

import { deviceLock } from "../outbox/store.js";
import { isKept, isTooOld, madeAt } from "./refuse.js";

const BEFORE = ["question", "offer"];
const ENDED = ["done", "over", "no-session", "closed"];
const LASTING = ["dizzy", "vomiting", "nothing-left"]; // S24, S15: no more today

export async function showTruth(page, database) {
  const { account, session, later } = page.dataset;
  const kept = (path) => database?.get("documents", path);
  const [found, next, spare, first, second] = await Promise.all([
    deviceLock(database, account).read(madeAt),
    ...[session, later].map((id) => kept(`/sessions/${id}/`)),
    ...[session, later].map(async (id) => (await database?.get("sessions", [account, id]))?.state),
  ]).catch(() => []);
  const lock = found?.answered ? null : found;
  if (lock) showLock(page, lock.level);
  else if (isTooOld()) show(page, "old", "[data-day-plan]");
  if (!isKept()) return;
  hide(page, "[data-needs-network]");
  const ended = endOf(first);
  const again = ended === "done" && spare && !endOf(second); // R28: another of the day
  const open = !lock && !isTooOld() && (again || (next && !ended));
  const start = page.querySelector("[data-start]");
  page.prepend(wordsFor(page, start && open ? "note-session" : "note"));
  if (!start) return;
  if (again || !open) {
    show(page, open ? "later" : endOf(second) || ended || "again", "[data-day-offer]");
    hide(page, "[data-day-rows]");
  }
  const state = again ? second : first;
  if (open && state?.started && !BEFORE.includes(state.name)) page.querySelector("[data-start]").textContent = page.dataset.goOn;
}

/** How a session of this device ended, as the clinic's page would say it; nothing while it may go on. */
export function endOf(state) {
  const { name, started, kind, end } = state ?? {};
  if (!ENDED.includes(name)) return "";
  if (name === "over" || LASTING.includes(end?.why)) return "over";
  return started && kind !== "relief" ? "done" : "again"; // X16: one of rest positions counts nowhere
}

function showLock(page, level) {
  show(page, `lock-${level}`, "[data-day-plan]");
  if (level !== "H") hide(page, "[data-rest-form]"); // with H alone, rest positions stay open
}

/** A copy of words that the server made. */
export const wordsFor = (page, name) => page.querySelector(`template[data-offline="${name}"]`)?.content.cloneNode(true) ?? "";

// They take the place of what is no longer true; where there are none, the page itself says it already.
function show(page, name, place) {
  const old = page.querySelector(place);
  const words = wordsFor(page, name);
  if (!words) return;
  old.before(words);
  hide(page, place);
}

function hide(page, what) {
  for (const each of page.querySelectorAll(what)) each.hidden = true;
}
