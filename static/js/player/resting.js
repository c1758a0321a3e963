// After a stop or an interval's end: the relief position, asked again at set times (S21, X10, table U).

import { UNSEEN_MS, currentItem, go, score, signsOf } from "./moves.js";
import { clearParts, enterItem } from "./running.js";
import { restSeconds, setCount } from "./sets.js";
import { endSession, openFallCheck, openGroup } from "./ending.js";

const MINUTE_MS = 60_000;
const LAST_MS = 5 * MINUTE_MS;
const FIRST_AFTER_STOP_MS = 2 * MINUTE_MS;

export function begin(state, action, io) {
  const item = currentItem(state, io.plan);
  const planned = Math.max(MINUTE_MS, restSeconds(item) * 1000);
  state.undo = null;
  state.rest.since = io.t;
  state.rest.due = io.t + (state.rest.from === "interval" ? Math.min(planned, LAST_MS) : FIRST_AFTER_STOP_MS);
  go(state, "resting", io.t);
}

export function tickStopped(state, action, io) {
  // Rest has begun where the patient does nothing: the position is on the screen already.
  if (io.t - state.since >= MINUTE_MS) begin(state, action, io);
}

export function tick(state, action, io) {
  const away = io.t - state.seen.t;
  if (io.t >= state.rest.due || away >= UNSEEN_MS) ask(state, {}, io);
}

/** "Something is wrong": asked at once. */
export function askNow(state, action, io) {
  ask(state, {}, io);
}

function ask(state, said, io) {
  state.ask = { source: "rest", said, replaces: state.ask?.next ?? null, error: false, paused: false };
  go(state, "rest-ask", io.t);
}

export function answer(state, action, io) {
  const item = currentItem(state, io.plan);
  const { group, worse: _, ...signs } = signsOf(action.change);
  const seconds = Math.max(0, Math.round((io.t - state.rest.since) / 1000));
  const now = { spine: score(action.spine), limb: score(action.limb) };
  const payload = {
    item: item.id, from: state.rest.from, seconds_resting: seconds, ...now, ...signs,
    limits_so_far: state.limits, next_interval_s: state.rest.next_s ?? null,
  };
  const result = io.rules.decide("U", {
    baseline_spine: state.baseline.spine, baseline_limb: state.baseline.limb, now_spine: now.spine, now_limb: now.limb,
    seconds_resting: seconds, from: state.rest.from, alarm: signs.alarm, tingling: signs.tingling,
    spread: signs.spread, limits_so_far: state.limits, next_interval_s: state.rest.next_s ?? null,
  });
  if (result.outcome === "ask-again") {
    state.ask.error = true;
    return;
  }
  const before = JSON.stringify({ ...state, undo: null });
  const id = io.emit("rest-check", { ...payload, replaces: state.ask.replaces, ...(group && { group }) });
  state.undo = { id, before };
  apply(state, result, { item, group, seconds }, io);
}

function apply(state, result, { item, group, seconds }, io) {
  const early = seconds < (state.rest.due - state.rest.since) / 1000 && state.rest.asks === 0;
  if (early && !["end-session", "end-and-screen", "end-and-fall-check"].includes(result.outcome)) return keep(state, io);
  state.rest.asks += 1;
  switch (result.outcome) {
    case "end-and-screen":
      return openGroup(state, group ?? "S9", result, io);
    case "end-and-fall-check":
      return openFallCheck(state, result, io);
    case "end-session":
      return endSession(state, result, io);
    case "next-or-finish":
      return go(state, "settled", io.t);
    case "next-interval":
      if (state.set < setCount(item)) return nextInterval(state, io);
    // falls through: the plan has no further walk
    case "entry-done":
      state.results[item.id] = "interval-limit";
      state.at += 1;
      return enterItem(state, io);
    default:
      return keep(state, io);
  }
}

function nextInterval(state, io) {
  state.interval = state.rest.next_s;
  state.set += 1;
  state.rest = { from: "set", ms: 0, interval: true };
  clearParts(state);
  go(state, "between", io.t);
}

// X10: then each minute, the last at five minutes.
function keep(state, io) {
  const rested = io.t - state.rest.since;
  const planned = state.rest.due - state.rest.since;
  const next = rested < planned ? planned : Math.min(LAST_MS, (Math.floor(rested / MINUTE_MS) + 1) * MINUTE_MS);
  state.rest.due = state.rest.since + next;
  go(state, "resting", io.t);
}
