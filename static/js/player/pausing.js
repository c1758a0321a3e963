// Pause, relief on request, coming back, and what happens when nobody does anything (X5, X9).

import { GET_READY_S } from "./sets.js";
import { TIMED, closeSession, currentItem, go, holdStill, openPain } from "./moves.js";
import { skipItem } from "./running.js";

const ASK_AGAIN_MS = 120_000; // X9: no answer for two minutes is a pause; after a pause of that length pain is asked
const NO_ANSWER_MS = 600_000; // X9
const TOO_LATE_MS = 1_800_000; // X5
const BETWEEN = ["space", "intro", "between", "settled"];
const UNDER_WAY = [...TIMED, ...BETWEEN, "unseen", "count", "relief", "paused", "stop-why", "stopped", "resting"];

/** X5: what a long absence makes of a session under way. A part that runs tells itself what ended unseen. */
export function lapse(state, io) {
  const away = io.t - state.seen.t;
  if (away < ASK_AGAIN_MS && TIMED.includes(state.name)) return tickIdle(state, null, io); // a rest that waits for the patient
  if (!UNDER_WAY.includes(state.name) || away < ASK_AGAIN_MS) return;
  if (away >= TOO_LATE_MS) closeSession(state, io, "too-late");
  else if (io.date(io.wall) !== state.checkedIn.date) closeSession(state, io, "midnight");
  else if (BETWEEN.includes(state.name)) interrupt(state, io, state.name, state.seen.t);
}

export function pause(state, action, io) {
  holdStill(state, io.t);
  const item = currentItem(state, io.plan);
  io.emit("paused", { item: item?.id ?? null });
  state.back = { name: state.name, since: io.t, ask: false };
  go(state, "paused", io.t);
}

export function resume(state, action, io) {
  const away = io.t - (state.back.since ?? state.since);
  state.moved = false;
  state.back.skip = action.type === "skip" ? (action.reason ?? "not-said") : null; // X5: skipping goes on as well
  if (!state.back.ask && away < ASK_AGAIN_MS) return goBack(state, io);
  openPain(state, io, "resume");
}

/** What was pressed about a part that ended unseen; after a long absence the session goes on as after a pause (X5). */
export const afterUnseen = (then) => (state, action, io) => {
  const { since } = state.made;
  then(state, action, io);
  if (io.t - since < ASK_AGAIN_MS) return;
  if (state.name === "pain") state.ask.quick = ""; // it asks already, in numbers
  else if (state.name !== "finish") interrupt(state, io, state.name, since);
};

function interrupt(state, io, name, since) {
  holdStill(state, io.t);
  state.back = { name, since, ask: true };
  go(state, "paused", io.t);
}

export function goBack(state, io) {
  const { skip } = state.back ?? {};
  let name = state.back?.name ?? state.back?.first ?? "intro";
  io.emit("resumed", { item: currentItem(state, io.plan)?.id ?? null });
  if (state.back?.relief && TIMED.includes(name)) name = readyAgain(state, (io.prefer?.ready ?? GET_READY_S) * 1000);
  state.back = null;
  state.undo = null;
  if (skip) return skipItem(state, { reason: skip }, io);
  go(state, name, io.t);
  if (TIMED.includes(name)) state.begun = io.t;
}

// From the relief position back into the exercise takes as long as getting into it; what was done of a hold counts.
function readyAgain(state, ready) {
  const part = state.parts[state.part];
  if (["hold", "tempo", "minutes"].includes(part.kind)) {
    state.made.ms += state.spent;
    part.ms -= state.spent;
    state.parts.splice(state.part, 0, { ...part, kind: "get-ready", ms: ready });
  } else if (part.kind !== "side") Object.assign(part, { kind: "get-ready", ms: ready });
  state.spent = 0;
  return state.parts[state.part].kind;
}

/** X14: a plain wish to stop is told apart from a symptom. */
export function askWhy(state, action, io) {
  go(state, "stop-why", io.t);
}

export function notStopped(state, action, io) {
  go(state, "paused", io.t);
}

export function toggleWait(state) {
  state.wait = !state.wait;
}

export function askRelief(state, action, io) {
  holdStill(state, io.t);
  const from = state.name === "paused" ? state.back : { name: state.name, ask: false };
  state.back = { since: io.t, ...from, relief: true };
  go(state, "relief", io.t);
}

/** R25: carry on. Pain is asked first where it was long (X5, X9). */
export function leaveRelief(state, action, io) {
  recordRelief(state, io);
  if (state.back.first) return go(state, state.back.first, io.t);
  resume(state, action, io);
}

/** R25: stop for today; why is asked (X14). */
export function stopFromRelief(state, action, io) {
  recordRelief(state, io);
  go(state, "stop-why", io.t);
}

export function recordRelief(state, io) {
  io.emit("relief", { item: currentItem(state, io.plan)?.id ?? null, seconds: Math.round((io.t - state.since) / 1000) });
}

export function tickIdle(state, action, io) {
  if (io.t - state.since >= TOO_LATE_MS) closeSession(state, io, "no-answer");
}

export function tickPaused(state, action, io) {
  const date = io.date(io.wall);
  if (io.t - (state.back?.since ?? state.since) >= TOO_LATE_MS) return closeSession(state, io, "too-late");
  if (date !== state.checkedIn?.date) closeSession(state, io, "midnight");
}

export function tickUnanswered(state, action, io) {
  const waited = io.t - state.since;
  if (waited >= NO_ANSWER_MS) return closeSession(state, io, "no-answer");
  if (waited >= ASK_AGAIN_MS && !state.ask.paused) {
    Object.assign(state.ask, { paused: true, quick: "" }); // after a pause, numbers
    state.turn += 1;
    io.emit("paused", { item: currentItem(state, io.plan)?.id ?? null });
  }
}

/** The page was left and is open again: at the same step, paused, and pain is asked before going on (X5). */
export function restore(state, action, io) {
  const cut = state.seen;
  const running = UNDER_WAY.filter((name) => name !== "stopped" && name !== "resting"); // X10: the rest runs on
  if (!running.includes(state.name)) return;
  if (io.t - cut.t >= TOO_LATE_MS) return closeSession(state, io, "too-late");
  if (io.date(io.wall) !== state.checkedIn.date) return closeSession(state, io, "midnight");
  if (["relief", "paused", "stop-why"].includes(state.name)) {
    state.back = { ...state.back, ask: true };
    return go(state, "paused", io.t);
  }
  holdStill(state, cut.t);
  const name = state.name === "unseen" || state.name === "count" ? state.parts[state.part].kind : state.name;
  interrupt(state, io, name, cut.t);
}
