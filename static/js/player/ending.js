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

/**
 * S2: a lock that is open beats everything. The screen of an outcome stays, but for a graver one (X7); what is being
 * asked goes to its end first once it has begun, for it may be graver (X17), and the lock follows (reduce). Without a
 * level the clinic does not let what was begun here go on (S18, R10, X14): it is over, as it is when its page is opened
 * again.
 */
export function lockedElsewhere(state, { level = "H" }, io) {
  const { name, q } = state;
  state.due = level || state.due;
  // Nothing is under way at the first question of a check-in.
  if (level !== "E" && (name === "ended" || (name === "question" && q.n > (q.purpose === "check-in")))) return;
  if (name === "outcome" ? "ETH".indexOf(level || "H") >= "ETH".indexOf(state.outcome.level) : !level && !state.started) return;
  state.begun = null;
  if (level) state.outcome = { level, locks: [], elsewhere: true };
  else state.end = {};
  go(state, level ? "outcome" : "over", io.t);
}
