// What the answers lead to: tables C and A, blood pressure, falls, and the start of the session.

import { FALL_RISK, YES, ask, isHigh, isScreen, openQuestions, questionIds } from "./asking.js";
import { go, recordEnd, score } from "./moves.js";
import { enterItem, orderOf } from "./running.js";

const UNANSWERED_SIGN_MS = 300_000; // X17
const CHECK_IN_MS = 2 * 3600_000; // X5
const SCORES = ["spine", "limb"];

export function openCheckIn(state, io) {
  openQuestions(state, "check-in", {}, io);
}

export function answerQuestion(state, action, io) {
  const { q } = state;
  if (action.id !== q.at) return;
  const value = SCORES.includes(q.at) ? score(action.value) : action.value;
  if (value === null || value === undefined || value === "") return;
  q.answers[q.at] = value;
  q.first ??= io.t;
  if (action.pressure) q.answers.pressure = action.pressure;
  const judged = q.purpose === "fall" ? null : judgeSoFar(state, io);
  if (judged?.gravest === "E") return showOutcome(state, judged, io, false);
  const ids = questionIds(state, io);
  const next = ids[ids.indexOf(q.at) + 1];
  const screened = judged && !isScreen(next, io) && isScreen(q.at, io);
  if (screened && stops(judged)) return showOutcome(state, judged, io, true);
  if (next) return ask(state, next, io);
  if (q.purpose === "fall") return judgeFall(state, io);
  if (q.purpose === "group") return showOutcome(state, judged, io, true);
  completeCheckIn(state, io);
}

export function backQuestion(state, action, io) {
  const { q } = state;
  const ids = questionIds(state, io);
  if (state.name === "offer") return ask(state, ids.at(-1), io);
  const place = ids.indexOf(q.at);
  if (place > 0) ask(state, ids[place - 1], io); // a sign that was told is not taken back (X17)
}

/** X17: a sign that is not answered for five minutes counts as yes; S33: yesterday's check-in lapses. */
export function questionTick(state, action, io) {
  if (state.q.purpose === "check-in") {
    if (io.date(io.wall) !== state.q.date) {
      state.end = { why: "midnight" };
      go(state, "closed", io.t);
    }
    return;
  }
  if (io.t - state.q.begun < UNANSWERED_SIGN_MS) return; // from the sign, not anew for each question
  if (state.q.purpose === "fall") return judgeFall(state, io);
  const open = () => questionIds(state, io).find((id) => !(id in state.q.answers)); // grades follow their signs
  for (let id = open(); id; id = open()) state.q.answers[id] = "not-sure";
  showOutcome(state, judgeSoFar(state, io), io, false);
}

function judgeSoFar(state, io) {
  return io.rules.judge(screenAnswers(state, io), io.plan.known_signs ?? []);
}

// X7: a lock of walking entries alone (S13) leaves the others.
function stops(judged) {
  return judged.earned.some((each) => each.scope === "all");
}

function screenAnswers(state, io) {
  const given = questionIds(state, io).filter((id) => isScreen(id, io) && id in state.q.answers);
  return Object.fromEntries(given.map((id) => [id, state.q.answers[id]]));
}

function showOutcome(state, judged, io, complete) {
  recordScreens(state, io, complete);
  if (state.end) recordEnd(state, io);
  // A sign in a session is never below T, whatever the further answers say (X17, S3).
  if (!stops(judged)) return lock(state, [["T", "S18"]], io);
  const { answers, purpose } = state.q;
  const all = questionIds(state, io).every((id) => id in answers || isScreen(id, io));
  if (purpose !== "check-in" || !all || !isHigh(answers.pressure, io.rules)) return lock(state, judged.locks, io);
  io.emit("check-in", checkInPayload(answers, io.plan)); // the clinic learns of the pressure too
  lock(state, [...judged.locks, ...pressureLocks(state, io)], io);
}

function lock(state, locks, io) {
  state.undo = null;
  const level = ["E", "T", "H"].find((each) => locks.some(([given]) => given === each));
  state.outcome = { level, locks };
  go(state, "outcome", io.t);
}

// S11: 180/110 or more is T and H; 180/120 with a sign of its group is E.
function pressureLocks(state, io) {
  const { pressure } = state.q.answers;
  if (!isHigh(pressure, io.rules)) return [];
  const { systolic, diastolic_emergency } = io.rules.thresholds;
  const grave = pressure[0] >= systolic || pressure[1] >= diastolic_emergency;
  const sign = Object.entries(screenAnswers(state, io)).some(([id, said]) => id.startsWith("s11-") && io.rules.screen.questions[id].when === true && said !== "no");
  return [...(grave && sign ? [["E", "S11"]] : []), ["T", "S11"], ["H", "S11"]];
}

function recordScreens(state, io, complete) {
  const answers = Object.entries(screenAnswers(state, io));
  const { purpose, group, answers: all } = state.q;
  const whole = purpose === "group" ? group : io.plan.full_screen_due ? "full" : YES.includes(all.q1) ? "short" : "";
  for (const scope of whole ? [whole] : ["S7", "S11"]) {
    const some = answers.filter(([id]) => whole || id.startsWith(`${scope.toLowerCase()}-`));
    if (some.length) io.emit("screen", { scope, answers: Object.fromEntries(some), complete });
  }
}

function judgeFall(state, io) {
  const said = (id) => state.q.answers[id] ?? "not-sure";
  const answers = { head: said("fall-head"), pain: said("fall-pain"), thinner: said("fall-thinner"), cannot_get_up: said("fall-up") };
  io.emit("fall-check", answers);
  recordEnd(state, io);
  const grave = Object.values(answers).some((answer) => YES.includes(answer));
  lock(state, grave ? [["E", "S25"]] : [["T", "S25"], ["H", "S25"]], io);
}

function completeCheckIn(state, io) {
  const given = checkInPayload(state.q.answers, io.plan);
  recordScreens(state, io, true);
  state.walking = !judgeSoFar(state, io).earned.some((each) => each.scope === "walking");
  io.emit("check-in", given);
  const high = pressureLocks(state, io);
  if (high.length) return lock(state, high, io);
  judgeCheckIn(state, given, io);
}

/** Table C over a check-in whose screens are done and earned no lock. */
export function judgeCheckIn(state, given, io) {
  const { plan } = io;
  const result = io.rules.decide("C", {
    open_lock: false,
    q1: "no",
    full_screen_due: false,
    now_spine: given.spine,
    now_limb: given.limb,
    usual_spine: plan.usual?.spine ?? null,
    usual_limb: plan.usual?.limb ?? null,
    q3: given.q3,
    last: given.last ?? "same",
    q5: given.q5 === "fever" ? "dizzy-or-unwell" : given.q5,
    up24: up24(given, plan, io.wall),
    sleep_worse: given.sleep_worse,
    ask_sugar: Boolean(plan.ask_sugar),
    sugar_ok: given.sugar_ok,
    pressure: given.pressure ?? null,
  });
  state.checkedIn = { t: state.q.first ?? io.t, date: io.date(io.wall), row: result.row };
  state.kind = plan.kind; // an answer that was mended orders nothing any more
  state.baseline = { spine: given.spine, limb: given.limb };
  state.restrictions = [...result.extras.restrictions];
  if (Object.values(given.fall_risk ?? {}).some((said) => YES.includes(said))) state.restrictions.push("no-fall-risk-entries"); // S25, R12
  follow(state, result, given.q3, io);
}

function follow(state, result, q3, io) {
  if (result.outcome === "lock-H-and-T") return lock(state, [["T", result.rule], ["H", result.rule]], io);
  if (result.outcome === "no-session") return stopHere(state, { C7: "dizzy", C8: "vomiting" }[result.row] ?? "sugar", io);
  const offers = { start: "start", "relief-only": "relief", "minimum-plan": "minimum", "offer-minimum-plan": "choice" };
  if (!offers[result.outcome]) return stopHere(state, "unclear", io); // S33: nothing starts on half an answer
  state.offer = state.kind === "relief" ? "relief" : offers[result.outcome];
  if (state.offer === "relief") state.kind = "relief";
  if (state.offer === "minimum" && state.kind === "full") state.kind = "minimum";
  state.order = orderOf(state, io.plan);
  const shorter = state.kind === "full" && orderOf({ ...state, kind: "minimum" }, io.plan).length > 0;
  if (state.offer === "choice" && !shorter) state.offer = state.kind === "full" ? "start" : "minimum"; // no choice is left
  state.day = { suggested: { better: "good", worse: "bad" }[q3] ?? "ordinary", shorter };
  go(state, "offer", io.t);
}

function stopHere(state, why, io) {
  state.end = { row: state.checkedIn.row, rule: null, why };
  go(state, "no-session", io.t);
}

function checkInPayload(answers, plan) {
  const last = answers.last === "bit-worse" ? `bit-worse-${answers["last-back"] === "yes" ? "back" : "not-back"}` : answers.last;
  return {
    q1: answers.q1 ?? "no",
    spine: answers.spine,
    limb: answers.limb,
    q3: answers.q3,
    last: plan.last_session ? last : null,
    sleep_worse: YES.includes(answers.sleep),
    q5: answers.q5,
    sugar_ok: plan.ask_sugar ? answers.sugar === "yes" : null,
    pressure: Array.isArray(answers.pressure) ? answers.pressure : null,
    fall_risk: plan.fall_questions_due ? Object.fromEntries(FALL_RISK.map((id) => [id, answers[id]])) : null,
  };
}

/** Table C: how far the scores are above those of a session that ended 20 to 72 hours ago, else null. */
function up24(now, { last_session: last, minted_at }, wall) {
  const hours = last?.hours_ago + ((wall - Date.parse(minted_at)) / 3600_000 || 0); // the plan may have been kept (X3)
  if (!(hours >= 20 && hours <= 72)) return null;
  return Math.max(now.spine - last.baseline_spine, now.limb - last.baseline_limb);
}

/** C12: the shorter plan is offered, not ordered. */
export function chooseKind(state, action, io) {
  if (state.offer !== "choice") return;
  state.kind = action.kind === "minimum" && state.kind === "full" ? "minimum" : state.kind;
  startSession(state, { ...action, day: state.kind === "minimum" ? "bad" : "ordinary" }, io);
}

/** The kind of day is the patient's to say: less than table C allows is always allowed, more never is. */
export function startSession(state, action, io) {
  const stale = io.t - state.checkedIn.t >= CHECK_IN_MS || io.date(io.wall) !== state.checkedIn.date;
  if (stale) {
    state.end = { why: "check-in-old" };
    return go(state, "closed", io.t);
  }
  const day = state.offer === "choice" || (state.offer === "start" && state.kind === "full") ? action.day : null;
  if (day === "bad" && state.day?.shorter) state.kind = "minimum";
  state.order = orderOf(state, io.plan);
  if (!state.order.length) return stopHere(state, "nothing-left", io);
  state.started = true;
  io.emit("started", { kind: state.kind, restrictions: state.restrictions, ...(day && { day }) });
  enterItem(state, io);
  if (io.plan.relief_first && state.kind === "full") { // X17: offered before the opener; it may be skipped
    state.back = { first: state.name, ask: false };
    go(state, "relief", io.t);
  }
}
