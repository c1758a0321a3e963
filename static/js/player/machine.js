// The session as a state machine. reduce() takes a state, an action and what the session is made of, and gives
// the next state and the events to record. No DOM, no timers, no clock: every action brings its own time.
// States are plain JSON, so that they can be stored after each step and taken up again (X5).

import { answerQuestion, backQuestion, chooseKind, openCheckIn, questionTick, startSession } from "./questions.js";
import * as run from "./running.js";
import * as pain from "./pain.js";
import * as pausing from "./pausing.js";
import { ease } from "./easing.js";
import * as end from "./ending.js";
import { correct } from "./moves.js";

export const FINAL = ["outcome", "no-session", "over", "done", "closed"];
const REPEAT_MS = 500; // whatever the second press of a double press hits
const UNMEANT_MS = 1000; // a press meant for the screen before, or for waking the device, answers nothing that counts
const ANSWERS = { pain: ["same", "more"], unseen: ["yes", "again", "skip"] };
const FORMS = ["answer", "pain", "finished"]; // a form that is empty answers no second press
const NO_PRESS = ["tick", "restore", "locked"];

const questions = { answer: answerQuestion, back: backQuestion, tick: questionTick };
const aside = { relief: pausing.askRelief, hurts: pain.hurts, pause: pausing.pause };
const timed = { ...aside, tick: run.tickPart, next: run.skipPart, done: run.finishEarly, symptoms: run.firstSymptoms };
const asked = { hurts: pain.hurts, relief: pausing.askRelief, tick: pausing.tickIdle };
const waiting = { ...aside, ready: run.beginSet, skip: run.skipItem, correct, tick: pausing.tickIdle };

/** state -> action -> what happens; an action that is not here does nothing in that state. */
export const TRANSITIONS = {
  question: questions,
  offer: { start: startSession, choose: chooseKind, back: backQuestion, wait: pausing.toggleWait },
  space: { ...aside, ready: run.spaceReady, tick: pausing.tickIdle },
  intro: waiting,
  between: waiting,
  "get-ready": timed,
  hold: timed,
  tempo: timed,
  relax: timed,
  side: timed,
  minutes: timed,
  unseen: { yes: pausing.afterUnseen(run.unseenYes), again: pausing.afterUnseen(run.unseenAgain), skip: pausing.afterUnseen(run.skipItem), ...asked },
  count: { yes: run.countAll, no: run.countSome, ...asked },
  paused: {
    resume: pausing.resume, skip: pausing.resume, stop: pausing.askWhy, relief: pausing.askRelief, hurts: pain.hurts,
    wait: pausing.toggleWait, correct, tick: pausing.tickPaused,
  },
  "stop-why": { wish: pain.wish, unwell: pain.unwell, hurts: pain.hurts, other: pain.otherSign, back: pausing.notStopped, tick: pausing.tickPaused },
  relief: { ready: pausing.leaveRelief, easier: ease, stop: pausing.stopFromRelief, hurts: pain.hurts, tick: pausing.tickPaused },
  pain: { pain: pain.answerPain, same: pain.sameOrLess, more: pain.askMore, back: pain.withdrawPain, tick: pausing.tickUnanswered },
  stopped: { ready: pain.beginRest, correct, tick: pain.tickStopped },
  resting: { hurts: pain.askNow, settled: pain.askNow, tick: pain.tickRest },
  "rest-ask": { pain: pain.answerRest, tick: pausing.tickUnanswered },
  settled: { next: run.nextItem, finish: end.toFinish, correct, ...asked },
  ended: { ready: end.closeEnded, correct, tick: end.tickEnded },
  finish: { finished: end.finish, correct, tick: pausing.tickIdle },
};

/** From the outside: the page was opened again; the clinic's server says that a lock is open (S2). */
const ALWAYS = { restore: pausing.restore, locked: end.lockedElsewhere };

/**
 * @param {object} state what create() or an earlier reduce() gave
 * @param {{type: string, t: number, wall: number}} action t: ms on the session's time line; wall: epoch ms
 * @param {{plan: object, rules: object, uuid: () => string, date: (wall: number) => string,
 *   prefer?: {ready: number, wait: boolean}}} env prefer: seconds to get ready, wait after each rest
 * @returns {{state: object, events: object[], changed: boolean}}
 */
export function reduce(state, action, env) {
  if (!handlerOf(state, action) || repeated(state, action)) return { state, events: [], changed: false };
  const next = structuredClone(state);
  const events = [];
  const io = { ...env, t: action.t, wall: action.wall, emit: (kind, payload) => record(next, events, kind, payload, action, env) };
  if (!ALWAYS[action.type]) settle(next, action, io);
  if (next.name === state.name || action.type in aside) handlerOf(next, action)?.(next, action, io);
  if (next.due) end.lockedElsewhere(next, { level: next.due }, io);
  if (!NO_PRESS.includes(action.type)) next.press = { t: action.t };
  // What an opened page finds running has not been seen yet: the next look tells how long it was away.
  if (action.type !== "restore" || next.turn !== state.turn) next.seen = { t: action.t, wall: action.wall };
  const changed = action.type !== "tick" || events.length > 0 || next.turn !== state.turn;
  return { state: next, events, changed };
}

/** The first state of a session: its check-in (X4, S15). */
export function create(env, { t, wall }) {
  const plan = env.plan;
  const state = {
    v: 1, session: plan.session, account: plan.account, name: "question", turn: 0, since: t, seq: 0,
    seen: { t, wall }, press: null, kind: plan.kind, order: [], at: 0, set: 1, parts: [], part: 0,
    spent: 0, begun: null, made: null, stops: 0, limits: 0, interval: null, results: {}, off: [...(env.off ?? [])], spaced: false, eased: null,
    wait: Boolean(plan.waits || env.prefer?.wait), baseline: null, restrictions: [], walking: true, undo: null, ask: null, q: null, end: null,
    outcome: null, back: null, checkedIn: null, started: false, rest: null,
  };
  openCheckIn(state, { ...env, t, wall });
  return state;
}

const handlerOf = (state, { type }) => ALWAYS[type] ?? TRANSITIONS[state.name]?.[type];

// Time passes before a press does anything: a press finds no more than a look at that moment would. What it was meant
// for may be over by then.
function settle(state, action, io) {
  pausing.lapse(state, io);
  if (!["tick", "hurts"].includes(action.type)) TRANSITIONS[state.name]?.tick?.(state, { type: "tick" }, io);
}

function repeated({ name, since, press }, { type, t }) {
  if (ANSWERS[name]?.includes(type) && t - since < UNMEANT_MS) return true;
  return Boolean(press) && t - press.t < REPEAT_MS && ![...NO_PRESS, ...FORMS, "hurts"].includes(type);
}

function record(state, events, kind, payload, action, env) {
  const event = {
    id: env.uuid(), kind, at: new Date(action.wall).toISOString(), zone: env.plan.zone,
    local_date: env.date(action.wall), mono: Math.round(action.t), seq: state.seq, payload,
  };
  state.seq += 1;
  events.push(event);
  return event.id;
}
