// Walks by S19 and X11: what ends an interval, how long the next one is, and how long one rests before it.

import assert from "node:assert/strict";
import test from "node:test";

import { play, item, walk } from "./sample.mjs";

const walking = (dose) => play({ items: [walk(dose && { dose }), item({ id: "A2", slug: "x" })] }).begun().act("ready").act("ready").until("minutes");
const steady = { type: "minutes", minutes: 10, work_s: null, rest_s: null };

test("S19 X11 the next walk is the lesser of two thirds of the plan's and the time to the first signs", () => {
  for (const [walked, next] of [[40, 40], [78, 75], [110, 80]])
    assert.equal(walking().run(walked - 0.6, 100).act("symptoms").pain(3, 3).state.rest.next_s, next, `${walked} s`);
  assert.equal(walking(steady).run(149.4, 100).act("symptoms").pain(3, 3).state.rest.next_s, 100, "steady: the time to the signs is the plan");
});

test("S19 X11 signs that are told in a pause or in the relief position came at the latest when the walk stopped", () => {
  const aside = { pause: (session) => session.act("pause"), relief: (session) => session.act("relief"), why: (session) => session.act("pause").act("stop") };
  for (const [name, stop] of Object.entries(aside)) {
    const session = stop(walking().run(49.4, 100)).run(30).act("hurts").pain(3, 3);
    assert.equal(session.state.name, "stopped", name);
    assert.ok(session.state.rest.next_s <= 50, `${name}: ${session.state.rest.next_s}`);
    const told = session.last("interval");
    assert.ok(told.walked_s === told.first_symptom_s && Math.abs(told.walked_s - 50) <= 1, name);
    assert.ok(session.kinds().lastIndexOf("interval") < session.kinds().lastIndexOf("pain"));
  }
});

test("S19 X5 a rise that is told after a long break of a walk counts from where the walk stopped", () => {
  const session = walking().run(49.4, 100).act("relief").run(180).act("ready").pain(3, 3);
  assert.ok(session.state.rest.next_s <= 50);
  assert.equal(session.kinds().filter((kind) => kind === "interval").length, 1);
  const calm = walking().run(49.4, 100).act("relief").run(180).act("ready").pain(3, 2).until("pain");
  assert.deepEqual(calm.kinds().filter((kind) => kind === "interval"), ["interval"]);
  assert.deepEqual([calm.last("interval").walked_s, calm.last("interval").first_symptom_s], [120, null]);
});

test("S19 HZ18 getting ready, or a walk that ended unseen, is no time walked", () => {
  const ready = play({ items: [walk()] }).begun().act("ready").act("ready").run(5).act("pause").act("hurts").pain(3, 3);
  assert.equal(ready.kinds().includes("interval"), false);
  const unseen = walking().act("tick", {}, 121_000).act("hurts").pain(3, 3);
  assert.equal(unseen.kinds().includes("interval"), false);
  const between = walking().until("pain").pain(3, 2).act("hurts").pain(3, 3);
  assert.equal(between.kinds().filter((kind) => kind === "interval").length, 1);
});

test("S19 a walk that is broken off without signs is recorded as far as it was walked", () => {
  const ways = {
    stopped: (session) => session.act("done"),
    skipped: (session) => session.act("pause").act("skip"),
    wish: (session) => session.act("pause").act("stop").act("wish"),
    unwell: (session) => session.act("pause").act("stop").act("unwell"),
  };
  for (const [name, stop] of Object.entries(ways)) {
    const session = stop(walking().run(49.4, 100));
    const told = session.last("interval");
    assert.ok(told && told.first_symptom_s === null && Math.abs(told.walked_s - 50) <= 1, name);
    assert.equal(session.kinds().filter((kind) => kind === "interval").length, 1, name);
  }
  const before = play({ items: [walk()] }).begun().act("ready").act("ready").run(5).act("pause").act("skip");
  assert.equal(before.kinds().includes("interval"), false, "nothing was walked");
});

test("X10 after an interval: asked after its planned rest, at least one minute, at most five", () => {
  for (const [rest_s, first] of [[20, 60], [90, 90], [400, 300]]) {
    const session = walking({ type: "minutes", minutes: 15, work_s: 120, rest_s }).run(40).act("symptoms").pain(3, 3).act("ready");
    const since = session.t;
    assert.equal(Math.round((session.until("rest-ask").t - since) / 1000), first);
  }
});

test("S21 the rest begins by itself a minute after the words of a stop", () => {
  const session = walking().run(40).act("symptoms").pain(3, 3).run(59);
  assert.equal(session.state.name, "stopped");
  assert.equal(session.run(2).state.name, "resting");
});
