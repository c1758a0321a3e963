import assert from "node:assert/strict";
import test from "node:test";

import { parts } from "../../static/js/player/sets.js";
import { cuesOf, milestone } from "../../static/js/sound/cues.js";
import { makeSettings } from "../../static/js/sound/settings.js";
import { sentences } from "../../static/js/sound/speech.js";
import { opening } from "../../static/js/sound/words.js";
import { pretends } from "../../static/js/sound/wake.js";
import { item, play } from "./sample.mjs";

const WORDS = { getReady: "Get ready", hold: "Hold", breathe: "Keep breathing", relax: "Let go and rest", side: "Change sides", left: "Left side", right: "Right side", minutes: "Keep going gently", walk: "Walk", last: "Last one", seconds: "{n} seconds" };
const hold = (ms) => ({ kind: "hold", ms, side: null, rep: 1 });
const times = (cues, name) => cues.filter(({ sound }) => sound === name).map(({ at }) => at);

test("a hold of 30 s has its start, half, ten, three ticks and an end, each at its second", () => {
  const cues = cuesOf(hold(30_000), 30);
  assert.deepEqual(cues.map(({ at, sound }) => [at, sound]), [[0, "start"], [15, "half"], [20, "half"], [27, "tick"], [28, "tick"], [29, "tick"], [30, "end"]]);
});

test("half-way from 20 s on, ten from 30 s on", () => {
  assert.deepEqual(times(cuesOf(hold(19_000), 19), "half"), []);
  assert.deepEqual(times(cuesOf(hold(20_000), 20), "half"), [10]);
  assert.deepEqual(times(cuesOf(hold(29_000), 29), "half"), [14.5]);
});

test("after a break the rest is laid out, and what was missed is not made up for", () => {
  assert.deepEqual(cuesOf(hold(30_000), 12).map(({ at, sound }) => [at, sound]), [[2, "half"], [9, "tick"], [10, "tick"], [11, "tick"], [12, "end"]]);
  assert.deepEqual(cuesOf(hold(30_000), 2.5).map(({ sound }) => sound), ["tick", "tick", "end"]);
  assert.deepEqual(cuesOf(hold(30_000), 0), []);
});

test("no cue cuts the words at the beginning, and the end always sounds", () => {
  const cues = cuesOf(hold(20_000), 20, 11);
  assert.deepEqual(times(cues, "half"), []);
  assert.deepEqual(times(cues, "tick"), [17, 18, 19]);
  assert.deepEqual(cuesOf(hold(5_000), 5, 6).map(({ sound }) => sound), ["start", "end"]);
});

test("a rest is announced by its own sound and has no end cue but ticks", () => {
  assert.deepEqual(cuesOf({ kind: "side", ms: 10_000 }, 10).map(({ sound }) => sound), ["rest", "tick", "tick", "tick"]);
  assert.deepEqual(cuesOf({ kind: "tempo", ms: 4_000 }, 4).map(({ sound }) => sound), ["start"]);
});

test("S29 every hold says to keep breathing", () => {
  for (const hold_s of [1, 2, 3, 5, 8, 20, 30]) {
    const session = play({ items: [item({ dose: { hold_s } })] }).begun().act("ready").until("hold");
    assert.ok(opening(session.state, session.env.plan, WORDS).includes("Keep breathing"), `${hold_s} s`);
  }
});

test("the words of a part: the name first, the side, the seconds; the last one is told", () => {
  const session = play({ items: [item({ dose: { sets: 1, per_side: true, hold_s: 10, rest_s: 0 } })] }).begun().act("ready");
  const said = () => opening(session.state, session.env.plan, WORDS);
  assert.deepEqual(said(), ["Bridge", "Get ready", "Right side", "10 seconds"]);
  session.until("hold");
  assert.deepEqual(said(), ["Hold", "10 seconds", "Keep breathing"]);
  session.until("relax").until("hold");
  assert.deepEqual(said(), ["Last one", "Hold", "10 seconds", "Keep breathing"]);
  session.until("side");
  assert.deepEqual(said(), ["Change sides", "Left side", "10 seconds"]);
});

test("where the sides take turns, each turn says its side", () => {
  const turns = (hold_s) => {
    const dose = { sets: 1, reps: 2, per_side: true, hold_s, rest_s: 0 };
    const session = play({ items: [item({ category: "mobility", start: "supine", dose })] }).begun().act("ready");
    const said = [];
    for (let index = 1; index < session.state.parts.length; index += 1) {
      while (session.state.part < index) session.run(1);
      said.push(opening(session.state, session.env.plan, WORDS).join(", "));
    }
    return said;
  };
  assert.deepEqual(turns(0), ["Right side", "Left side", "Last one, Right side", "Last one, Left side"]);
  assert.deepEqual(turns(2).filter((_, index) => index % 2), ["Left side", "Right side", "Left side"], "in the rest before it");
});

test("a milestone is found once in a jump over several", () => {
  const session = play().begun().act("ready").until("hold");
  const before = session.state;
  session.act("tick", {}, 2_500);
  assert.equal(milestone(before, session.state), null);
  const later = session.state;
  session.act("tick", {}, 18_000);
  assert.equal(milestone(later, session.state), "ten");
});

test("the time to get ready is as chosen, before a set and for a change of sides", () => {
  for (const ready of [5, 10, 15, 20, 30]) {
    const list = parts(item({ dose: { per_side: true, rest_s: 0 } }), null, ready);
    assert.deepEqual(list.filter(({ kind }) => ["get-ready", "side"].includes(kind)).map(({ ms }) => ms), [ready * 1000, ready * 1000]);
  }
});

test("a choice reaches the next set, and what has begun keeps its own", () => {
  const session = play();
  session.env.prefer = { ready: 20, wait: false };
  session.begun().act("ready");
  assert.equal(session.state.parts[0].ms, 20_000);
  session.env.prefer.ready = 5;
  session.act("pause").act("resume");
  assert.equal(session.state.parts[0].ms, 20_000);
  session.until("pain").pain(3, 2).act("ready");
  assert.equal(session.state.parts[0].ms, 5_000);
});

test("wait for me may be chosen before the start", () => {
  const session = play().checkIn().act("wait");
  assert.equal(session.state.wait, true);
  session.act("start").act("ready").until("relax").run(60);
  assert.equal(session.state.name, "relax");
});

function storage(kept) {
  const all = new Map(kept === undefined ? [] : [["stenosis-pt-settings", kept]]);
  return { getItem: (key) => all.get(key) ?? null, setItem: (key, value) => all.set(key, value) };
}

test("settings: a voice where there are clips, else beeps; what is chosen stays", () => {
  assert.equal(makeSettings(() => storage(), true).mode, "voice");
  const kept = storage();
  const settings = makeSettings(() => kept, false);
  assert.equal(settings.mode, "beeps");
  settings.set("ready", 15);
  settings.set("mode", "shout");
  const again = makeSettings(() => kept, true);
  assert.deepEqual([again.ready, again.mode], [15, "voice"], "the default is not kept as a choice");
});

test("settings of before are taken over, and spoilt ones are not", () => {
  const mode = (kept) => makeSettings(() => storage(kept), true).mode;
  assert.equal(mode('{"sound":false,"voice":false}'), "silent");
  assert.equal(mode('{"sound":true,"voice":true}'), "voice");
  assert.equal(mode('{"sound":true,"voice":false}'), "beeps");
  for (const spoilt of ["", "null", "7", "[]", '{"mode":"x","ready":3}']) assert.deepEqual({ ...makeSettings(() => storage(spoilt), true) }, { mode: "voice", volume: "normal", ready: 10, music: false, wait: false, heard: false, aloud: false });
});

test("settings hold for the page where nothing can be kept", () => {
  const settings = makeSettings(() => { throw new Error("denied"); }, false);
  settings.set("mode", "silent");
  assert.equal(settings.mode, "silent");
});

test("a long text is said in pieces that a voice gets through, and nothing is lost", () => {
  const text = `${"Draw the knee gently to your chest and ".repeat(9)}rest. Breathe! ${"x".repeat(320)} end`;
  const found = sentences(text);
  assert.ok(found.every((each) => each.length <= 150));
  assert.equal(found.join("").replace(/\s/g, ""), text.replace(/\s/g, ""));
});

test("home-screen apps of iOS before 18.4 only pretend to keep the screen on", () => {
  const phone = (version) => `Mozilla/5.0 (iPhone; CPU iPhone OS ${version} like Mac OS X) AppleWebKit/605.1.15`;
  assert.equal(pretends({ standalone: true, userAgent: phone("18_3") }), true);
  assert.equal(pretends({ standalone: true, userAgent: phone("17_7") }), true);
  assert.equal(pretends({ standalone: true, userAgent: phone("18_4") }), false);
  assert.equal(pretends({ standalone: true, userAgent: phone("18_10") }), false);
  assert.equal(pretends({ standalone: false, userAgent: phone("16_0") }), false);
  assert.equal(pretends({ userAgent: "Chrome" }), false);
});
