// Joins the parts: the machine decides, the store keeps, the view shows, the sender sends.

import { localDate, makeClock } from "./clock.js";
import { newId } from "../outbox/ids.js";
import { makeSender } from "../outbox/send.js";
import { attempt, deviceLock, openStore, tidy, unsentSessions, writing } from "../outbox/store.js";
import { cueBetween } from "../sound/cues.js";
import { makeSound } from "../sound/sound.js";
import { makeWakeLock } from "../sound/wake.js";
import { readForm } from "./forms.js";
import { onKey } from "./keys.js";
import { FINAL, reduce } from "./machine.js";
import { TIMED, remaining } from "./moves.js";
import { makeRules } from "./rules.js";
import { afterServer, takeUp } from "./resume.js";
import { makeView, partWords } from "./view.js";
import { oneWindow } from "./windows.js";

const SAVE_EVERY_MS = 5_000;
const ASKING = ["question", "ended"]; // the session's own questions go to their end before a lock shows
const PAUSE_WITHOUT_LOCK_MS = 120_000;
const root = document.getElementById("player");
const words = { ...root.dataset };
const plan = data("plan");
const status = data("status");
const settingsKey = "stenosis-pt-settings";

function data(id) {
  return JSON.parse(document.getElementById(id).textContent);
}

function begin() {
  // Null where the device keeps nothing.
  const storage = attempt(() => (localStorage.setItem("try", 1), localStorage.removeItem("try"), localStorage)) ?? null;
  const owner = { account: plan.account, session: plan.session };
  const store = openStore(storage, owner);
  const device = deviceLock(storage, owner.account);
  const view = makeView(document, plan, words);
  const settings = { sound: true, voice: false, ...attempt(() => JSON.parse(storage.getItem(settingsKey))) };
  const sound = makeSound(window, settings);
  const wake = makeWakeLock(navigator, view.awake);
  const ahead = Date.parse(status.server_now) - Date.now(); // X3: a clock that is wrong is put right by the server's
  const skew = Math.abs(ahead) > 60000 ? ahead : 0;
  const sources = { mono: () => performance.now(), wall: () => Date.now() + skew };
  const env = { plan: { ...plan, full_screen_due: Boolean(status.full_screen_due || plan.full_screen_due) }, rules: makeRules(data("rules")), uuid: newId, date: (wall) => localDate(wall, plan.zone) };
  const clock = makeClock(sources, store.state()?.seen ?? null);
  let state = takeUp(store.state(), env, clock.read(), status);
  let savedAt = 0;
  let timer = 0;

  const senders = [owner.session, ...unsentSessions(storage, owner)].map((session) =>
    sender(session === owner.session ? store : openStore(storage, { ...owner, session }), session),
  );
  const flush = () => senders.forEach((each) => each.flush());

  function sender(from, session) {
    return makeSender(from, {
      fetch: (...all) => window.fetch(...all),
      later: (ms, work) => {
        const id = setTimeout(work, ms);
        return () => clearTimeout(id);
      },
      random: Math.random,
      cookie: () => document.cookie,
      cookieName: root.dataset.csrfCookie,
      url: root.dataset.eventsUrl.replace(plan.session, session),
      freshUrl: root.dataset.todayUrl,
      told: (word, answer) => told(from, word, answer),
    });
  }

  function told(from, word, answer) {
    // Nothing is said of saving before there is something to save.
    if (from === store && (state.seq > 0 || word !== "sent")) view.saving(word, word === "signed-out");
    const level = answer?.level || "T";
    const known = plan.kind === "relief" && level === "H"; // it leaves rest positions open
    const elsewhere = answer?.locked && !known && ![...FINAL, ...ASKING].includes(state.name);
    if (elsewhere) dispatch({ type: "locked", level });
    if (word === "sent" && from === store && state.outcome) device.sent();
  }

  function dispatch(action, byUser = false) {
    if (!writing.on) return;
    const now = clock.read();
    const before = state;
    const result = reduce(state, { ...action, t: now.t, wall: now.wall }, env);
    state = result.state;
    if (result.changed || now.t - savedAt >= SAVE_EVERY_MS) {
      store.save(state, result.events, now.wall);
      savedAt = now.t;
    }
    if (state.name === "outcome" && before.name !== "outcome") device.set(state.outcome.level, owner.session, now.wall);
    if (result.events.length) flush();
    cue(before, state);
    view.render(state, now.t, byUser);
    view.settings(settings, state);
    document.dispatchEvent(new CustomEvent("step", { detail: { state, t: now.t } })); // the figure follows
    stayAwake(now.t);
    schedule(now.t);
  }

  function cue(before, after) {
    const found = cueBetween(before, after);
    if (!found) return;
    sound.play(found.sound);
    const text = found.key === "part" ? partWords(after, plan, words) : found.key ? words[found.key] : "";
    if (!text) return;
    sound.say(text);
    if (!settings.voice) view.announce(text);
  }

  function stayAwake(t) {
    const long = state.name === "paused" && t - state.since > PAUSE_WITHOUT_LOCK_MS;
    if (FINAL.includes(state.name) || !state.started || long) wake.release();
    else if (document.visibilityState === "visible") wake.hold();
  }

  // The next look is at the next whole second of what is shown.
  function schedule(t) {
    clearTimeout(timer);
    if (document.visibilityState === "hidden" || FINAL.includes(state.name)) return;
    const running = TIMED.includes(state.name) && state.begun !== null;
    const wait = running ? (remaining(state, t) % 1000) + 5 : 1000;
    timer = setTimeout(() => dispatch({ type: "tick" }), Math.max(20, wait));
  }

  const own = {
    sound: () => set("sound"),
    voice: () => set("voice"),
    try() {
      sound.play("end");
      sound.say(words.hold);
    },
  };

  function set(name) {
    settings[name] = !settings[name];
    if (storage) storage.setItem(settingsKey, JSON.stringify(settings));
    view.settings(settings, state);
  }

  function press(element) {
    sound.unlock();
    const act = element.dataset.act ?? element.dataset.do;
    if (own[act]) return own[act]();
    dispatch({ type: act, reason: element.dataset.reason, kind: element.dataset.kind }, true);
  }

  function submit(form) {
    sound.unlock();
    const now = clock.read();
    const { action, wrong } = readForm(form, state);
    if (wrong.length) {
      if (!view.justShown(now.t)) complain(form, wrong);
      return;
    }
    dispatch(action, true);
  }

  document.addEventListener("click", (event) => {
    const element = event.target.closest("[data-do]");
    if (element) press(element);
  });
  document.addEventListener("submit", (event) => {
    event.preventDefault();
    submit(event.target);
  });
  document.addEventListener("change", (event) => {
    if (event.target.form && event.target.name === "change") view.more(event.target.form);
  });
  document.addEventListener("keydown", (event) => onKey(event, view, state));
  for (const name of ["visibilitychange", "pageshow", "focus", "online"]) {
    (name === "visibilitychange" ? document : window).addEventListener(name, () => {
      if (document.visibilityState === "hidden") return;
      dispatch({ type: "tick" });
      flush();
    });
  }
  window.addEventListener("pagehide", () => wake.release());
  tidy(storage, owner, Date.now());

  const lock = afterServer(device.read(), status, plan);
  if (lock === "clear") device.clear();
  store.save(state, [], Date.now());
  dispatch({ type: "restore" });
  if (lock && lock !== "clear") dispatch({ type: "locked", level: lock });
  told(store, senders[0].status(), null);
  document.documentElement.dataset.player = "ready";
  flush();
  return store;
}

function complain(form, wrong) {
  const summary = form.querySelector("[data-error]");
  summary.hidden = false;
  for (const each of form.querySelectorAll("[data-error-for]")) each.hidden = !wrong.includes(each.dataset.errorFor);
  summary.focus();
}

oneWindow(plan.session, begin, (takeOver) => makeView(document, plan, words).elsewhere(takeOver));
