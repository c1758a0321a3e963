import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import test from "node:test";

import { TIMED } from "../../static/js/player/moves.js";
import { makeSettings } from "../../static/js/sound/settings.js";
import { makeSound } from "../../static/js/sound/sound.js";
import { item, play } from "./sample.mjs";

const ROOT = new URL("../../", import.meta.url);
const read = (name) => JSON.parse(readFileSync(new URL(name, ROOT)));
const SECONDS = Object.fromEntries(read("static/audio/voice/manifest.json").clips.map(({ text, seconds }) => [text, seconds + 0.07]));
const WORDS = {
  getReady: "Get ready", hold: "Hold", breathe: "Keep breathing", relax: "Let go and rest", side: "Change sides", left: "Left side",
  right: "Right side", minutes: "Keep going gently", walk: "Walk", last: "Last one", seconds: "{n} seconds", half: "Half way", ten: "10 seconds left",
  end: "Well done. Rest now.",
};
const FOLDER = new URL("fixtures/catalogue/exercises/", ROOT);
const CATALOGUE = readdirSync(FOLDER).map((name) => read(`fixtures/catalogue/exercises/${name}`));
const SCREEN = {
  ownerDocument: { createTreeWalker: () => ({ nextNode: () => null }) },
  querySelector: () => null,
  querySelectorAll: () => [{ textContent: "  How is\n it? " }],
};
const settled = () => new Promise(setImmediate);

/** A window whose audio clock is turned by hand; spoken: every clip that was laid out, {text, at, end, whole}. */
function studio(table, storage = {}) {
  const spoken = [];
  const listeners = {};
  const scope = { now: 0, navigator: {}, performance: { now: () => scope.now * 1000 }, setTimeout: () => 0, clearTimeout() {}, addEventListener() {} };
  const param = () => ({ value: 1, setValueAtTime() {}, exponentialRampToValueAtTime() {} });
  const node = (more) => ({ connect: (to) => to, start() {}, stop() {}, ...more });
  scope.document = { visibilityState: "visible", documentElement: { lang: "en" }, addEventListener: (name, work) => (listeners[name] = work) };
  scope.requestIdleCallback = () => {};
  scope.fetch = async (text) => ({ ok: true, arrayBuffer: async () => text });
  scope.AudioContext = class {
    state = "running";
    destination = {};
    get currentTime() { return scope.now; }
    createGain() { return node({ gain: param() }); }
    createDynamicsCompressor() { return node(); }
    createOscillator() { return node({ frequency: param() }); }
    createBufferSource() {
      const source = node();
      let clip;
      source.start = (at) => spoken.push((clip = { text: source.buffer.text, at, end: at + source.buffer.duration, whole: true }));
      source.stop = () => {
        if (clip.end > scope.now) Object.assign(clip, { end: Math.max(clip.at, scope.now), whole: false });
      };
      return source;
    }
    async decodeAudioData(text) { return { text, duration: SECONDS[text] ?? 2 }; }
  };
  const settings = makeSettings(() => ({ getItem: () => JSON.stringify(storage), setItem() {} }), true);
  const heard = () => spoken.filter(({ at, end }) => end > at).sort((one, other) => one.at - other.at);
  return { scope, settings, heard, press: () => listeners.click(), change: () => listeners.change() };
}

/** Plays a session to the end of its first set, as it sounds. */
async function firstSet(given, { ready = 10, storage = {} } = {}) {
  const table = Object.fromEntries(Object.keys(SECONDS).map((text) => [text, text]));
  const { scope, settings, heard, press } = studio(table, storage);
  const session = play({ items: [item(given)] });
  session.env.prefer = { ready, wait: false };
  const sound = makeSound(scope, settings, { plan: session.env.plan, words: WORDS, table, announce() {} });
  press();
  session.checkIn();
  const step = async (type, ms) => {
    const before = session.state;
    session.act(type, {}, ms);
    scope.now = session.t / 1000;
    sound.step(before, session.state, session.t, SCREEN);
    await settled();
  };
  await step("start", 600);
  await step("ready", 4000);
  const begun = scope.now;
  for (let n = 0; TIMED.includes(session.state.name) && n < 2000; n += 1) await step("tick", 500);
  return heard().filter(({ at }) => at >= begun).map((clip) => ({ ...clip, at: clip.at - begun, end: clip.end - begun }));
}

function exercise({ slug, name, steps, voice_cue, per_side, kind }, dose) {
  const { sets, reps, minutes, hold_seconds, rest_seconds } = dose;
  const given = minutes ? { type: "minutes", minutes: Math.min(2, minutes) } : { type: "reps", sets, reps: Math.min(2, reps), hold_s: hold_seconds ?? 0, rest_s: rest_seconds ?? 0, per_side };
  return { slug, name, steps, cue: voice_cue, category: kind, dose: given };
}

const none = (heard) => heard.slice(1).filter((clip, n) => clip.at < heard[n].end - 0.001);

test("S29 no two clips overlap, and a cue is said whole and once or not at all: every exercise, each time to get ready", async () => {
  const room = {};
  for (const ready of [5, 10, 15]) {
    room[ready] = 0;
    for (const each of CATALOGUE) {
      const heard = await firstSet(exercise(each, Object.values(each.doses)[0]), { ready });
      const named = `${each.slug}, ${ready} s`;
      assert.deepEqual(none(heard), [], named);
      assert.deepEqual([heard[0].text, heard[0].whole], [each.name, true], named);
      const cues = heard.filter(({ text }) => text === each.voice_cue);
      assert.ok(cues.length <= 1 && cues.every(({ whole }) => whole), named);
      room[ready] += cues.length;
    }
  }
  assert.ok(room[10] >= 55, `${room[10]} of ${CATALOGUE.length} have room for their cue`);
  assert.equal(room[15], CATALOGUE.length);
});

test("the cue follows the words of the get-ready, in place of its seconds, and comes before three, two, one", async () => {
  const cue = "Roll back. Hold. Sit tall.";
  const heard = await firstSet({ name: "Bridge", cue, dose: { reps: 1, hold_s: 10, sets: 1 } });
  assert.deepEqual(heard.map(({ text }) => text), ["Bridge", "Get ready", cue, "3", "2", "1", "Hold", "10 seconds", "Keep breathing", "3", "2", "1"]);
});

test("a cue that is too long for the get-ready is said in the first hold, before half-way, and not again", async () => {
  const cue = "Brace. Arm and leg long. Hold. Lower.";
  const heard = await firstSet({ name: "Bridge", cue, dose: { reps: 2, hold_s: 30, sets: 1 } }, { ready: 5 });
  const texts = heard.map(({ text }) => text);
  const hold = ["Hold", "30 seconds", "Keep breathing", "Half way", "10 seconds left", "3", "2", "1"];
  assert.deepEqual(texts.slice(texts.indexOf("Hold"), texts.indexOf("Half way")), [...hold.slice(0, 3), cue]);
  assert.equal(texts.filter((text) => text === cue).length, 1);
});

test("without a recording, or without the voice, no cue is said", async () => {
  const own = await firstSet({ name: "Bridge", cue: "Our own words.", dose: { reps: 1, hold_s: 10, sets: 1 } });
  assert.ok(own.some(({ text }) => text === "10 seconds") && !own.some(({ text }) => text === "Our own words."));
  for (const mode of ["beeps", "silent"]) {
    assert.deepEqual(await firstSet({ name: "Bridge", cue: "Roll back. Hold. Sit tall.", dose: { reps: 1, hold_s: 10, sets: 1 } }, { storage: { mode } }), [], mode);
  }
});

/** A check-in in front of a device that was pressed, or not. */
function asked(storage, pressed = true) {
  const table = { "How is it?": "How is it?" };
  const made = studio(table, storage);
  const session = play();
  const sound = makeSound(made.scope, made.settings, { plan: session.env.plan, words: WORDS, table, announce() {} });
  if (pressed) made.press();
  return {
    ...made, sound,
    async answer() {
      const before = session.state;
      session.answer(before.q.at, before.q.at === "q1" ? "no" : 3);
      made.scope.now = session.t / 1000;
      sound.step(before, session.state, session.t, SCREEN);
      await settled();
    },
  };
}

test("a question is read when its screen appears, and an answer ends it", async () => {
  const page = asked({ aloud: true });
  await page.answer();
  assert.deepEqual(page.heard().map(({ text }) => text), ["How is it?"]);
  page.scope.now += 0.5;
  page.change();
  assert.equal(page.heard()[0].whole, false);
});

test("no question is read before a press, with beeps or in silence, or unless it was asked for", async () => {
  for (const page of [asked({ aloud: true }, false), asked({ aloud: true, mode: "beeps" }), asked({ aloud: true, mode: "silent" }), asked({})]) {
    await page.answer();
    assert.deepEqual(page.heard(), []);
  }
});

test("the button reads the question that is shown, and stops it", async () => {
  const page = asked({}, false);
  await page.answer();
  page.press();
  page.sound.read(true);
  await settled();
  assert.equal(page.heard().length, 1);
  page.scope.now += 0.5;
  page.sound.read(false);
  assert.equal(page.heard()[0].whole, false);
});
