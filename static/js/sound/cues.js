// What is said and sounded at the milestones of a timed part; nothing in between, and never a burst.

import { TIMED, remaining } from "../player/moves.js";

const HALF_FROM_MS = 20_000;
const TEN_FROM_MS = 30_000;
const TEN_MS = 10_000;

/**
 * The cue between two states: {sound, key} or null. sound: ready, start, rest, half, tick, end; key names the words
 * (null: a sound alone).
 * @param {object} before the state before the action
 * @param {object} after the state after it
 */
export function cueBetween(before, after) {
  if (after.turn !== before.turn) return entering(before, after);
  if (!TIMED.includes(after.name)) return null;
  const part = after.parts[after.part];
  const was = remaining(before, before.seen.t);
  const is = remaining(after, after.seen.t);
  const crossed = (mark) => was > mark && is <= mark && is > 0;
  if (part.kind !== "hold" && part.kind !== "minutes") return [3000, 2000, 1000].some(crossed) ? { sound: "tick", key: null } : null;
  if (part.ms >= TEN_FROM_MS && crossed(TEN_MS)) return { sound: "half", key: "ten" };
  if (part.ms >= HALF_FROM_MS && crossed(part.ms / 2)) return { sound: "half", key: "half" };
  return [3000, 2000, 1000].some(crossed) ? { sound: "tick", key: null } : null;
}

function entering(before, after) {
  if (TIMED.includes(before.name) && after.name === "pain" && after.ask.source !== "stop-button") return { sound: "end", key: "end" };
  if (!TIMED.includes(after.name)) return after.name === "rest-ask" ? { sound: "end", key: null } : null;
  const sound = { "get-ready": "ready", relax: "rest", side: "rest" }[after.name] ?? "start";
  return { sound, key: "part" };
}
