// The browser's own voice, for texts without a recording. Nothing waits for it: it may be absent, throw, or never end.

import { guard } from "./player.js";

const AFTER_CANCEL_MS = 60; // spoken sooner, it is dropped
const LONGEST = 150;
const PATIENCE_MS = 2_000;
const MS_A_LETTER = 120;

/** @param {(text: string) => void} mute is told what could not be said */
export function makeSpeech(scope, mute) {
  const speech = guard(() => scope.speechSynthesis);
  let kept = null; // an utterance that nobody holds may never end
  let timer = 0;
  let rest = [];
  let broken = !speech || !scope.SpeechSynthesisUtterance;

  function say(text) {
    stop();
    if (broken) return mute(text);
    rest = sentences(text);
    timer = scope.setTimeout(next, AFTER_CANCEL_MS);
  }

  function next() {
    scope.clearTimeout(timer);
    const text = rest.shift();
    kept = null;
    if (!text || broken) return;
    try {
      const voice = pick(speech.getVoices());
      if (voice === null) throw new Error("only voices of a network");
      const spoken = new scope.SpeechSynthesisUtterance(text);
      kept = spoken;
      spoken.lang = scope.document.documentElement.lang;
      if (voice) spoken.voice = voice;
      spoken.onend = () => kept === spoken && next();
      spoken.onerror = (event) => kept === spoken && !["canceled", "interrupted"].includes(event.error) && fail(text);
      timer = scope.setTimeout(giveUp, PATIENCE_MS + text.length * MS_A_LETTER);
      speech.speak(spoken);
    } catch {
      fail(text);
    }
  }

  function giveUp() {
    kept = null;
    guard(() => speech.cancel());
    timer = scope.setTimeout(next, AFTER_CANCEL_MS);
  }

  function fail(text) {
    broken = true;
    scope.clearTimeout(timer);
    mute([text, ...rest].join(" "));
  }

  // undefined: none are listed yet, the language alone decides. null: none on this device.
  function pick(voices) {
    if (!voices?.length) return undefined;
    const lang = scope.document.documentElement.lang.slice(0, 2).toLowerCase();
    return voices.find((voice) => voice.localService && voice.lang.toLowerCase().startsWith(lang)) ?? null;
  }

  function stop() {
    scope.clearTimeout(timer);
    rest = [];
    if (kept) guard(() => speech.cancel());
    kept = null;
  }

  return { say, stop, works: () => !broken };
}

/** A text in pieces that a voice gets through: by sentences, and never longer than it can bear. */
export function sentences(text) {
  const found = text.match(new RegExp(`[^.!?]{1,${LONGEST - 1}}(?:[.!?]+|\\s|$)|\\S{1,${LONGEST}}`, "g")) ?? [];
  return found.map((each) => each.trim()).filter(Boolean);
}
