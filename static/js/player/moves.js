// Small steps that all parts of the machine share.

export { score } from "./rules.js";

/** The states that a clock runs through. */
export const TIMED = ["get-ready", "hold", "tempo", "relax", "side", "minutes"];
/** A shorter absence carries on; what ended in a longer one is asked about. */
export const UNSEEN_MS = 3_000;

/** Enter a state; turn counts the entries, so that a view can tell a new screen from a new second. */
export function go(state, name, t) {
  state.name = name;
  state.since = t;
  state.turn += 1;
}

export function itemsOf(plan, kind) {
  if (kind === "minimum" && plan.kind !== "minimum") return plan.minimum;
  if (kind === "relief" && plan.kind !== "relief") return plan.relief_only;
  return plan.items;
}

/** The item that is being done, as far as it was made easier today, or undefined when none is left. */
export function currentItem(state, plan) {
  const id = state.order[state.at];
  const item = itemsOf(plan, state.kind).find((each) => each.id === id);
  const { item: eased, ...dose } = state.eased ?? {};
  return item && eased === id ? { ...item, dose: { ...item.dose, ...dose } } : item;
}

/** Milliseconds left of the running or paused part. */
export function remaining(state, t) {
  const part = state.parts[state.part];
  if (!part) return 0;
  return Math.max(0, part.ms - state.spent - (state.begun === null ? 0 : t - state.begun));
}

/** Stop the running part's clock; what has passed is kept. */
export function holdStill(state, t) {
  if (state.begun === null) return;
  const part = state.parts[state.part];
  state.spent = Math.min(part ? part.ms : 0, state.spent + Math.max(0, t - state.begun));
  state.begun = null;
}

/** X17: what an answer says about signs, as the tables name it. */
export const SIGNS = {
  same: {},
  worse: { worse: true },
  spread: { spread: true },
  brief: { tingling: "brief" },
  lasting: { tingling: "lasting" },
  unwell: { alarm: "unwell" },
  stop: { alarm: "unwell", reason: "stop" }, // X14: a plain wish to stop is no end by a symptom
  fall: { alarm: "fall" },
  weak: { alarm: "red", group: "S9" },
  hands: { alarm: "red", group: "S8" },
  saddle: { alarm: "red", group: "S5" },
  chest: { alarm: "red", group: "S11" },
  collapse: { alarm: "red", group: "S11" },
  stroke: { alarm: "red", group: "S14" },
};

/** The signs of an answered pain question, with what was not said filled in. */
export function signsOf(change) {
  return { worse: false, spread: false, tingling: "none", alarm: "none", ...SIGNS[change] };
}

/** Ask for pain now; said holds what a button has already said. After a set, one press may be the answer. */
export function openPain(state, io, source, said = {}) {
  const quick = ["after-set", "minutes"].includes(source) && !said.worse;
  state.ask = { source, said, replaces: null, error: false, paused: false, quick: quick ? "open" : "" };
  go(state, "pain", io.t);
}

/** The last answer again, until the next step has begun. */
export function correct(state, action, io) {
  if (!state.undo) return;
  const { id, before, fresh } = state.undo;
  const { seq, turn, press, name: from, off } = state;
  Object.assign(state, JSON.parse(before), { seq, turn, press, undo: null });
  state.ask = { ...state.ask, replaces: id, error: false, fresh, from, off };
  go(state, state.name, io.t);
}

/** S17: this exercise is not offered again today. */
export function stopItem(state, item, label) {
  state.off.push(item.slug);
  state.results[item.id] = label;
}

export function recordEnd(state, io) {
  const { row, rule, why } = state.end;
  io.emit("ended", { row, rule, why });
}

export function closeSession(state, io, why) {
  holdStill(state, io.t);
  // An answer that is due leaves what was said before: with this press, or in the answer that was to be corrected (S17, S18).
  const { source, from, off } = ["pain", "rest-ask"].includes(state.name) ? state.ask : {};
  if (off) state.off = off;
  else if (source === "stop-button" && state.kind !== "relief") stopItem(state, currentItem(state, io.plan), "stopped-pain");
  const rule = why === "no-answer" ? "X9" : "X5";
  io.emit("ended", { row: rule, rule, why });
  state.end = { why };
  go(state, from === "ended" ? "over" : "closed", io.t);
}
