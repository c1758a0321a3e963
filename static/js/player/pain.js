// The pain question in a session: after a set (X9, table T), and while resting from a stop or an interval (X10, table U).

import { UNSEEN_MS, currentItem, go, holdStill, openPain, score, signsOf, stopItem } from "./moves.js";
import { afterSet, clearParts, endWalk, enterItem } from "./running.js";
import { restSeconds, setCount, stretchSeconds } from "./sets.js";
import { endSession, openFallCheck, openGroup } from "./ending.js";
import { goBack } from "./pausing.js";

const MINUTE_MS = 60_000;
const LAST_MS = 5 * MINUTE_MS;
const FIRST_AFTER_STOP_MS = 2 * MINUTE_MS;

/** "Stop - this hurts": everything stops at once, then the question, with worse already said. */
export function hurts(state, action, io) {
  holdStill(state, io.t);
  const item = currentItem(state, io.plan);
  endWalk(state, item, io);
  openPain(state, io, "stop-button", { worse: true });
  // The press is told at once (X9); the answer takes its place. Without one the exercise is off today all the same (S17).
  const pain = { spine: null, limb: null, ...signsOf("worse") };
  state.ask.replaces = io.emit("pain", { item: item.id, set: state.set, ...pain, source: "stop-button", replaces: null });
  state.ask.fresh = true;
}

/** Was the question opened while it was paused, and nothing said yet? What was said can only be said otherwise. */
export const mayWithdraw = ({ source, replaces, quick }) => quick === "more" || (source === "resume" && !replaces);

/** A resume question may be left again; an answer after a set is due: from its form, back to the two choices. */
export function withdrawPain(state, action, io) {
  if (!mayWithdraw(state.ask)) return;
  if (state.ask.quick !== "more") return go(state, "paused", io.t);
  state.ask.quick = "open";
  go(state, "pain", io.t);
}

/** X9, T17: "the same or less" than at the beginning, in one press; recorded as what it is. */
export function sameOrLess(state, action, io) {
  if (state.ask.quick === "open") answerPain(state, { ...state.baseline, change: "same", quick: true }, io);
}

/** "More, or something new": the whole form. */
export function askMore(state, action, io) {
  if (state.ask.quick !== "open") return;
  Object.assign(state.ask, { quick: "more", fresh: true });
  go(state, "pain", io.t);
}

/** Why it is stopped: something else is asked about. X9: only the press of "this hurts" is worse by itself. */
export function otherSign(state, action, io) {
  openPain(state, io, "resume");
}

const said = (change) => (state, action, io) => {
  openPain(state, io, "resume");
  answerPain(state, { change }, io);
};
/** X14: "I just want to stop" needs no number. */
export const wish = said("stop");
/** X17: dizzy, faint or breathless on stopping. */
export const unwell = said("unwell");

export function answerPain(state, action, io) {
  const item = currentItem(state, io.plan);
  const { group, ...signs } = signsOf(action.change);
  const wish = Boolean(signs.reason);
  const scores = { spine: score(action.spine), limb: score(action.limb) };
  const { source, replaces, said } = state.ask;
  const pain = { ...scores, ...signs, worse: signs.worse || Boolean(said.worse) };
  const answer = judge(state, item, pain, io);
  if (answer.outcome === "ask-again") {
    state.ask.error = true;
    return;
  }
  const before = JSON.stringify({ ...state, undo: null });
  if (answer.outcome !== "continue" && source === "resume") endWalk(state, item, io, answer.outcome === "interval-limit");
  const id = io.emit("pain", { item: item.id, set: state.set, ...pain, source, replaces, ...(group && { group }), ...(action.quick && { quick: true }) });
  state.undo = { id, before, fresh: action.quick || action.spine === undefined }; // it came from no form
  apply(state, answer, { item, source, group, wish }, io);
}

const compared = ({ baseline }, now) => ({ baseline_spine: baseline.spine, baseline_limb: baseline.limb, now_spine: now.spine, now_limb: now.limb });

export function judge(state, item, pain, io) {
  const answer = io.rules.decide("T", {
    ...pain,
    ...compared(state, pain),
    kind: item.kind,
    rise_limit: item.rise_limit ?? 0,
    centralising_ok: Boolean(item.centralising_ok),
    stops: state.stops,
  });
  const early = ["T1", "T2", "T3", "T4", "T5", "T6"].includes(answer.row);
  if (state.kind === "relief" && !early) return { ...answer, outcome: "continue" }; // X16
  return answer;
}

function apply(state, answer, { item, source, group, wish }, io) {
  switch (answer.outcome) {
    case "end-and-screen":
      return openGroup(state, group ?? "S9", answer, io);
    case "end-and-fall-check":
      return openFallCheck(state, answer, io);
    case "end-session":
      return endSession(state, answer, io, wish);
    case "stop-exercise":
      state.stops += 1;
      stopItem(state, item, answer.label ?? "stopped-pain");
      state.rest = { from: "stop", why: answer.label ?? "stopped-pain", asks: 0 };
      return go(state, "stopped", io.t);
    case "interval-limit":
      return limit(state, item, io);
    default:
      return carryOn(state, item, source, io);
  }
}

function limit(state, item, io) {
  state.limits += 1;
  const first = state.made?.first ?? null;
  const walked = Math.round((state.made?.ms ?? 0) / 1000);
  const planned = item.dose.work_s ? (state.interval ?? stretchSeconds(item)) : Math.max(1, first ?? walked);
  const { next_s } = io.rules.decide("interval", { planned_s: planned, time_to_first_symptom_s: first }).extras;
  state.rest = { from: "interval", why: "interval-limit", asks: 0, next_s };
  go(state, "stopped", io.t);
}

function carryOn(state, item, source, io) {
  if (source === "resume") return goBack(state, io);
  afterSet(state, item, io);
}

// While resting after a stop or an interval's end: asked again at set times (S21, X10, table U).

export function beginRest(state, action, io) {
  const item = currentItem(state, io.plan);
  const planned = Math.max(MINUTE_MS, restSeconds(item) * 1000);
  state.undo = null;
  state.rest.since = io.t;
  state.rest.due = io.t + (state.rest.from === "interval" ? Math.min(planned, LAST_MS) : FIRST_AFTER_STOP_MS);
  go(state, "resting", io.t);
}

export function tickStopped(state, action, io) {
  // Rest has begun where the patient does nothing: the position is on the screen already.
  const t = state.since + MINUTE_MS; // X10: not anew where the device slept
  if (io.t >= t) beginRest(state, action, { ...io, t });
}

export function tickRest(state, action, io) {
  const away = io.t - state.seen.t;
  if (io.t >= state.rest.due || away >= UNSEEN_MS) askNow(state, action, io);
}

/** "Something is wrong": asked at once. */
export function askNow(state, action, io) {
  state.ask = { source: "rest", said: {}, replaces: null, error: false, paused: false };
  go(state, "rest-ask", io.t);
}

export function answerRest(state, action, io) {
  const item = currentItem(state, io.plan);
  const { group, worse: _, ...signs } = signsOf(action.change);
  const seconds = Math.max(0, Math.round((io.t - state.rest.since) / 1000));
  const now = { spine: score(action.spine), limb: score(action.limb) };
  const payload = {
    item: item.id, from: state.rest.from, seconds_resting: seconds, ...now, ...signs,
    limits_so_far: state.limits, next_interval_s: state.rest.next_s ?? null,
  };
  const result = io.rules.decide("U", { ...payload, ...compared(state, now) });
  if (result.outcome === "ask-again") {
    state.ask.error = true;
    return;
  }
  const before = JSON.stringify({ ...state, undo: null });
  const id = io.emit("rest-check", { ...payload, replaces: state.ask.replaces, ...(group && { group }) });
  state.undo = { id, before };
  applyRest(state, result, { item, group, seconds }, io);
}

function applyRest(state, result, { item, group, seconds }, io) {
  const early = seconds < (state.rest.due - state.rest.since) / 1000 && state.rest.asks === 0;
  if (early && !result.outcome.startsWith("end-")) return keepResting(state, io);
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
      return keepResting(state, io);
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
function keepResting(state, io) {
  const rested = io.t - state.rest.since;
  const planned = state.rest.due - state.rest.since;
  const next = rested < planned ? planned : Math.min(LAST_MS, (Math.floor(rested / MINUTE_MS) + 1) * MINUTE_MS);
  state.rest.due = state.rest.since + next;
  go(state, "resting", io.t);
}
