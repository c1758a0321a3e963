import assert from "node:assert/strict";
import test from "node:test";

import { SIGNS } from "../../static/js/player/moves.js";
import { minutesLeft, setCount } from "../../static/js/player/sets.js";
import { rulesData } from "./rules-data.mjs";
import { play, item, walk } from "./sample.mjs";

const stopped = () => play().begun().act("ready").until("hold").run(5).act("pause").act("stop");

test("X14 a plain wish to stop ends the session, needs no number and says that it is no symptom", () => {
  const session = stopped().act("wish");
  assert.equal(session.state.name, "ended");
  assert.equal(session.state.end.row, "T3");
  const { alarm, reason, spine, limb } = session.last("pain");
  assert.deepEqual({ alarm, reason, spine, limb }, { alarm: "unwell", reason: "stop", spine: null, limb: null });
});

test("X14 X17 dizzy, faint or breathless is no plain wish", () => {
  const { alarm, reason } = stopped().act("unwell").last("pain");
  assert.deepEqual({ alarm, reason }, { alarm: "unwell", reason: undefined });
});

test("stopping may be taken back, hurting asks about pain, and another sign is asked about", () => {
  assert.equal(stopped().act("back").act("resume").state.name, "hold");
  assert.deepEqual(stopped().act("hurts").state.ask.said, { worse: true });
  const other = stopped().act("other");
  assert.equal(other.state.name, "pain");
  assert.equal(other.act("back").state.name, "paused");
});

test("X5 the question why is left by a refresh: paused, and pain is asked before going on", () => {
  const session = stopped().act("restore", {}, 60_000);
  assert.equal(session.state.name, "paused");
  assert.equal(session.act("resume").state.ask.source, "resume");
});

test("X17 each red sign carries a group of Table A, after a set and while resting", () => {
  const groups = new Set(rulesData.screen.groups.map((group) => group.id));
  const red = Object.entries(SIGNS).filter(([, sign]) => sign.alarm === "red");
  assert.ok(red.length >= 6);
  for (const [change, { group }] of red) {
    assert.ok(groups.has(group), change);
    const after = play().begun().set().act("pain", { spine: null, limb: null, change });
    assert.equal(after.last("pain").group, group);
    assert.equal(after.state.q.group, group);
    const resting = play().begun().set().pain(4, 2).act("ready").run(121).act("pain", { spine: null, limb: null, change });
    assert.equal(resting.last("rest-check").group, group);
  }
  assert.equal("group" in play().begun().set().pain(4, 2).last("pain"), false);
});

test("X17 the five minutes run from the sign, not anew with each question", () => {
  const session = play().begun().set().pain(null, null, "chest");
  for (const id of ["s11-chest", "s11-breath"]) session.run(140).answer(id, "no");
  assert.equal(session.state.name, "question");
  session.run(30);
  assert.equal(session.state.name, "outcome");
  assert.equal(session.last("screen").complete, false);
});

test("S25 the five minutes after a fall run from the fall", () => {
  const session = play().begun().set().pain(null, null, "fall");
  session.run(200).answer("fall-head", "no").run(110);
  assert.equal(session.state.outcome.level, "E", "what nobody answered counts as yes");
});

test("a press of hurts between two sets comes back between them, and the next set is still to be done", () => {
  const session = play().begun().set().pain(3, 2);
  assert.equal(session.state.name, "between");
  session.act("hurts").pain(3, 2, "spread").act("correct");
  assert.equal(session.state.name, "pain");
  const other = play().begun().set().pain(3, 2).act("pause").act("stop").act("other").pain(3, 2).act("resume");
  assert.equal(other.state.name, "between");
  other.act("ready").until("pain");
  assert.equal(other.last("set-done").set, 2);
});

test("R22 the minutes left are those of the plan at the start and never grow", () => {
  const items = [walk(), item({ id: "A2", slug: "x", category: "stretch", dose: { sets: 1, reps: 3, hold_s: 20, rest_s: 10, per_side: true } }), item({ id: "A3", slug: "y" })];
  const session = play({ items }).begun();
  const left = () => minutesLeft(session.state, items);
  // 15 min 20 s; 6 x 24 s + 5 x 10 s + 40 s; 4 x 34 s + 60 s + 40 s
  assert.equal(left(), Math.round((920 + 234 + 236) / 60));
  let before = left();
  session.act("ready");
  for (let n = 0; n < setCount(items[0]) + 4 && session.state.name !== "finish"; n += 1) {
    session.set();
    assert.ok(left() <= before && left() >= 1);
    before = left();
    session.pain(3, 2);
  }
  assert.ok(before <= 3);
});

test("R22 an exercise that was stopped takes no more minutes", () => {
  const session = play().begun().set();
  const before = minutesLeft(session.state, session.env.plan.items);
  session.pain(4, 2);
  assert.ok(minutesLeft(session.state, session.env.plan.items) < before);
});

test("R39 a rest that waits for the patient says so instead of counting 00", async () => {
  const { textsOf } = await import("../../static/js/player/view.js");
  const words = new Proxy({}, { get: (_, name) => String(name) });
  const session = play({ waits: true }).begun().act("ready").until("relax");
  assert.notEqual(textsOf(session.state, session.t, session.env.plan, words).digits, "");
  session.run(60);
  const { digits, phase } = textsOf(session.state, session.t, session.env.plan, words);
  assert.deepEqual([digits, phase], ["", "goWhenReady"]);
});

test("X17 S3 a sign whose questions are all answered no is T still", () => {
  const session = play().begun().set().act("pain", { spine: null, limb: null, change: "chest" });
  while (session.state.name === "question") session.answer(session.state.q.at, "no");
  assert.deepEqual([session.state.outcome.level, session.last("ended").row], ["T", "T1"]);
});

test("X16 S18 in a session of rest positions every sign ends it, a rise does not", () => {
  const resting = () => play().checkIn(7, 2).act("start").act("ready").until("pain");
  for (const sign of ["spread", "lasting", "unwell"]) assert.equal(resting().pain(7, 2, sign).state.name, "ended", sign);
  assert.equal(resting().pain(9, 4, "worse").state.name, "finish");
});

test("an answer that came from no form is corrected in an empty one", () => {
  for (const act of ["wish", "unwell"]) {
    const session = play().begun().set().pain(3, 2).act("pause").act("stop").act(act).act("correct");
    assert.ok(session.state.ask.replaces && session.state.ask.fresh, act);
  }
  const form = play().begun().set().pain(5, 2).act("correct");
  assert.ok(form.state.ask.replaces && !form.state.ask.fresh, "what was chosen in the form is kept");
});
