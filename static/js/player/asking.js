// Which questions are asked, one a screen: the check-in (S15, X4), Table A, blood pressure (S11), falls (S25).

import { go } from "./moves.js";
import { screenIds } from "./rules.js";

export const YES = ["yes", "not-sure"]; // S3, X6
const FALL = ["fall-head", "fall-pain", "fall-thinner", "fall-up"];
/** S25: asked every four weeks; any yes sets the code fall-risk. */
export const FALL_RISK = ["fallen-past-year", "unsteady", "worried-about-falling"];

export function openQuestions(state, purpose, more, io) {
  state.q = { purpose, answers: {}, at: null, begun: io.t, date: io.date(io.wall), ...more };
  ask(state, questionIds(state, io)[0], io);
}

export function ask(state, id, io) {
  const ids = questionIds(state, io);
  Object.assign(state.q, { at: id, n: ids.indexOf(id) + 1, of: ids.length });
  go(state, "question", io.t);
}

/** The questions to ask, in order; answers given so far decide which follow. */
export function questionIds(state, { plan, rules }) {
  const { purpose, answers, group } = state.q;
  const screened = (scope) => screenIds(rules.screen, scope, answers, plan.known_signs ?? []);
  if (purpose === "fall") return FALL;
  if (purpose === "group") return screened(group);
  const ids = [];
  if (plan.full_screen_due) ids.push(...screened("full"));
  else {
    ids.push("q1");
    if (YES.includes(answers.q1)) ids.push(...screened("short"));
  }
  ids.push("spine", "limb", "q3");
  if (plan.last_session) {
    ids.push("last");
    if (answers.last === "bit-worse") ids.push("last-back");
    ids.push("sleep");
  }
  if (plan.fall_questions_due) ids.push(...FALL_RISK);
  ids.push("q5");
  const more = (group) => ids.push(...screened(group).filter((id) => !ids.includes(id)));
  if (answers.q5 === "fever") more("S7");
  if (plan.ask_sugar) ids.push("sugar");
  if (plan.ask_pressure) ids.push("pressure");
  if (isHigh(answers.pressure, rules)) more("S11"); // last: a sign ends the questions
  return ids;
}

/** S11: a resting pressure that goes to Table A. */
export function isHigh(pressure, { thresholds }) {
  return Array.isArray(pressure) && (pressure[0] >= thresholds.systolic || pressure[1] >= thresholds.diastolic);
}

export function isScreen(id, { rules }) {
  return Boolean(id) && id in rules.screen.questions;
}
