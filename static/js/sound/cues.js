// What is said and sounded in a timed part, and when. Pure: all of it is known when the part begins or goes on.

import { TIMED, remaining } from "../player/moves.js";

const HALF_FROM = 20;
const TEN_FROM = 30;
const WORK = ["hold", "minutes"];
const OPENINGS = { "get-ready": "ready", relax: "rest", side: "rest" };

/**
 * The cues of a part from now on, in order: {at: seconds from now, sound, say: name of the words, a number or null}.
 * What lies behind is gone: after a break nothing is made up for.
 * @param {{kind: string, ms: number}} part
 * @param {number} left seconds left of it
 * @param {number} spoken seconds that the words at its beginning take: no cue cuts them
 */
export function cuesOf(part, left, spoken = 0) {
  const all = part.ms / 1000;
  const work = WORK.includes(part.kind);
  const cues = [];
  if (left >= all - 0.5) cues.push({ at: Math.max(0, left - all), sound: OPENINGS[part.kind] ?? "start", say: null });
  const mark = (rest, sound, say) => left - rest > Math.max(spoken, 0.05) && cues.push({ at: left - rest, sound, say });
  if (work && all >= HALF_FROM) mark(all / 2, "half", "half");
  if (work && all >= TEN_FROM) mark(10, "half", "ten");
  if (part.kind !== "tempo") for (const n of [3, 2, 1]) if (all > n + 1) mark(n, "tick", n);
  if (work && left > 0) cues.push({ at: left, sound: "end", say: null });
  return cues;
}

/** Seconds until the first of these cues that is spoken. */
export const firstCall = (cues) => Math.min(...cues.filter(({ say }) => say !== null).map(({ at }) => at));

/** Seconds that a text takes to say, where no clip tells. */
export const secondsToSay = (text) => 0.5 + text.length * 0.075;

/**
 * The milestone between two states, for the region that is read out: the name of its words, "part", or null. It looks
 * back, so it gives one for a jump of any length.
 * @param {object} before the state before the action
 * @param {object} after the state after it
 */
export function milestone(before, after) {
  if (after.turn !== before.turn) {
    if (TIMED.includes(before.name) && after.name === "pain" && after.ask.source !== "stop-button") return "end";
    return TIMED.includes(after.name) ? "part" : null;
  }
  if (!TIMED.includes(after.name)) return null;
  const part = after.parts[after.part];
  if (!WORK.includes(part.kind)) return null;
  const was = remaining(before, before.seen.t) / 1000;
  const is = remaining(after, after.seen.t) / 1000;
  const crossed = (mark) => was > mark && is <= mark && is > 0;
  if (part.ms >= TEN_FROM * 1000 && crossed(10)) return "ten";
  return part.ms >= HALF_FROM * 1000 && crossed(part.ms / 2000) ? "half" : null;
}
