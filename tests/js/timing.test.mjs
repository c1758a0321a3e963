import assert from "node:assert/strict";
import test from "node:test";

import { localDate, makeClock } from "../../static/js/player/clock.js";
import { milestone } from "../../static/js/sound/cues.js";
import { remaining } from "../../static/js/player/moves.js";
import { alternates, parts, setCount, stretchSeconds } from "../../static/js/player/sets.js";
import { item, play, walk } from "./sample.mjs";

test("a 30 s hold ends at 30.0 s", () => {
  const session = play().begun().act("ready");
  session.until("hold");
  const begun = session.state.begun;
  session.run(29.9, 100);
  assert.equal(session.state.name, "hold");
  while (session.state.name === "hold") session.act("tick", {}, 10);
  assert.equal(session.state.begun - begun, 30_000);
});

test("a throttled jump of 20 s shows 10 left and gives one cue", () => {
  const session = play().begun().act("ready").until("hold");
  const before = session.state;
  const passed = session.t - before.begun;
  session.act("tick", {}, 20_000 - passed);
  assert.equal(remaining(session.state, session.t), 10_000);
  assert.equal(milestone(before, session.state), "ten");
});

test("pausing ten times loses and adds nothing", () => {
  const session = play().begun().act("ready").until("hold");
  const at = session.t - session.state.begun;
  for (let n = 0; n < 10; n += 1) session.act("pause", {}, 1000).act("resume", {}, 7000);
  assert.equal(remaining(session.state, session.t), 30_000 - at - 10_000);
});

test("forty parts drift by nothing", () => {
  const session = play({ items: [item({ dose: { sets: 1, reps: 20, hold_s: 3 } })] }).begun();
  const start = session.t + 600;
  session.act("ready");
  while (session.state.name !== "pain") session.act("tick", {}, 130);
  const planned = session.state.parts.reduce((sum, part) => sum + part.ms, 0);
  assert.equal(session.state.parts.length, 40);
  assert.ok(session.t - start - planned < 130, "the end is seen at the first look after it");
  assert.equal(session.last("set-done").seconds, 60);
});

test("two seconds of absence carry on", () => {
  const session = play().begun().act("ready").until("hold").run(28.5, 500);
  session.act("tick", {}, 2000);
  assert.equal(session.state.name, "relax");
  assert.equal(session.state.made.reps.none, 1);
});

test("HZ18 three seconds of absence are asked about", () => {
  const session = play().begun().act("ready").until("hold").run(28.5, 500);
  assert.equal(session.act("tick", {}, 3000).state.name, "unseen");
});

function clocks() {
  const at = { mono: 0, wall: 1_000_000 };
  return { at, clock: makeClock({ mono: () => at.mono, wall: () => at.wall }) };
}

test("sleep: the wall clock ran, the monotonic one did not", () => {
  const { at, clock } = clocks();
  at.wall += 600_000;
  assert.deepEqual([clock.read().t, clock.read().t], [600_000, 600_000], "once");
});

test("a clock that is set back, or a day on, moves no time", () => {
  const { at, clock } = clocks();
  at.mono += 1000;
  at.wall -= 3_600_000;
  assert.equal(clock.read().t, 1000);
  at.mono += 1000;
  at.wall += 86_400_000;
  assert.equal(clock.read().t, 2000);
});

test("small differences of the clocks are not sleep", () => {
  const { at, clock } = clocks();
  for (let n = 0; n < 100; n += 1) {
    at.mono += 1000;
    at.wall += 1009;
    clock.read();
  }
  assert.equal(clock.read().t, 100_000);
});

test("X5 a night out of sight is time that passed; in plain sight so long a jump is a clock that was set", () => {
  const at = { mono: 0, wall: 1_000_000, hidden: false };
  const clock = makeClock({ mono: () => at.mono, wall: () => at.wall, hidden: () => at.hidden });
  at.wall += 13 * 3_600_000;
  assert.equal(clock.read().t, 0);
  Object.assign(at, { wall: at.wall + 13 * 3_600_000, hidden: true });
  assert.equal(clock.read().t, 13 * 3_600_000);
  Object.assign(at, { wall: at.wall - 3_600_000 });
  assert.equal(clock.read().t, 13 * 3_600_000, "set back: no time");
});

test("X5 a page that was closed in the morning and is opened again at night has had a long break", () => {
  const clock = makeClock({ mono: () => 5, wall: () => 1_000_000 + 13 * 3_600_000 }, { t: 40_000, wall: 1_000_000 });
  assert.equal(clock.read().t, 40_000 + 13 * 3_600_000);
  const early = makeClock({ mono: () => 5, wall: () => 1 }, { t: 40_000, wall: 1_000_000 });
  assert.equal(early.read().t, 40_000);
});

test("a sleep of two seconds counts", () => {
  const { at, clock } = clocks();
  at.wall += 2_000;
  assert.equal(clock.read().t, 2_000);
});

test("a page that was closed counts the time by the wall clock", () => {
  const clock = makeClock({ mono: () => 5, wall: () => 1_090_000 }, { t: 40_000, wall: 1_000_000 });
  assert.equal(clock.read().t, 130_000);
});

test("R22 stretches rest between repetitions, others between sets", () => {
  const gaps = (changes) => parts(item(changes)).filter((part) => part.kind === "relax").map((part) => part.ms);
  assert.deepEqual(gaps({ category: "stretch", dose: { reps: 3, rest_s: 10 } }), [10_000, 10_000]);
  assert.deepEqual(gaps({ category: "strength", dose: { reps: 3, rest_s: 60 } }), [4000, 4000]);
});

test("R22 a side of a strength exercise is followed by its rest, mobility takes turns", () => {
  const both = parts(item({ dose: { per_side: true, rest_s: 60 } }));
  assert.equal(both.find((part) => part.kind === "side").ms, 60_000);
  assert.equal(alternates(item({ category: "mobility", dose: { per_side: true } })), true);
});

test("a get-ready of ten seconds opens every set", () => {
  for (const each of [item(), walk(), item({ dose: { hold_s: 0 } })]) assert.deepEqual([parts(each)[0].kind, parts(each)[0].ms], ["get-ready", 10_000]);
});

test("S19 walks go by their intervals, and their rests count in the minutes", () => {
  assert.equal(stretchSeconds(walk()), 120);
  assert.equal(setCount(walk()), 4);
});

test("X15 a set that the cap does not allow is not offered", () => {
  assert.equal(setCount(item({ sets_allowed: 1, dose: { sets: 3 } })), 1);
});

test("a zone that the browser does not know by its name of today is taken for the device's own", () => {
  const noon = Date.parse("2026-11-21T12:00:00Z");
  assert.equal(localDate(noon, "Pacific/Kiritimati"), "2026-11-22");
  assert.equal(localDate(noon, "Europe/Of-Tomorrow"), localDate(noon));
});
