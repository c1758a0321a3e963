// Sound follows the session and decides nothing: with each step it lays out on the audio clock what the part is to
// sound like, and takes it back when the part is left. Its failure is silent; the words stand on the screen.

import { TIMED, remaining } from "../player/moves.js";
import { makeClips } from "./clips.js";
import { cuesOf, firstCall, milestone, secondsToSay } from "./cues.js";
import { lengthOf, makePlayer } from "./player.js";
import { makeSpeech } from "./speech.js";
import { cueOf, inOrder, opening, told } from "./words.js";

const PAUSE = 0.25; // seconds between two pieces
const AFTER_END = 0.9;
const DRIFT = 0.25;
const LATE = 1;
const LOOK_MS = 350;

/**
 * @param {Window} scope
 * @param {object} settings of makeSettings()
 * @param {{plan: object, words: object, table: object, announce: (text: string) => void}} means table: text -> clip
 */
export function makeSound(scope, settings, { plan, words, table, announce }) {
  const player = makePlayer(scope, settings);
  const clips = makeClips(scope, table, player.decode);
  const speech = makeSpeech(scope, announce);
  const said = new Set();
  let planned = null; // when the part ends, on the audio clock
  let timers = [];
  let take = 0;
  let fetched = false;
  let here = null; // what is shown

  /** Told of each step of the session, after its screen is shown. */
  function step(before, after, t, screen) {
    player.look();
    here = [after, plan, screen];
    if (before.name === after.name && before.wait !== after.wait) settings.set("wait", after.wait);
    const running = TIMED.includes(after.name) && after.begun !== null;
    const left = running ? remaining(after, t) / 1000 : 0;
    region(before, after);
    if (after.turn !== before.turn) enter(before, after, left);
    else if (running && left > 0) follow(after, left);
    if (!fetched && table && after.order?.length) fetched = Boolean(clips.fetchAll(inOrder(after, plan, words, table)));
  }

  function enter(before, after, left) {
    const ended = TIMED.includes(before.name) && before.begun !== null && remaining(before, after.seen.t) === 0;
    hush(ended && after.name !== "unseen" ? ({ name }) => name === "end" : undefined);
    const worked = ["hold", "minutes"].includes(before.name);
    if (TIMED.includes(after.name)) return begin(after, left, ended && worked);
    const asked = ["pain", "count"].includes(after.name) && TIMED.includes(before.name) && after.ask?.source !== "stop-button";
    if (asked && !(ended && worked) && audible()) player.beeps("end", player.now());
    const known = after.name === "question" ? !reads(after) : before.name === after.name || (before.name === "rest-ask" && after.name === "resting");
    if (voiced() && !known) chain(told(...here), player.now() + (asked ? AFTER_END : 0));
  }

  async function begin(state, left, ended) {
    if (state.begun === null) return;
    const part = state.parts[state.part];
    const cue = cueOf(state, plan);
    const due = !state.spent && clips.has(cue) && !said.has(cue);
    const brief = state.spent > 0 || (due && part.kind === "get-ready"); // the seconds stand on the screen
    const texts = voiced() ? opening(state, plan, words, brief) : [];
    const after = ended ? AFTER_END : lengthOf("start");
    const length = texts.reduce((sum, text) => sum + (clips.seconds(text) ?? secondsToSay(text)) + PAUSE, after);
    const end = player.now() + left;
    const call = lay(part, left, texts.length ? length : 0, ended);
    const free = await chain(texts, player.now() + after, LATE, call);
    if (due && texts.length && free) chain([cue], free, LATE, Math.min(call, end));
  }

  // The page's clock and the audio clock went apart: the device slept, or the sound was interrupted and is back.
  function follow(state, left) {
    if (!audible() || (planned !== null && Math.abs(player.now() + left - planned) <= DRIFT)) return;
    clear();
    const now = player.now();
    player.stop(({ at }) => at < now);
    lay(state.parts[state.part], left, 0, true);
  }

  // Gives when the first call is to be heard: what is said before must be over by then.
  function lay(part, left, spoken, ended) {
    planned = null;
    if (!audible()) return Infinity;
    const now = player.now();
    planned = now + left;
    const cues = cuesOf(part, left, spoken);
    for (const { at, sound, say } of cues) {
      if (ended && at < DRIFT && sound !== "end" && sound !== "start") continue; // the end of the hold sounds already
      const text = words[say] ?? String(say);
      if (sound === "tick" && voiced() && clips.has(text)) exactly(text, now + at, () => player.beeps("tick", player.now()));
      else player.beeps(sound, now + at);
      if (sound === "half" && voiced()) exactly(text, now + at + lengthOf("half"), () => speech.say(text));
    }
    return now + firstCall(cues);
  }

  // A clip that comes too late to be decoded gives way.
  async function exactly(text, at, otherwise) {
    const mine = take;
    const buffer = await clips.get(text);
    if (mine !== take) return;
    if (buffer && at > player.now() - 0.05) player.clip(buffer, Math.max(at, player.now()));
    else if (at > player.now() - DRIFT) later(at, otherwise);
  }

  /** One text after the other; what is ready only after so many seconds of patience, or would not end in time, is
   * not said, nor what follows it. Gives when the next may follow. */
  async function chain(texts, from, patience = Infinity, until = Infinity) {
    const mine = take;
    let free = from;
    for (const text of texts) clips.get(text);
    for (const text of gathered(texts)) {
      const buffer = await clips.get(text);
      if (mine !== take) return;
      if (player.now() - free > patience) return;
      free = Math.max(free, player.now());
      if (free + (buffer?.duration ?? 0) > until) return;
      said.add(text);
      if (buffer) player.clip(buffer, free);
      else if (!clips.has(text) || player.works()) later(free, () => speech.say(text));
      free += (buffer?.duration ?? secondsToSay(text)) + PAUSE;
    }
    return free;
  }

  // What has no clip is said in one go by the browser's voice.
  function gathered(texts) {
    return texts.reduce((all, text) => {
      const both = all.length && !clips.has(text) && !clips.has(all.at(-1));
      return both ? [...all.slice(0, -1), `${all.at(-1)}. ${text}`] : [...all, text];
    }, []);
  }

  function later(at, work) {
    timers.push(scope.setTimeout(work, Math.max(0, (at - player.now()) * 1000)));
  }

  function clear() {
    take += 1;
    timers.forEach((timer) => scope.clearTimeout(timer));
    timers = [];
  }

  function hush(stays) {
    clear();
    planned = null;
    speech.stop();
    player.stop(stays);
  }

  const audible = () => settings.mode !== "silent" && player.works();
  const voiced = () => settings.mode === "voice";
  /** The check-in is read out where it is asked for, and where a press has let sound begin. */
  const reads = (state) => player.works() && (settings.aloud || state.q.purpose !== "check-in");
  const heard = (texts) => voiced() && (texts.every(clips.has) ? player.works() : speech.works());

  // Where the voice says it, a screen reader does not say it too.
  function region(before, after) {
    const name = milestone(before, after);
    if (!name) return;
    const texts = name === "part" ? opening(after, plan, words, after.spent > 0) : [words[name]];
    if (!heard(texts)) announce(texts.join(". "));
  }

  function returned() {
    if (scope.document.visibilityState === "hidden") return;
    player.forget();
    player.look();
    scope.setTimeout(player.look, LOOK_MS);
  }

  /** A sample of what was chosen. */
  function sample(text) {
    hush();
    player.beeps("end", player.now());
    if (voiced()) chain([text], player.now() + AFTER_END);
  }

  /** Read what is shown, or no more. */
  function read(on) {
    hush();
    if (on) chain(told(...here), player.now());
  }

  scope.document.addEventListener("change", () => hush(), true); // an answer: the question is done with
  scope.document.addEventListener("click", player.unlock, true);
  scope.document.addEventListener("visibilitychange", returned);
  scope.addEventListener("pagehide", () => hush());
  return { step, sample, read, reads, turn: player.turn, hush };
}
