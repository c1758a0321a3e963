import assert from "node:assert/strict";
import test from "node:test";

import { LEAVES, meaningOf, onKey } from "../../static/js/player/keys.js";
import { TRANSITIONS } from "../../static/js/player/machine.js";
import { screenOf } from "../../static/js/player/view.js";
import { play, walk } from "./sample.mjs";

const NONE = { worse: false, spread: false, tingling: "none", alarm: "none" };

test("X9 after a set one press says the same or less, and is recorded as that", () => {
  const session = play().begun(3, 2).set();
  assert.equal(screenOf(session.state, session.env.plan), "pain-quick");
  session.act("same", {}, 1000);
  assert.equal(session.state.name, "between");
  const { spine, limb, quick, source, ...signs } = session.last("pain");
  assert.deepEqual([spine, limb, quick, source], [3, 2, true, "after-set"]);
  assert.deepEqual({ ...NONE, ...signs }, signs);
});

test("X9 a press within a second of the question answers nothing, however often", () => {
  const session = play().begun().set();
  for (let n = 0; n < 9; n += 1) session.act("same", {}, 100).act("more", {}, 10);
  assert.equal(session.state.name, "pain");
  assert.equal(session.state.ask.quick, "open");
  assert.equal(session.kinds().includes("pain"), false);
  assert.equal(session.act("same", {}, 100).state.name, "between");
});

test("X9 more, or something new: the form, from which one may go back", () => {
  const session = play().begun().set().act("more", {}, 1000);
  assert.equal(screenOf(session.state, session.env.plan), "pain");
  session.act("same", {}, 2000);
  assert.equal(session.state.name, "pain", "the form is not answered by the other screen's press");
  session.act("back");
  assert.equal(session.state.ask.quick, "open");
  session.act("more", {}, 1000).pain(4, 2);
  assert.equal(session.state.name, "stopped");
  assert.equal("quick" in session.last("pain"), false);
});

test("X9 the answer of one press may be corrected until the next step", () => {
  const session = play().begun().set().act("same", {}, 1000).act("correct");
  assert.equal(screenOf(session.state, session.env.plan), "pain-quick");
  session.act("more", {}, 1000);
  assert.equal(session.state.ask.fresh, true, "the form begins empty");
  session.pain(5, 2);
  assert.equal(session.state.name, "ended");
  assert.ok(session.last("pain").replaces);
});

test("X9 S19 what hurt, what was paused and the first leg signs are asked in full", () => {
  const full = (session) => screenOf(session.state, session.env.plan) === "pain";
  assert.ok(full(play().begun().act("ready").until("hold").act("hurts")));
  assert.ok(full(play().begun().act("ready").until("hold").act("pause").run(121).act("resume")));
  assert.ok(full(play({ items: [walk()] }).begun().act("ready").act("ready").until("minutes").run(20).act("symptoms")));
  assert.ok(full(play().begun().set().run(121)), "no answer for two minutes is a pause");
});

test("X9 three sets in a row, and the last of an exercise, are answered alike", () => {
  const session = play().begun();
  for (let n = 0; n < 3; n += 1) session.set().act("same", {}, 1000);
  assert.equal(session.state.at, 1);
  assert.equal(session.events.filter(({ kind, payload }) => kind === "pain" && payload.quick).length, 3);
});

test("keys: what each stands for; held down they count once; a field and a button keep their own", () => {
  const at = (selectors) => ({ closest: () => (selectors ? { matches: (list) => list.includes(selectors) } : null) });
  const said = { " ": "press", Enter: "press", ArrowRight: "on", PageDown: "on", ArrowLeft: "other", PageUp: "other", Escape: "leave", a: null, Tab: null };
  for (const [key, meaning] of Object.entries(said)) {
    assert.equal(meaningOf({ key }, at(null)), meaning, key);
    assert.equal(meaningOf({ key, repeat: true }, at(null)), meaning && "held", key);
    assert.equal(meaningOf({ key, ctrlKey: true }, at(null)), null);
  }
  for (const key of [" ", "ArrowRight", "ArrowLeft", "Enter", "PageUp"]) assert.equal(meaningOf({ key }, at("input")), null);
  assert.equal(meaningOf({ key: " " }, at("button")), null);
  assert.equal(meaningOf({ key: "ArrowRight" }, at("button")), "on");
  assert.equal(meaningOf({ key: "Enter", repeat: true }, at("button")), "held");
});

test("keys: Escape pauses all that runs, and answers no question", () => {
  for (const [name, act] of Object.entries(LEAVES)) assert.ok(TRANSITIONS[name][act], name);
  for (const name of ["pain", "rest-ask", "question", "ended", "finish"]) assert.equal(LEAVES[name], undefined);
});

test("keys: the one that leads on carries on from the relief position, and makes nothing easier", () => {
  const pressed = [];
  const button = (name) => ({ matches: () => false, click: () => pressed.push(name) });
  const view = { primary: () => button("big"), extra: () => button("small"), other: () => null, button: () => null };
  for (const name of ["relief", "relax", "tempo"]) onKey({ key: "PageDown", target: null, preventDefault() {} }, view, { name });
  assert.deepEqual(pressed, ["big", "small", "small"]);
});
