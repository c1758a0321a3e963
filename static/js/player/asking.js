// Which questions are asked, one a screen: the check-in (S15, X4), Table A, the list after a fall (S25).

import { go } from "./moves.js";
import { screenIds } from "./rules.js";

export const YES = ["yes", "not-sure"]; // S3, X6
const FALL = ["fall-head", "fall-pain", "fall-thinner", "fall-up"];

export function openQuestions(state, purpose, more, io) {
  state.q = { purpose, answers: {}, at: null, first: true, begun: io.t, date: io.date(io.wall), ...more };
  state.q.at = questionIds(state, io)[0];
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
  ids.push("q5");
  if (answers.q5 === "fever") ids.push(...screened("S7").filter((id) => !ids.includes(id)));
  if (plan.ask_sugar) ids.push("sugar");
  return ids;
}

export function isScreen(id, { rules }) {
  return Boolean(id) && id in rules.screen.questions;
}
