import assert from "node:assert/strict";
import test from "node:test";

import { makeCourse } from "../../static/js/player/course.js";
import { create } from "../../static/js/player/machine.js";
import { makeRules } from "../../static/js/player/rules.js";
import { rulesData } from "./rules-data.mjs";
import { plan } from "./sample.mjs";

function desk() {
  let n = 0;
  let t = 0;
  const env = { plan: plan(), rules: makeRules(rulesData), uuid: () => `e${n++}`, date: () => plan().local_date };
  const self = { log: [], writes: [], on: true, pass: (ms) => (t += ms) };
  const means = {
    may: () => self.on,
    keep(before, state, events, wall) {
      self.log.push(`keep ${state.q?.at ?? state.name}`);
      return new Promise((done) => self.writes.push({ done, events, wall }));
    },
    show: (before, state) => self.log.push(`show ${state.q?.at ?? state.name}`),
    busy: (on) => self.log.push(on ? "busy" : "idle"),
  };
  self.course = makeCourse(create(env, { t: 0, wall: 0 }), env, { read: () => ({ t, wall: t }) }, means);
  return self;
}

const settle = () => new Promise((done) => setImmediate(done));
const first = (here) => here.course.state().q.at;
const answer = (here) => ({ type: "answer", id: first(here), value: first(here) === "q1" ? "no" : 3 });

test("a step is shown only after it is kept", async () => {
  const here = desk();
  const from = first(here);
  here.course.dispatch(answer(here));
  const to = first(here);
  assert.notEqual(from, to);
  assert.deepEqual(here.log, ["busy", `keep ${to}`]);
  here.writes[0].done();
  await settle();
  assert.deepEqual(here.log, ["busy", `keep ${to}`, "idle", `show ${to}`]);
});

test("a second without an event is shown at once", () => {
  const here = desk();
  here.course.dispatch({ type: "tick" });
  assert.deepEqual(here.log, [`show ${first(here)}`]);
});

test("what is pressed while a step is being kept comes after it, with the time of its press; ticks are left out", async () => {
  const here = desk();
  here.course.dispatch(answer(here));
  const next = answer(here);
  here.pass(30);
  here.course.dispatch({ type: "tick" });
  here.course.dispatch(next);
  here.pass(5_000);
  assert.equal(here.writes.length, 1);
  here.writes[0].done();
  await settle();
  assert.deepEqual([here.writes.length, here.writes[1].wall], [2, 30]);
  here.writes[1].done();
  await settle();
  assert.equal(here.log.filter((line) => line.startsWith("show")).length, 2);
});

test("an answer to a question that has gone does nothing", async () => {
  const here = desk();
  const twice = answer(here);
  here.course.dispatch(twice);
  here.course.dispatch(twice);
  const at = first(here);
  here.writes[0].done();
  await settle();
  here.writes[1]?.done();
  await settle();
  assert.equal(first(here), at);
});

test("a window that has lost the session does and shows nothing more", async () => {
  const here = desk();
  here.course.dispatch(answer(here));
  here.on = false;
  here.writes[0].done();
  await settle();
  here.course.dispatch({ type: "tick" });
  assert.equal(here.log.filter((line) => line.startsWith("show")).length, 0);
});
