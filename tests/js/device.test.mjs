// What a device does behind the page's back: it takes its time, refuses, and forgets.
import assert from "node:assert/strict";
import test from "node:test";

import { makeSpeech } from "../../static/js/sound/speech.js";
import { makeWake } from "../../static/js/sound/wake.js";

const settled = () => new Promise((resolve) => setTimeout(resolve));

function screen() {
  const asked = [];
  const listeners = {};
  const document = { visibilityState: "visible", addEventListener() {} };
  const request = () =>
    new Promise((resolve, reject) => {
      const lock = { released: false, release: async () => void (lock.released = true) };
      asked.push({ lock, give: () => resolve(lock), refuse: () => reject(new Error("battery")) });
    });
  const told = [];
  const scope = { document, navigator: { wakeLock: { request } }, addEventListener: (name, work) => (listeners[name] = work) };
  const wake = makeWake(scope, (held) => told.push(held));
  return { asked, told, leave: () => listeners.pagehide(), runs: () => wake.step({ name: "hold", started: true, since: 0 }, 0), ends: () => wake.step({ name: "done", started: true, since: 0 }, 0) };
}

test("the screen is never held on by a promise that came late", async () => {
  const device = screen();
  device.runs();
  device.leave();
  device.runs(); // back before the first was answered
  for (const each of device.asked) each.give();
  await settled();
  device.runs();
  device.ends();
  for (const each of device.asked) each.give();
  await settled();
  assert.ok(device.asked.every(({ lock }) => lock.released), "nothing keeps the screen on after the end");
});

test("a screen that was let go while it was asked for is let go as soon as it is there", async () => {
  const device = screen();
  device.runs();
  device.ends();
  device.asked[0].give();
  await settled();
  assert.deepEqual([device.asked.length, device.asked[0].lock.released], [1, true]);
});

test("what was refused is asked for again, and held once", async () => {
  const device = screen();
  device.runs();
  device.asked[0].refuse();
  await settled();
  assert.deepEqual(device.told, [false]);
  device.runs();
  device.asked[1].give();
  await settled();
  device.runs();
  assert.deepEqual([device.asked.length, device.told], [2, [false, true]]);
});

function voice(speak) {
  const spoken = [];
  const timers = [];
  const scope = {
    document: { documentElement: { lang: "en" } },
    SpeechSynthesisUtterance: class { constructor(text) { this.text = text; } },
    speechSynthesis: { getVoices: () => [], cancel() { spoken.push("cancel"); }, speak: (each) => (spoken.push(each.text), speak?.(each)) },
    setTimeout: (work, ms) => timers.push({ work, ms }),
    clearTimeout: (id) => id && (timers[id - 1].work = null),
  };
  const muted = [];
  return { spoken, muted, speech: makeSpeech(scope, (text) => muted.push(text)), next: () => { const timer = timers.findLast(({ work }) => work); const { work } = timer; timer.work = null; work(); return timer.ms; } };
}

test("a voice that fails in the middle gives all that is left to be read", () => {
  const { speech, muted, next } = voice((each) => each.onerror({ error: "synthesis-failed" }));
  speech.say("Rest now. Breathe out. Go on when you are ready.");
  next();
  assert.deepEqual(muted, ["Rest now. Breathe out. Go on when you are ready."]);
});

test("after a sentence that never ended the next one waits until the voice is free", () => {
  const { speech, spoken, next } = voice();
  speech.say("One. Two.");
  next();
  assert.equal(spoken.at(-1), "One.");
  assert.ok(next() > 1000, "the voice gets its time");
  assert.equal(spoken.at(-1), "cancel", "nothing is said in the breath of a cancel: it would be dropped");
  assert.ok(next() >= 50);
  assert.equal(spoken.at(-1), "Two.");
});
