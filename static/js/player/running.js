// Exercises, their sets, and the timed parts of a set.

import { TIMED, UNSEEN_MS, currentItem, go, holdStill, itemsOf, openPain, remaining } from "./moves.js";
import { parts, restSeconds, setCount, stretchSeconds } from "./sets.js";
import { toFinish } from "./ending.js";

/** The order of the session, fixed at its start: what restrictions leave (X18), minus what is off today. */
export function orderOf(state, plan) {
  const seated = state.restrictions.includes("seated-and-lying-only");
  return itemsOf(plan, state.kind)
    .filter((item) => (seated ? item.seated_or_lying : true))
    .filter((item) => !(state.restrictions.includes("no-fall-risk-entries") && item.not_with_fall_risk)) // S25
    .filter((item) => state.walking || !(item.category === "aerobic" && item.start === "standing")) // S13
    .filter((item) => setCount(item) > 0 && !state.off.includes(item.slug))
    .map((item) => item.id);
}

export function enterItem(state, io) {
  clearParts(state);
  Object.assign(state, { set: 1, interval: null, made: null, back: null });
  const item = currentItem(state, io.plan);
  if (!item) return toFinish(state, {}, io);
  if (state.off.includes(item.slug)) {
    state.at += 1;
    return enterItem(state, io);
  }
  go(state, item.standing && !state.spaced ? "space" : "intro", io.t); // S28
}

// Between two sets nothing is running that a break could come back to.
export function clearParts(state) {
  Object.assign(state, { parts: [], part: 0, spent: 0, begun: null });
}

export function spaceReady(state, action, io) {
  state.spaced = true;
  go(state, "intro", io.t);
}

export function nextItem(state, action, io) {
  state.undo = null;
  state.at += 1;
  enterItem(state, io);
}

export function skipItem(state, action, io) {
  const item = currentItem(state, io.plan);
  endWalk(state, item, io, false);
  io.emit("skipped", { item: item.id, reason: action.reason ?? "not-said" });
  state.results[item.id] = "skipped";
  nextItem(state, action, io);
}

export function afterSet(state, item, io) {
  if (state.set < setCount(item)) {
    state.set += 1;
    state.rest = { from: "set", ms: restSeconds(item) * 1000 };
    clearParts(state);
    return go(state, "between", io.t);
  }
  state.results[item.id] ??= "done";
  state.at += 1;
  enterItem(state, io);
}

export function beginSet(state, action, io) {
  const item = currentItem(state, io.plan);
  state.undo = null;
  state.made = { ms: 0, reps: { none: 0, left: 0, right: 0 }, asked: false, first: null, whole: false };
  state.parts = parts(item, state.interval, io.prefer?.ready);
  enterPart(state, 0, io.t);
}

function enterPart(state, index, t) {
  state.part = index;
  state.spent = 0;
  state.begun = t;
  go(state, state.parts[index].kind, t);
}

/** Time has passed in a timed part. What ended while nobody saw it is never credited. */
export function tickPart(state, action, io) {
  const away = io.t - state.seen.t;
  while (TIMED.includes(state.name) && remaining(state, io.t) <= 0) {
    const part = state.parts[state.part];
    if (away >= UNSEEN_MS) return endedUnseen(state, part, io);
    if (state.wait && (part.kind === "relax" || part.kind === "side")) return;
    const deadline = state.begun + part.ms - state.spent;
    partDone(state, part);
    advance(state, io, deadline);
  }
}

function partDone(state, part) {
  if (!["hold", "tempo", "minutes"].includes(part.kind)) return;
  state.made.ms += part.ms;
  if (part.kind !== "minutes") state.made.reps[part.side ?? "none"] += 1;
}

function advance(state, io, t) {
  if (state.part + 1 < state.parts.length) return enterPart(state, state.part + 1, t);
  state.made.whole = true;
  endSet(state, io);
}

function endedUnseen(state, part, io) {
  const asks = part.kind === "hold" || part.kind === "minutes";
  state.begun = null;
  state.spent = 0;
  state.made.since = state.seen.t;
  state.back = asks ? null : { name: part.kind, since: state.seen.t, ask: false };
  go(state, asks ? "unseen" : "paused", io.t);
}

export function unseenYes(state, action, io) {
  state.made.asked = true;
  partDone(state, state.parts[state.part]);
  advance(state, io, io.t);
}

export function unseenAgain(state, action, io) {
  const { side, rep } = state.parts[state.part];
  const ready = state.parts.find((part) => part.kind === "get-ready");
  state.parts.splice(state.part, 0, { ...ready, side, rep });
  enterPart(state, state.part, io.t);
}

/** The patient goes on before a get-ready, a rest or a change of side is over. */
export function skipPart(state, action, io) {
  if (!["get-ready", "relax", "side"].includes(state.name)) return;
  advance(state, io, io.t);
}

/** Done: for what has no hold, at any time. */
export function finishEarly(state, action, io) {
  if (state.name !== "tempo" && state.name !== "minutes") return;
  holdStill(state, io.t);
  state.made.ms += state.spent;
  if (state.name === "minutes") return endSet(state, io);
  go(state, "count", io.t);
}

export function countAll(state, action, io) {
  const { reps } = currentItem(state, io.plan).dose;
  state.made.reps = { none: reps, left: reps, right: reps };
  state.made.whole = true;
  endSet(state, io);
}

export function countSome(state, action, io) {
  endSet(state, io);
}

/** S19: the first leg symptom ends the interval. */
export function firstSymptoms(state, action, io) {
  const item = currentItem(state, io.plan);
  if (item.kind !== "walk" || state.name !== "minutes") return;
  holdStill(state, io.t);
  endWalk(state, item, io);
  openPain(state, io, "minutes", { worse: true });
}

/** S19: a walk that is broken off. What rose in it, or in its pause, came at the latest when the walk stopped. */
export function endWalk(state, item, io, rose = true) {
  const { kind } = state.parts[state.part] ?? {};
  const walked = kind && state.made.ms + (kind === "minutes" ? state.spent : 0);
  if (item.kind !== "walk" || !walked) return;
  state.made.ms = walked;
  if (rose) state.made.first = Math.round(walked / 1000);
  recordInterval(state, item, io);
}

export function endSet(state, io) {
  const item = currentItem(state, io.plan);
  const { reps } = state.made;
  const minutes = item.dose.type === "minutes";
  recordInterval(state, item, io);
  io.emit("set-done", {
    item: item.id,
    set: state.set,
    reps: minutes ? 0 : item.dose.per_side ? Math.min(reps.left, reps.right) : reps.none,
    seconds: Math.round(state.made.ms / 1000),
    asked: state.made.asked,
  });
  openPain(state, io, minutes ? "minutes" : "after-set");
}

function recordInterval(state, item, io) {
  if (item.kind !== "walk" || item.dose.type !== "minutes") return;
  io.emit("interval", {
    item: item.id,
    planned_s: state.interval ?? stretchSeconds(item),
    walked_s: Math.round(state.made.ms / 1000),
    first_symptom_s: state.made.first,
  });
}
