import assert from "node:assert/strict";
import test from "node:test";

import { item, play } from "./sample.mjs";

const MINUTE = 60_000;
const one = { hold_s: 0, reps: 6, sets: 1 };
const held = () => play().begun().act("ready").until("hold");

test("X5 skipping after a break asks for pain first, as going on does", () => {
  const session = held().act("restore", {}, 10 * MINUTE).act("skip", { reason: "tired" });
  assert.equal(session.state.name, "pain");
  assert.equal(session.pain(3, 2).state.name, "intro");
  assert.deepEqual(session.last("skipped"), { item: "A1", reason: "tired" });
  assert.ok(session.kinds().lastIndexOf("resumed") < session.kinds().lastIndexOf("skipped"));
  assert.equal(held().act("pause").act("skip").state.name, "intro", "a short pause needs no question");
});

test("X5 skipping that was taken back at the question is no skipping", () => {
  const session = held().act("restore", {}, 10 * MINUTE).act("skip").act("back").act("resume").pain(3, 2);
  assert.equal(session.state.name, "hold");
  assert.equal(session.kinds().includes("skipped"), false);
});

test("X5 a device that slept for half an hour or into the next day has closed the session, whatever it was at", () => {
  const at = {
    hold: held, get: () => play().begun().act("ready"), relax: () => held().until("relax"), intro: () => play().begun(),
    between: () => play().begun().set().pain(3, 2), unseen: () => held().act("tick", {}, MINUTE),
    stopped: () => play().begun().set().pain(4, 2), resting: () => play().begun().set().pain(4, 2).act("ready"),
    settled: () => play().begun().set().pain(4, 2).act("ready").run(121).pain(3, 2), relief: () => held().act("relief"),
  };
  for (const [name, session] of Object.entries(at)) {
    for (const type of ["tick", "ready", "yes", "next"]) {
      const late = session().act(type, {}, 31 * MINUTE).act("tick");
      assert.equal(late.state.name, "closed", `${name} ${type}`);
      assert.equal(late.last("ended").rule, "X5");
    }
  }
  const night = play({}, { date: (wall) => (wall > Date.parse("2026-11-21T09:05:00Z") ? "2026-11-22" : "2026-11-21") });
  assert.equal(night.begun().act("ready").until("hold").act("tick", {}, 10 * MINUTE).state.end.why, "midnight");
});

test("X5 a sign, an end and the last questions keep their own time", () => {
  const sign = held().act("hurts").act("pain", { change: "chest" }).act("tick", {}, 60 * MINUTE);
  assert.equal(sign.state.name, "outcome");
  assert.equal(play().begun().set().pain(7, 2).act("tick", {}, 60 * MINUTE).state.name, "over");
});

test("X5 after two minutes away pain is asked before anything goes on", () => {
  const asked = (session) => {
    assert.equal(session.state.name, "paused");
    assert.equal(session.act("resume").state.ask.source, "resume");
    return session.pain(3, 2);
  };
  assert.equal(asked(held().until("relax").act("tick", {}, 20 * MINUTE)).state.name, "relax");
  assert.equal(asked(play().begun().act("tick", {}, 20 * MINUTE)).state.name, "intro");
  assert.equal(asked(play().begun().set().pain(3, 2).act("ready", {}, 3 * MINUTE)).state.name, "between");
  assert.equal(asked(held().act("tick", {}, 3 * MINUTE).act("yes", {}, 1000)).state.name, "relax");
  assert.equal(asked(held().act("tick", {}, 3 * MINUTE).act("again", {}, 1000)).state.name, "get-ready");
  assert.equal(asked(held().act("tick", {}, 3 * MINUTE).act("skip", {}, 1000)).state.name, "intro");
  const last = play({ items: [item({ dose: { reps: 1 } })] }).begun().act("ready").until("hold").act("tick", {}, 3 * MINUTE).act("yes", {}, 1000);
  assert.deepEqual([last.state.name, last.state.ask.quick], ["pain", ""], "in numbers");
});

test("X10 a page that is opened again in a rest asks at once", () => {
  const session = play().begun().set().pain(4, 2).act("ready").run(30).act("restore", {}, 20_000).act("tick");
  assert.equal(session.state.name, "rest-ask");
});

test("HZ18 a press that comes before the first look credits nothing that nobody saw", () => {
  const session = held().act("pause", {}, MINUTE);
  assert.equal(session.state.name, "unseen");
  session.act("resume").act("tick");
  assert.equal(session.state.made.reps.none, 0);
});

test("HZ18 the press that woke the device is no answer to what ended meanwhile", () => {
  for (const type of ["yes", "again", "skip"]) {
    const session = held().act("tick", {}, MINUTE).act(type, {}, 200);
    assert.equal(session.state.name, "unseen", type);
    assert.notEqual(session.act(type, {}, 900).state.name, "unseen", type);
  }
});

test("the second press of a double press hits nothing on the screen that came", () => {
  const counted = () => play({ items: [item({ dose: one })] }).begun().act("ready").until("tempo").run(9).act("done");
  assert.equal(counted().act("yes", {}, 150).state.name, "count");
  assert.equal(counted().act("yes", {}, 600).state.name, "pain");
  assert.equal(play().begun().set().act("same", {}, 1500).act("ready", {}, 150).state.name, "between", "X9");
  assert.equal(play().begun().act("ready").act("pause", {}, 150).state.name, "get-ready");
  assert.equal(play().checkIn().act("start", {}, 150).state.name, "offer");
  assert.equal(held().act("pause").act("hurts", {}, 50).state.name, "pain", "what hurts is heard at once");
});

test("a press in the very moment in which a repetition ends still counts", () => {
  const session = play({ items: [item({ dose: one })] }).begun().act("ready").until("tempo").run(3, 500);
  session.act("done", {}, session.state.begun + 4003 - session.t);
  assert.equal(session.state.name, "count");
  assert.equal(session.state.made.reps.none, 1);
});

test("S15 X12 an answer that was mended orders nothing any more", () => {
  const session = play().checkIn(7, 2);
  assert.equal(session.state.offer, "relief");
  while (session.state.q.at !== "spine" || session.state.name === "offer") session.act("back");
  session.checkIn(3, 2);
  assert.deepEqual([session.state.offer, session.state.kind], ["start", "full"]);
});

test("X5 a check-in that took hours is as old as its first answer", () => {
  const session = play().answer("q1", "no").answer("spine", 3).act("tick", {}, 121 * MINUTE).checkIn();
  assert.equal(session.act("start").state.end.why, "check-in-old");
});

test("S17 X9 this hurts is told at once; its answer takes its place, and without one the exercise is off all the same", () => {
  const pressed = held().act("hurts");
  const { worse, spine, limb, source } = pressed.last("pain");
  assert.deepEqual({ worse, spine, limb, source }, { worse: true, spine: null, limb: null, source: "stop-button" });
  const first = pressed.events.at(-1).id;
  const left = held().act("hurts").run(601);
  assert.deepEqual([left.state.name, left.state.off, left.state.results], ["closed", ["bridge"], { A1: "stopped-pain" }]);
  pressed.pain(4, 2);
  assert.deepEqual([pressed.last("pain").replaces, pressed.state.name, pressed.state.stops], [first, "stopped", 1]);
  pressed.act("correct").pain(4, 3);
  assert.notEqual(pressed.last("pain").replaces, first, "each answer takes the place of the one before");
});

test("X5 a rest that waits for the patient waits no longer than half an hour", () => {
  const session = play({ waits: true }).begun().act("ready").until("relax").run(29 * 60);
  assert.equal(session.state.name, "relax");
  assert.equal(session.run(120).state.name, "closed");
});

test("X5 a pause that lasts past midnight closes the session, and so does an offer that nobody took", () => {
  let today = "2026-11-21";
  const paused = play({}, { date: () => today }).begun().act("ready").act("pause");
  const offered = play({}, { date: () => today }).checkIn();
  today = "2026-11-22";
  assert.equal(paused.run(1).state.end?.why, "midnight");
  assert.equal(offered.act("start").state.end.why, "check-in-old");
});

test("X5 what ended unseen and is answered late closes the session half an hour after it was last seen", () => {
  const session = held().act("tick", {}, 20 * MINUTE).run(11 * 60).act("yes");
  assert.equal(session.act("resume").state.name, "closed");
});
