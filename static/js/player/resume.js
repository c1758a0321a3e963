// Where a session stands when its page is opened: from this device's memory, or from what the clinic already has.

import { FINAL, create } from "./machine.js";
import { go, itemsOf } from "./moves.js";
import { judge } from "./pain.js";
import { judgeCheckIn } from "./questions.js";
import { orderOf } from "./running.js";
import { setCount } from "./sets.js";

const TOO_LATE_MS = 1_800_000; // X5
const CLOSED = { finished: "done", ended: "over", closed: "closed", refused: "over" };
const ASKING = ["question", "pain", "rest-ask", "ended"];

/**
 * @param {object | null} saved the state that this device kept
 * @param {{state: string, locked: boolean, level: string, events: object[], seq: number}} status the clinic's word
 */
export function takeUp(saved, env, now, status) {
  const mine = saved?.v === 1 && saved.session === env.plan.session && saved.account === env.plan.account ? saved : null;
  const over = CLOSED[status.state];
  // S17, X5: what was stopped on another device since, or here before the disk failed, is not offered again.
  const behind = mine?.seq < status.seq;
  const stands = over ? mine?.started && ASKING.includes(mine.name) : !behind;
  if (mine && (stands || FINAL.includes(mine.name))) return mine;
  const state = create(env, now);
  state.seq = Math.max(status.seq ?? 0, mine?.seq ?? 0);
  if (closes(status, env.plan)) {
    state.outcome = { level: status.level || "H", locks: [], elsewhere: true };
    go(state, "outcome", now.t);
  } else if (over) {
    state.end = { why: over === "closed" ? "too-late" : "" };
    go(state, over, now.t);
  } else if (status.events?.length) {
    rebuild(state, { ...env, ...now, emit: () => null }, status.events);
  }
  return state;
}

/** S2: the level of a lock that holds on this device, "clear" where the clinic has since let it go, or null. */
export function afterServer(lock, status, plan) {
  if (closes(status, plan)) return status.level || "H";
  if (!lock || (plan.kind === "relief" && lock.level === "H")) return null;
  // The lock's own session keeps its screen.
  if (lock.session === plan.session) return null;
  return lock.answered ? "clear" : lock.level;
}

/** S2: with H alone, rest positions stay open. */
export function closes({ locked, level }, { kind }) {
  return Boolean(locked) && !(kind === "relief" && level === "H");
}

// Another device, or a memory that was wiped: what the clinic has is gone through once more.
function rebuild(state, io, events) {
  const replaced = new Set(events.map((event) => event.payload.replaces).filter(Boolean));
  const kept = events.filter((event) => !replaced.has(event.id));
  const answered = kept.findLast((event) => event.kind === "check-in");
  if (!answered) return;
  judgeCheckIn(state, answered.payload, io);
  state.checkedIn = { ...state.checkedIn, t: io.t - io.wall + Date.parse(answered.at), date: answered.local_date };
  const begun = kept.find((event) => event.kind === "started");
  if (!begun) return;
  Object.assign(state, { started: true, moved: true, kind: begun.payload.kind, restrictions: begun.payload.restrictions ?? [] });
  state.order = orderOf(state, io.plan);
  const due = kept.reduce((waiting, event) => retrace(state, io, event, waiting), null);
  if (io.wall - Date.parse(kept.at(-1).at) >= TOO_LATE_MS) {
    state.end = { why: "too-late" };
    return go(state, "closed", io.t);
  }
  if (state.at >= state.order.length) return go(state, "finish", io.t);
  state.ask = { said: {}, replaces: null, error: false, paused: false, source: "resume", ...due };
  state.back = { name: "intro", since: io.t, ask: true };
  go(state, due ? "pain" : "paused", io.t);
}

// Follows one event; returns the pain question that is still owed after it.
function retrace(state, io, { id, kind, payload }, owed) {
  const items = itemsOf(io.plan, state.kind);
  const item = items.find((each) => each.id === payload.item);
  if (!item) return owed;
  const place = state.order.indexOf(item.id);
  if (kind === "skipped") {
    Object.assign(state, { at: place + 1, set: 1 });
    return null;
  }
  if (kind === "eased") state.eased = payload;
  if (kind === "set-done") {
    Object.assign(state, { at: Math.max(place, 0), set: payload.set });
    return { source: item.dose.type === "minutes" ? "minutes" : "after-set" };
  }
  if (kind !== "pain") return owed;
  const { outcome } = judge(state, item, payload, io);
  if (outcome === "ask-again") {
    state.at = place;
    return { source: payload.source, said: { worse: payload.worse }, replaces: id, fresh: true };
  }
  if (outcome === "stop-exercise") {
    state.stops += 1;
    state.off.push(item.slug);
    Object.assign(state, { at: place + 1, set: 1 });
  } else if (outcome === "interval-limit") {
    state.limits += 1;
    Object.assign(state, { at: place + 1, set: 1 });
  } else if (outcome === "continue" && owed) {
    Object.assign(state, state.set >= setCount(item) ? { at: place + 1, set: 1 } : { set: state.set + 1 });
  }
  return null;
}

/**
 * S17, S20, S13, S25: the slugs of the plan's exercises that other sessions of its date, as this device has them, leave
 * out; the clinic may not know of them yet. And those that the clinic holds since the plan was made (S13).
 */
export function offToday(plan, rows = [], status = {}) {
  const states = rows.map(({ state }) => state).filter((state) => state?.started && state.session !== plan.session && state.checkedIn?.date === plan.local_date);
  const walking = !status.walking_locked && states.every((state) => state.walking);
  const steady = states.some((state) => state.restrictions.includes("no-fall-risk-entries"));
  const held = (item) => (!walking && item.category === "aerobic" && item.start === "standing") || (steady && item.not_with_fall_risk);
  const items = [...plan.items, ...plan.minimum, ...plan.relief_only];
  return [...states.flatMap(({ off }) => off), ...items.filter(held).map(({ slug }) => slug)];
}
