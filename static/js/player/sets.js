// What one set consists of, as a list of timed parts. Pure: an item of the plan in, parts out.

export const GET_READY_S = 10; // by choice 5 to 30
const TEMPO_MS = 4_000; // catalogue: four seconds a repetition where nothing is held
const RELAX_MS = 4_000; // R22 reckons four seconds around each hold
const LONGEST_UNASKED_MS = 300_000; // X9: a pain check at least every five minutes

/** Sets of an item, or the stretches of a minutes entry between two pain checks. */
export function setCount(item) {
  const dose = item.dose;
  if (dose.type === "reps") return Math.min(dose.sets, item.sets_allowed ?? dose.sets);
  const total = dose.minutes * 60;
  if (dose.work_s) {
    const rest = dose.rest_s ?? 0;
    return Math.max(1, Math.floor((total + rest) / (dose.work_s + rest)));
  }
  return Math.max(1, Math.ceil((total * 1000) / LONGEST_UNASKED_MS));
}

/** Seconds of one stretch of a minutes entry. */
export function stretchSeconds(item) {
  const dose = item.dose;
  return Math.min(dose.stretch_s ?? Infinity, dose.work_s || Infinity, Math.round((dose.minutes * 60) / setCount(item)), LONGEST_UNASKED_MS / 1000);
}

// R22: what an item takes, with setting up and the question about pain.
function secondsOf(item) {
  const { dose, category } = item;
  if (dose.type === "minutes") return dose.minutes * 60 + 20;
  const bouts = setCount(item) * (dose.per_side ? 2 : 1);
  const rests = category === "stretch" ? bouts * dose.reps : bouts;
  return bouts * dose.reps * (dose.hold_s + 4) + (rests - 1) * restSeconds(item) + 40;
}

/** Whole minutes that the session still takes; an entry that was stopped takes none. */
export function minutesLeft({ order, at, off, set, part, parts }, items) {
  const seconds = order.slice(at).map((id, place) => {
    const item = items.find((each) => each.id === id);
    if (!item || off.includes(item.slug)) return 0;
    const made = place ? 0 : (set - 1 + part / Math.max(1, parts.length)) / setCount(item);
    return secondsOf(item) * Math.max(0, 1 - made);
  });
  return Math.max(1, Math.round(seconds.reduce((all, each) => all + each, 0) / 60));
}

/** Seconds to rest before the next set (or the next interval) may begin. */
export function restSeconds(item) {
  return item.dose.rest_s ?? 0;
}

/**
 * The parts of one set: {kind, ms, side, rep}; kinds get-ready, hold, tempo, relax, side, minutes.
 * @param {object} item an item of the plan
 * @param {number | null} seconds the length of a minutes stretch where S19 has shortened it
 * @param {number} ready seconds to get into place, and to change sides
 */
export function parts(item, seconds = null, ready = GET_READY_S) {
  const dose = item.dose;
  const list = [part("get-ready", ready * 1000, dose.per_side ? "right" : null, 1)];
  if (dose.type === "minutes") {
    list.push(part("minutes", (seconds ?? stretchSeconds(item)) * 1000, null, 1));
    return list;
  }
  const order = turns(item);
  order.forEach(({ side, rep }, index) => {
    const before = order[index - 1];
    if (before) list.push(gap(item, before, { side, rep }, ready * 1000));
    const held = dose.hold_s > 0;
    list.push(part(held ? "hold" : "tempo", held ? dose.hold_s * 1000 : TEMPO_MS, side, rep));
  });
  return list.filter((each) => each.ms > 0);
}

/** Whether left and right take turns, or one side is finished first. */
export function alternates(item) {
  return Boolean(item.dose.per_side) && item.category === "mobility" && item.start !== "side";
}

function turns(item) {
  const { reps, per_side: both } = item.dose;
  const each = Array.from({ length: reps }, (_, index) => index + 1);
  if (!both) return each.map((rep) => ({ side: null, rep }));
  const sides = ["right", "left"]; // as the cues and the pictures do
  if (alternates(item)) return each.flatMap((rep) => sides.map((side) => ({ side, rep })));
  return sides.flatMap((side) => each.map((rep) => ({ side, rep })));
}

// R22: stretches rest between repetitions, everything else between sides and sets.
function gap(item, before, { side, rep }, ready) {
  const rest = restSeconds(item) * 1000;
  const stretch = item.category === "stretch";
  if (before.side !== side && !alternates(item)) return part("side", Math.max(ready, rest), side, rep);
  if (item.dose.hold_s > 0) return part("relax", stretch ? Math.max(RELAX_MS, rest) : RELAX_MS, side, rep);
  return part("relax", 0, side, rep);
}

function part(kind, ms, side, rep) {
  return { kind, ms, side, rep };
}
