// The ways a session ends: by a rule (S18), by a sign (X17), by a fall (S25), or done.

import { openQuestions } from "./asking.js";
import { go, recordEnd, score } from "./moves.js";

const SETTLE_MS = 60_000;

/** S18: the session is over. The words first; recorded when the patient goes on, so that a slip can be mended. */
export function endSession(state, answer, io, wish = false) {
  state.end = { row: answer.row, rule: answer.rule, why: state.undo ? "pain-check" : "asked", wish };
  go(state, "ended", io.t);
}

export function closeEnded(state, action, io) {
  recordEnd(state, io);
  state.undo = null;
  go(state, "over", io.t);
}

export function tickEnded(state, action, io) {
  if (io.t - state.since >= SETTLE_MS) closeEnded(state, action, io);
}

/** X17: a sign opens Table A on its group. */
export function openGroup(state, group, answer, io) {
  state.end = { row: answer.row, rule: answer.rule, why: "sign" };
  openQuestions(state, "group", { group }, io);
}

/** S25: a fall in the session. */
export function openFallCheck(state, answer, io) {
  state.end = { row: answer.row, rule: answer.rule, why: "fall" };
  openQuestions(state, "fall", {}, io);
}

export function toFinish(state, action, io) {
  state.begun = null;
  go(state, "finish", io.t);
}

export function finish(state, action, io) {
  io.emit("finished", { spine: score(action.spine), limb: score(action.limb), effort: score(action.effort) });
  state.undo = null;
  go(state, "done", io.t);
}

/** S2: a lock that is open beats everything; the screen of this session's own outcome stays. */
export function lockedElsewhere(state, action, io) {
  if (state.name === "outcome") return;
  state.begun = null;
  state.outcome = { level: action.level || "H", locks: [], elsewhere: true };
  go(state, "outcome", io.t);
}
