import assert from "node:assert/strict";
import test from "node:test";

import { dockOf } from "../../static/js/player/dock.js";
import { easierDose, mayEase } from "../../static/js/player/easing.js";
import { remaining } from "../../static/js/player/moves.js";
import { item, play, walk } from "./sample.mjs";

const stretch = { type: "reps", sets: 1, reps: 2, hold_s: 30, rest_s: 20, per_side: true };
const steps = { type: "reps", sets: 2, reps: 10, hold_s: 0, rest_s: 30, per_side: false };
const resting = (session, seconds = 30) => session.act("relief").run(seconds);

test("R25 relief has three ways on: carry on, an easier version, stop for today", () => {
  const session = resting(play().begun().act("ready").until("hold"));
  const words = new Proxy({}, { get: (_, name) => name });
  const dock = dockOf(session.state, item(), words, mayEase(session.state, session.env.plan));
  assert.deepEqual([dock.bar, dock.extra, dock.pause], [["ready", "carryOn"], ["easier", "easier"], ["stop", "stopToday"]]);
  assert.notEqual(dock.hurts, false);
});

test("R25 carrying on takes as long as getting ready, and what was held counts", () => {
  const session = play().begun().act("ready").until("hold").run(12);
  resting(session, 60).act("ready");
  assert.equal(session.state.name, "get-ready");
  session.until("hold");
  assert.ok(Math.abs(remaining(session.state, session.t) - 18_000) < 1200, `${remaining(session.state, session.t)}`);
  session.until("pain");
  assert.ok(Math.abs(session.last("set-done").seconds - 60) <= 1, "two holds of 30 seconds, no more");
  assert.equal(session.last("set-done").reps, 2);
});

test("X5 X9 after two minutes of relief pain is asked before the exercise goes on", () => {
  const session = resting(play().begun().act("ready").until("hold"), 125).act("ready");
  assert.equal(session.state.name, "pain");
  assert.equal(session.state.ask.quick, "", "with numbers");
  assert.equal(session.pain(3, 2).state.name, "get-ready");
  assert.equal(resting(play().begun().act("ready").until("hold").act("pause").run(100), 25).act("ready").state.name, "pain", "the pause before it counts");
});

test("R25 S17 relief after a stop has settled comes back to it, and makes nothing easier that is off", () => {
  const settled = play({ items: [item(), item({ id: "A2", slug: "clamshell" })] }).begun().set().pain(4, 2).act("ready").run(121).pain(3, 2);
  const words = new Proxy({}, { get: (_, name) => name });
  assert.equal(dockOf(settled.state, item(), words, false).relief, true);
  const session = resting(settled);
  assert.equal(mayEase(session.state, session.env.plan), false);
  assert.equal(session.act("ready").state.name, "settled");
  assert.equal(session.act("hurts").pain(4, 2).state.name, "ended", "S18: the second stop");
});

test("R25 X14 stop for today asks why, and may be taken back", () => {
  const session = resting(play().begun().act("ready").until("hold")).act("stop");
  assert.equal(session.state.name, "stop-why");
  assert.equal(session.kinds().at(-1), "relief");
  session.act("back").act("resume");
  assert.equal(session.state.name, "get-ready");
  resting(session).act("stop").act("wish");
  assert.deepEqual([session.state.name, session.state.end.row, session.state.end.wish], ["ended", "T3", true]);
});

test("P12 the easier version is about 30 per cent less of one variable, and never nothing", () => {
  const dose = (changes, category = "strength") => easierDose(item({ category, dose: { hold_s: 0, ...changes } }));
  assert.deepEqual([10, 8, 6, 3, 2].map((reps) => dose({ reps }).reps), [7, 5, 4, 2, 1]);
  assert.equal(dose({ reps: 1 }), null);
  assert.deepEqual(dose({ reps: 1, hold_s: 10 }), { hold_s: 7 });
  assert.deepEqual(dose({ reps: 6, hold_s: 10 }), { reps: 4 });
  assert.deepEqual(dose({ reps: 2, hold_s: 30 }, "stretch"), { hold_s: 21 });
  assert.deepEqual(easierDose(walk()), { stretch_s: 80 });
  assert.deepEqual(easierDose(walk(), 40), { stretch_s: 30 });
  assert.equal(easierDose(walk(), 30), null, "S19: no walk under 30 seconds");
});

test("R25 P12 made easier in the middle of a set: what is left is less, and so are the sets that follow", () => {
  const session = play({ items: [item({ dose: steps })] }).begun().act("ready").until("tempo").run(11, 500);
  assert.equal(session.state.made.reps.none, 2);
  resting(session).act("easier");
  assert.deepEqual(session.last("eased"), { item: "A1", reps: 7 });
  assert.equal(session.state.name, "get-ready");
  session.until("pain");
  assert.equal(session.last("set-done").reps, 7);
  session.pain(3, 2).set();
  assert.equal(session.last("set-done").reps, 7);
});

test("R25 P12 made easier after that much was done: the set is over, and its pain is asked", () => {
  const session = play({ items: [item({ dose: steps })] }).begun().act("ready").until("tempo").run(34, 500);
  assert.equal(session.state.made.reps.none, 8);
  resting(session).act("easier");
  assert.equal(session.state.name, "pain");
  assert.equal(session.last("set-done").reps, 8);
});

test("R25 P12 a stretch made easier is held shorter on both sides", () => {
  const session = play({ items: [item({ category: "stretch", dose: stretch })] }).begun().act("ready").until("hold").run(25);
  resting(session).act("easier").until("pain");
  const { reps, seconds } = session.last("set-done");
  assert.equal(reps, 2);
  assert.ok(Math.abs(seconds - (25 + 3 * 21)) <= 1, `${seconds}`);
});

test("S19 P12 a walk made easier is shorter, and its first signs count from its start", () => {
  const session = play({ items: [walk()] }).begun().act("ready").act("ready").until("minutes").run(40);
  resting(session).act("easier").until("minutes");
  assert.ok(Math.abs(remaining(session.state, session.t) - 40_000) < 1500);
  session.run(20).act("symptoms");
  const walked = session.last("interval");
  assert.equal(walked.planned_s, 80);
  assert.ok(Math.abs(walked.first_symptom_s - 61) <= 2 && walked.first_symptom_s === walked.walked_s, JSON.stringify(walked));
});

test("P12 once for an exercise; the next one has its own dose", () => {
  const session = resting(play({ items: [item({ dose: { ...steps, sets: 1 } }), item({ id: "A2", slug: "clamshell", dose: steps })] }).begun()).act("easier");
  assert.equal(session.state.name, "intro");
  resting(session).act("easier");
  assert.equal(session.state.name, "relief", "not twice");
  session.act("ready").set().pain(3, 2).set();
  assert.equal(session.last("set-done").reps, 10);
  assert.equal(session.kinds().filter((kind) => kind === "eased").length, 1);
});

test("X16 a session of relief is made no easier", () => {
  const session = resting(play({ kind: "relief", items: [item({ id: "R1", dose: { type: "minutes", minutes: 5 } })] }).begun());
  assert.equal(mayEase(session.state, session.env.plan), false);
});

test("S19 while resting from a walk, settled may be said at once; X10 the rest is held all the same", () => {
  const session = play({ items: [walk()] }).begun().act("ready").act("ready").until("minutes").run(50).act("symptoms").pain(3, 3);
  session.act("ready").run(40).act("settled");
  assert.equal(session.state.name, "rest-ask");
  session.pain(3, 2);
  assert.equal(session.last("rest-check").seconds_resting, 41);
  assert.equal(session.state.name, "resting");
  session.until("rest-ask").pain(3, 2);
  assert.equal(session.state.name, "between");
});
