import assert from "node:assert/strict";
import test from "node:test";

import { offToday } from "../../static/js/player/resume.js";
import { item, plan, play } from "./sample.mjs";

const walk = item({ id: "A2", slug: "walk", category: "aerobic", start: "standing" });
const steep = item({ id: "A3", slug: "heel-raise", not_with_fall_risk: true });
const made = plan({ local_date: "2026-11-21", items: [item(), walk, steep] });
const earlier = (changes = {}) => ({ state: { session: "s0", started: true, checkedIn: { date: "2026-11-21" }, off: [], walking: true, restrictions: [], ...changes } });

test("S17 S20 what was stopped in another session of the date is off in this one", () => {
  assert.deepEqual(offToday(made, [earlier({ off: ["bridge"] }), earlier()]), ["bridge"]);
  assert.deepEqual(offToday(made, []), []);
});

test("S13 S25 a hold of walking entries and an answer about falls hold in the next session of the date", () => {
  assert.deepEqual(offToday(made, [earlier({ walking: false })]), ["walk"]);
  assert.deepEqual(offToday(made, [earlier({ restrictions: ["no-fall-risk-entries"] })]), ["heel-raise"]);
});

test("S13 what the clinic holds since the plan was made is left out, also where it was this session's own answer", () => {
  assert.deepEqual(offToday(made, [], { walking_locked: true }), ["walk"]);
  assert.deepEqual(offToday(made, [], { walking_locked: false }), []);
});

test("X3 another date, a session that did not begin and this one itself change nothing", () => {
  const off = ["bridge"];
  assert.deepEqual(offToday(made, [earlier({ off, checkedIn: { date: "2026-11-20" } }), earlier({ off, started: false }), earlier({ off, session: "s1" }), {}]), []);
});

test("S17 an exercise that is off is not in the session's order", () => {
  const session = play({}, { off: ["heel-raise"] }).checkIn().act("start", { day: "ordinary" });
  assert.deepEqual(session.state.order, ["A1", "A3"]);
});
