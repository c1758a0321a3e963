import assert from "node:assert/strict";
import test from "node:test";

import { afterServer, takeUp } from "../../static/js/player/resume.js";
import { play } from "./sample.mjs";

const START = Date.parse("2026-11-21T09:00:00Z");

/** What the clinic says of a session that was played on this or another device. */
function clinic({ events }, more = {}) {
  return { state: "started", locked: false, level: "", events, seq: events.length, end: {}, ...more };
}

/** The same session's page, opened a minute after the last event that it or the clinic has. */
function opened(saved, status, t = 600_000) {
  const session = play();
  session.state = takeUp(saved, session.env, { t, wall: START + t }, status);
  return session;
}

test("X5 a device goes on from its own memory, also where the clinic has less", () => {
  const session = play().begun().set().pain(3, 2);
  for (const status of [clinic(session), clinic({ events: session.events.slice(0, 2) }), clinic({ events: [] })]) {
    assert.equal(takeUp(session.state, session.env, { t: 1, wall: START }, status), session.state);
  }
});

test("S17 X14 what another device stopped meanwhile is not offered again on this one, and its stop counts", () => {
  const here = play().begun().set().pain(3, 2);
  const there = play().begun().set().pain(3, 2).act("ready").until("pain").pain(4, 2);
  const again = opened(here.state, clinic(there));
  assert.deepEqual([again.state.stops, again.state.off, again.state.name], [1, ["bridge"], "paused"]);
  assert.equal(again.state.seq, there.events.length, "numbers of events go on after the clinic's");
  assert.equal(again.state.at, 1);
});

test("S17 an answer owed for a set of the other device is asked for here", () => {
  const here = play().begun();
  const again = opened(here.state, clinic(play().begun().set()));
  assert.deepEqual([again.state.name, again.state.ask.source], ["pain", "after-set"]);
});

test("S17 what hurt on the other device and was not answered is asked here, as it was there", () => {
  const there = play().begun().set().pain(3, 2).act("ready").until("hold").act("hurts");
  const again = opened(null, clinic(there));
  assert.deepEqual([again.state.name, again.state.ask.source, again.state.ask.said], ["pain", "stop-button", { worse: true }]);
  const answered = again.act("pain", { spine: 4, limb: 2, change: "worse" }, 660_000);
  assert.deepEqual([answered.state.off, answered.last("pain").replaces], [["bridge"], there.events.at(-1).id]);
});

test("X17 the questions of a sign and a session that is over here stay as they are", () => {
  const sign = play().begun().set().pain(null, null, "chest");
  assert.equal(takeUp(sign.state, sign.env, { t: 1, wall: START }, clinic(sign, { state: "ended" })), sign.state);
  const over = play().begun().set().pain(6, 2).act("ready");
  assert.equal(takeUp(over.state, over.env, { t: 1, wall: START }, clinic({ events: [] }, { seq: 99 })), over.state);
});

test("a check-in that was left is not gone on with once the session was done elsewhere", () => {
  const here = play().answer("q1", "no");
  assert.equal(opened(here.state, clinic(play().begun(), { state: "finished" })).state.name, "done");
});

test("S2 a lock or an end that the clinic has shows where this device knows nothing", () => {
  assert.deepEqual(opened(null, clinic({ events: [] }, { locked: true, level: "E" })).state.outcome.level, "E");
  assert.equal(opened(null, clinic({ events: [] }, { state: "finished" })).state.name, "done");
  assert.equal(opened(null, clinic(play().begun().set()), 3_600_000).state.name, "closed");
});

test("another person's memory, or another session's, is not gone on from", () => {
  const { state } = play().begun();
  for (const other of [{ account: "b" }, { session: "s2" }, { v: 0 }]) {
    assert.equal(opened({ ...state, ...other }, clinic({ events: [] })).state.name, "question");
  }
});

test("S2 X8 a lock of this device holds until the clinic has answered; its own session keeps its screen", () => {
  const after = (lock, status = {}, kind = "full") => afterServer(lock, { locked: false, level: "", ...status }, { session: "s2", kind });
  const lock = { session: "s1", level: "E", answered: false };
  assert.equal(after(null), null);
  assert.equal(after(lock), "E");
  assert.equal(after({ ...lock, answered: true }), "clear");
  assert.equal(after({ ...lock, session: "s2" }), null);
  assert.equal(after({ ...lock, answered: true }, { locked: true, level: "T" }), "T", "the clinic says that there is one");
  assert.equal(after({ ...lock, level: "H" }, {}, "relief"), null, "rest positions stay open");
  assert.equal(after(null, { locked: true, level: "H" }, "relief"), null);
});
