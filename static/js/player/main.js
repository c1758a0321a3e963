// Joins the parts: the machine decides, the store keeps, the view shows, the sender sends.

import { localDate, makeClock } from "./clock.js";
import { makeCourse } from "./course.js";
import { isTooOld, madeAt, refuse } from "../offline/refuse.js";
import { attempt, openDatabase } from "../outbox/database.js";
import { makeOutbox, onReturn } from "../outbox/outbox.js";
import { deviceLock, moveIn, openStore, tidy, writing } from "../outbox/store.js";
import { makeBig } from "../screen/big.js";
import { readForm } from "./forms.js";
import { onKey } from "./keys.js";
import { FINAL } from "./machine.js";
import { TIMED, remaining } from "./moves.js";
import { makeRules } from "./rules.js";
import { afterServer, closes, offToday, takeUp } from "./resume.js";
import { hearing } from "./sound.js";
import { makeView } from "./view.js";
import { oneWindow } from "./windows.js";

const root = document.getElementById("player");
const words = { ...root.dataset };
const plan = data("plan");
const status = data("status");

function data(id) {
  return JSON.parse(document.getElementById(id).textContent);
}

async function begin() {
  // Null where the device keeps nothing.
  const storage = attempt(() => (localStorage.setItem("try", 1), localStorage.removeItem("try"), localStorage)) ?? null;
  const owner = { account: plan.account, session: plan.session };
  const database = await openDatabase({ gone });
  await moveIn(storage, database);
  const store = await openStore(database, owner);
  const device = deviceLock(database, owner.account);
  const lock = afterServer(await device.read(madeAt), status, plan);
  const view = makeView(document, plan, words);
  makeBig({ document, storage, words });
  const sound = hearing(window, { plan, words, announce: view.announce, awake: view.awake });
  // X3: a wrong clock is put right by the server's, as far as they went apart when the page came.
  const ahead = Date.parse(status.server_now) - (Number(document.documentElement.dataset.saved) || Date.now());
  const skew = Math.abs(ahead) > 60000 ? ahead : 0;
  let unseen = false; // since the last look
  document.addEventListener("visibilitychange", () => (unseen = true));
  const hidden = () => [unseen, (unseen = document.visibilityState === "hidden")][0];
  const sources = { mono: () => performance.now(), wall: () => Date.now() + skew, hidden };
  const env = { plan: { ...plan, full_screen_due: Boolean(status.full_screen_due || plan.full_screen_due) }, rules: makeRules(data("rules")), uuid: () => crypto.randomUUID(), date: (wall) => localDate(wall, plan.zone), prefer: sound.settings };
  env.off = offToday(plan, await database?.all("sessions", plan.account).catch(() => {}), status);
  const clock = makeClock(sources, store.state()?.seen ?? null);
  const course = makeCourse(takeUp(store.state(), env, clock.read(), { ...status, events: [...status.events, ...store.queue()] }), env, clock, { may: () => writing.on, keep, show, busy: (on) => document.body.toggleAttribute("data-busy", on) });
  const { dispatch } = course;
  const outbox = makeOutbox(database, owner.account, {
    address: (session) => root.dataset.eventsUrl.replace(plan.session, session),
    cookieName: root.dataset.csrfCookie,
    freshUrl: root.dataset.todayUrl,
    told,
  });
  const sender = outbox.add(store);
  let state = course.state(); // as it is shown
  let timer = 0;

  // Signed out in another window: nothing of this one may stay.
  function gone() {
    writing.on = false;
    location.replace("/");
  }

  function told(from, word, answer) {
    // Nothing is said of saving before there is something to save.
    if (from === store && (course.state().seq > 0 || word !== "sent")) view.saving(word, word === "signed-out");
    if (answer && (closes(answer, plan) || (from === store && answer.state === "refused"))) dispatch({ type: "locked", level: answer.level });
  }

  async function keep(before, after, events, wall) {
    const sign = after.end && after.name === "question" && { level: "T" }; // X8: it holds here at once
    const { level, elsewhere } = (after.turn !== before.turn && (after.outcome || sign)) || {};
    await store.save(after, events, wall, level && { level, sent: elsewhere ? Date.now() : 0 }); // the clinic's own is known there
    if (events.length) outbox.flush();
  }

  function show(before, after, t, byUser) {
    state = after;
    sound.step(before, state, t, view.render(state, t, byUser));
    document.dispatchEvent(new CustomEvent("step", { detail: { state, t } })); // the figure follows
    view.settle();
    schedule(t);
  }

  // The next look is at the next whole second of what is shown.
  function schedule(t) {
    clearTimeout(timer);
    if (document.visibilityState === "hidden" || FINAL.includes(state.name)) return;
    const left = TIMED.includes(state.name) && state.begun !== null ? remaining(state, t) : 0; // 0: one that waits, too
    timer = setTimeout(() => dispatch({ type: "tick" }), left ? Math.max(20, (left % 1000) + 5) : 1000);
  }

  document.addEventListener("click", ({ target }) => {
    const { act, do: name, reason, kind, day } = target.closest("[data-do]")?.dataset ?? {};
    if (name) dispatch({ type: act ?? name, reason, kind, day }, true);
  });
  document.addEventListener("submit", (event) => {
    event.preventDefault();
    const { action, wrong } = readForm(event.target, state);
    if (!wrong.length) dispatch(action, true);
    else if (!view.justShown(clock.read().t)) complain(event.target, wrong);
  });
  document.addEventListener("change", ({ target }) => {
    if (target.form && target.name === "change") view.more(target.form);
  });
  document.addEventListener("keydown", (event) => onKey(event, view, state));
  window.addEventListener("beforeunload", (event) => {
    if (!store.durable() && store.queue().length) event.preventDefault(); // it is nowhere but here
  });

  if (lock === "clear") device.clear();
  store.save(state, [], Date.now(), status.locked && { level: status.level, sent: Date.now() });
  await dispatch({ type: "restore" });
  if (lock && lock !== "clear") await dispatch({ type: "locked", level: lock });
  told(store, sender.status(), null);
  onReturn(() => {
    dispatch({ type: "tick" });
    outbox.flush();
  });
  document.documentElement.dataset.player = "ready";
  await outbox.gather();
  outbox.flush();
  tidy(database, owner, Date.now());
  return store;
}

function complain(form, wrong) {
  const summary = form.querySelector("[data-error]");
  summary.hidden = false;
  for (const each of form.querySelectorAll("[data-error-for]")) each.hidden = !wrong.includes(each.dataset.errorFor);
  summary.focus();
}

if (isTooOld()) refuse(plan.account);
else oneWindow(plan.session, begin, (takeOver) => makeView(document, plan, words).elsewhere(takeOver));
