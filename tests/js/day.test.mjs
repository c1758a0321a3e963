import assert from "node:assert/strict";
import test from "node:test";

import { item, play } from "./sample.mjs";

const started = (session) => session.last("started");

test("S15 the check-in's answer says which kind of day comes first", () => {
  const suggested = (q3) => play().checkIn(3, 2, { q3 }).state.day.suggested;
  assert.deepEqual(["better", "same", "worse"].map(suggested), ["good", "ordinary", "bad"]);
});

test("S15 a good and an ordinary day are the usual session, a bad one the short one", () => {
  for (const day of ["good", "ordinary"]) assert.deepEqual(started(play().checkIn().act("start", { day })), { kind: "full", restrictions: [], day });
  const session = play().checkIn().act("start", { day: "bad" });
  assert.deepEqual(started(session), { kind: "minimum", restrictions: [], day: "bad" });
  assert.deepEqual(session.state.order, ["M1"]);
});

test("C12 the choice that is offered on a worse day is told as its kind of day", () => {
  const choose = (kind) => started(play().checkIn(3, 2, { q3: "worse" }).act("choose", { kind }));
  assert.deepEqual([choose("minimum").day, choose("full").day], ["bad", "ordinary"]);
});

test("C9 C10 C11 what table C orders stays an order, whatever the day is called", () => {
  const last_session = { hours_ago: 24, baseline_spine: 3, baseline_limb: 2 };
  for (const day of ["good", "ordinary", "bad", undefined]) {
    assert.deepEqual(started(play().checkIn(7, 2).act("start", { day })), { kind: "relief", restrictions: [] });
    assert.deepEqual(started(play().checkIn(5, 2).act("start", { day })), { kind: "relief", restrictions: [] });
    assert.deepEqual(started(play({ last_session }).checkIn(3, 2, { last: "clearly-worse" }).act("start", { day })), { kind: "minimum", restrictions: [] });
  }
});

test("X18 there is no short session where nothing of it is left", () => {
  const standing = [item({ id: "M1", seated_or_lying: false })];
  const session = play({ minimum: standing, items: [item(), item({ id: "A2" })] }).checkIn(3, 2, { q5: "medicine" });
  assert.equal(session.state.day.shorter, false);
  assert.equal(started(session.act("start", { day: "bad" })).kind, "full");
  assert.equal(play({ kind: "minimum", minimum: [] }).checkIn().state.day.shorter, false);
});
