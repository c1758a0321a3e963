// "An easier version": a smaller dose of the same exercise for the rest of today, by the size of P12. Never another
// exercise: that is for the therapist to decide.

import { TIMED, currentItem } from "./moves.js";
import { recordRelief, resume } from "./pausing.js";
import { endSet } from "./running.js";
import { stretchSeconds } from "./sets.js";

const SHARE = 0.7; // P12: about 30 % less
const SHORTEST_S = 30; // S19: under this a walk is done
const FROM = [...TIMED, "space", "intro", "between"];

/** One variable of the dose, made smaller (P7, P12), or null where there is nothing to take away. */
export function easierDose(item, seconds = null) {
  const { type, reps, hold_s: hold } = item.dose;
  const less = (number) => Math.max(1, Math.floor(number * SHARE));
  if (type === "minutes") {
    const now = seconds ?? stretchSeconds(item);
    const stretch_s = Math.max(SHORTEST_S, Math.floor((now * SHARE) / 5) * 5);
    return stretch_s < now ? { stretch_s } : null;
  }
  if (reps > 1 && !(item.category === "stretch" && hold > 1)) return { reps: less(reps) };
  return hold > 1 ? { hold_s: less(hold) } : null;
}

/** Once for each exercise, from the relief position. */
export function mayEase(state, plan) {
  const item = currentItem(state, plan);
  const here = state.name === "relief" && state.kind !== "relief" && FROM.includes(state.back?.name);
  return Boolean(here && item && state.eased?.item !== item.id && easierDose(item, state.interval));
}

export function ease(state, action, io) {
  if (!mayEase(state, io.plan)) return;
  const item = currentItem(state, io.plan);
  const dose = easierDose(item, state.interval);
  recordRelief(state, io);
  io.emit("eased", { item: item.id, ...dose });
  state.eased = { item: item.id, ...dose };
  if (state.interval) state.interval = dose.stretch_s;
  if (!TIMED.includes(state.back.name) || shorten(state, dose)) return resume(state, action, io);
  state.back = null;
  endSet(state, io); // what was done is the easier dose already: its question about pain comes at once
}

// What is left of the set that runs; false where nothing is.
function shorten(state, { reps = Infinity, hold_s, stretch_s }) {
  const most = hold_s ?? stretch_s;
  const cut = (part) => (most && ["hold", "minutes"].includes(part.kind) ? { ...part, ms: Math.min(part.ms, most * 1000) } : part);
  const left = state.parts.slice(state.part).filter((part) => part.rep <= reps).map(cut);
  const now = state.parts[state.part];
  const work = ["hold", "tempo", "minutes"].includes(now.kind);
  if (work && (now.rep > reps || state.spent >= left[0].ms)) {
    state.made.ms += state.spent;
    state.spent = 0;
    if (now.rep <= reps) {
      left.shift();
      if (now.kind !== "minutes") state.made.reps[now.side ?? "none"] += 1;
    }
  }
  state.parts = [...state.parts.slice(0, state.part), ...left];
  return left.length > 0;
}
