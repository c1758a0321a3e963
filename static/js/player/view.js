// Shows the server-made screen that fits the state, and fills its words and numbers. It decides nothing.

import { TIMED, currentItem, itemsOf, remaining } from "./moves.js";
import { minutesLeft, setCount } from "./sets.js";
import { dockOf } from "./dock.js";
import { mayEase } from "./easing.js";
import { FINAL } from "./machine.js";
import { mayWithdraw } from "./pain.js";
import { cueOf, isLast } from "../sound/words.js";

const AROUND = [...FINAL, "question", "offer", "ended", "finish"]; // before the exercises and after them

/** The name of the screen for a state. */
export function screenOf(state, plan) {
  if (TIMED.includes(state.name)) return "run";
  switch (state.name) {
    case "question":
      return `question:${state.q.at}`;
    case "offer":
      return `offer:${state.offer}`;
    case "intro":
      return `intro:${currentItem(state, plan).id}`;
    case "outcome":
      return `outcome:${state.outcome.level}`;
    case "pain":
      return state.ask.quick === "open" ? "pain-quick" : "pain";
    case "relief":
    case "resting":
      return "rest-position";
    default:
      return state.name;
  }
}

export function makeView(document, plan, words) {
  const screens = new Map([...document.querySelectorAll("[data-screen]")].map((each) => [each.dataset.screen, each]));
  const found = {};
  const find = (name) => (found[name] ??= document.querySelector(`[data-${name}]`));
  const say = document.getElementById("say");
  let shown = null;
  let turn = -1;
  let shownAt = 0;
  let moved = false;
  let fallen = false;

  function render(state, t, byUser) {
    const name = screenOf(state, plan);
    const screen = screens.get(name) ?? screens.get("closed");
    const fresh = state.turn !== turn;
    if (screen !== shown) show(screen, byUser, t);
    if (fresh) {
      turn = state.turn;
      prepare(screen, state);
    }
    fill(screen, textsOf(state, t, plan, words));
    conditions(screen, state);
    top(state);
    dock(state);
    return screen;
  }

  function show(screen, byUser, t) {
    const lost = shown?.contains(document.activeElement) || find("dock").contains(document.activeElement);
    if (shown) shown.hidden = true;
    else for (const each of [...screens.values(), find("opening"), find("plain-only")]) each.hidden = true;
    screen.hidden = false;
    shown = screen;
    shownAt = t;
    const heading = screen.querySelector("h2[data-focus]");
    heading?.setAttribute("role", "heading");
    heading?.setAttribute("aria-level", "1"); // in the list without script it is one of many
    moved ||= byUser || lost;
  }

  /** Last, when nothing changes any more: a place for the focus has the page laid out. */
  function settle() {
    if (moved) document.defaultView.scrollTo({ top: 0, behavior: "instant" });
    if (moved) shown.querySelector("[data-focus]")?.focus({ preventScroll: true });
    else if (fallen) find("bar").focus({ preventScroll: true });
    moved = fallen = false;
  }

  // The kind of day that the check-in speaks for stands first.
  function suggest(screen, day) {
    for (const each of screen.querySelectorAll("[data-day]")) {
      const first = each.dataset.day === day?.suggested;
      each.classList.toggle("button--secondary", !first);
      each.hidden = each.dataset.day === "bad" && !day?.shorter;
      if (first) each.parentElement.prepend(each);
    }
  }

  // Forms start empty; a question that was answered before shows its answer, a correction keeps what was chosen.
  function prepare(screen, state) {
    for (const details of screen.querySelectorAll("details[open]")) details.open = false;
    suggest(screen, state.day);
    const picture = screens.get(`intro:${currentItem(state, plan)?.id}`)?.querySelector(".session__figure");
    screen.querySelector("[data-figure-here]")?.replaceChildren(...(picture?.cloneNode(true).childNodes ?? []));
    const form = screen.querySelector("form");
    if (!form) return;
    for (const error of form.querySelectorAll("[data-error], [data-error-for]")) error.hidden = true;
    if (form.dataset.form === "answer") {
      form.reset();
      const { [form.dataset.id]: given, pressure } = state.q.answers;
      for (const radio of form.elements) if (radio.type === "radio") radio.checked = radio.value === String(given);
      if (form.elements.upper && pressure) showPressure(form, pressure);
    } else if (!state.ask?.replaces || state.ask.fresh || state.name === "finish") {
      form.reset();
    }
    more(form);
  }

  function conditions(screen, state) {
    const { source, said } = state.ask ?? {};
    const worse = said?.worse;
    const facts = {
      seated: state.restrictions.includes("seated-and-lying-only"),
      wish: state.end?.wish,
      sign: !state.end?.wish,
      steady: state.restrictions.includes("no-fall-risk-entries"),
      hurts: worse && source === "stop-button",
      walked: worse && source === "minutes",
      stop: state.rest?.from === "stop",
      interval: state.rest?.from === "interval",
      first: Boolean(state.back?.first),
      moved: state.moved,
      short: state.kind === "minimum",
      rested: !worse && ["after-set", "minutes"].includes(source),
    };
    for (const each of screen.querySelectorAll("[data-when]")) each.hidden = !facts[each.dataset.when];
    for (const each of screen.querySelectorAll("[data-correct]")) each.hidden = !state.undo;
    for (const each of screen.querySelectorAll("[data-same]")) each.hidden = worse && state.name === "pain";
    const back = screen.querySelector("[data-back]");
    if (back) back.hidden = !canGoBack(state);
    const picture = screen.querySelector("[data-picture]");
    const item = currentItem(state, plan);
    if (picture && item?.picture && picture.getAttribute("src") !== item.picture) picture.setAttribute("src", item.picture);
  }

  function top(state) {
    const busy = !AROUND.includes(state.name);
    document.body.dataset.state = state.name;
    document.body.dataset.level = state.outcome?.level ?? "";
    find("progress").hidden = !busy;
    find("brand").hidden = busy;
    if (!busy) return;
    const all = state.order.length;
    find("progress").querySelector("progress").value = state.at / all || 0;
    fill(find("progress"), {
      of: filled(words.of, { n: Math.min(state.at + 1, all), all }),
      left: filled(words.minLeft, { n: minutesLeft(state, itemsOf(plan, state.kind)) }),
    });
  }

  function dock(state) {
    const wanted = dockOf(state, currentItem(state, plan), words, mayEase(state, plan));
    const box = find("dock");
    const at = document.activeElement;
    box.hidden = !wanted;
    if (!wanted) return;
    button(find("extra"), wanted.extra);
    const { parentElement: place } = find("bar");
    place.hidden = !wanted.bar;
    if (wanted.bar) button(find("bar"), wanted.bar);
    place.classList.toggle("pause-bar--go", !place.hidden && wanted.bar[0] !== "pause");
    button(find("small-pause"), wanted.pause);
    box.querySelector('[data-do="relief"]').hidden = !wanted.relief;
    box.querySelector('[data-do="hurts"]').hidden = wanted.hurts === false;
    fallen = at?.hidden && box.contains(at); // a key must not fall into nothing
  }

  return {
    render,
    settle,
    justShown: (t) => t - shownAt < 500,
    announce(text) {
      say.textContent = text;
    },
    saving(status, signIn) {
      for (const each of document.querySelectorAll('[data-text="save"]')) each.textContent = words[camel(status)] ?? "";
      find("save").hidden = false;
      find("sign-in").hidden = !signIn;
    },
    awake(held) {
      for (const each of document.querySelectorAll("[data-no-wake]")) each.hidden = held;
    },
    elsewhere(take) {
      const screen = screens.get("elsewhere");
      show(screen, false, 0);
      settle();
      screen.querySelector("button").addEventListener("click", take, { once: true });
    },
    primary: () => (find("dock").hidden || find("bar").parentElement.hidden ? shown?.querySelector("[data-primary]:not([hidden])") : find("bar")),
    extra: () => (find("dock").hidden || find("extra").hidden ? null : find("extra")),
    other: () => shown?.querySelector("[data-other]"),
    button: (act) => shown?.querySelector(`[data-do="${act}"]`) ?? find("dock").querySelector(`[data-do="${act}"]`),
    more,
  };
}

/** Shows the further questions that belong to the chosen answer. */
export function more(form) {
  const chosen = form.elements.change?.value;
  for (const each of form.querySelectorAll("[data-more]")) {
    each.hidden = each.dataset.more !== chosen;
    if (each.hidden) for (const radio of each.querySelectorAll("input")) radio.checked = false;
  }
}

function showPressure(form, pressure) {
  const { upper, lower, none } = form.elements;
  if (none) none.checked = pressure === "none";
  if (pressure === "none") return;
  [upper.value, lower.value] = pressure;
  form.querySelector("details")?.setAttribute("open", "");
}

function button(element, wanted) {
  element.hidden = !wanted;
  if (!wanted) return;
  element.dataset.act = wanted[0];
  if (element.textContent !== wanted[1]) element.textContent = wanted[1];
}

function fill(root, texts) {
  for (const slot of root.querySelectorAll("[data-text]")) {
    const text = texts[slot.dataset.text];
    if (text === undefined || slot.textContent === text) continue;
    slot.textContent = text;
    if (slot.classList.contains("countdown")) slot.classList.toggle("countdown--long", text.length > 2);
  }
}

function canGoBack(state) {
  if (state.name === "pain") return mayWithdraw(state.ask);
  return state.name !== "question" || state.q.n > 1;
}

/** Every word and number of a state's screen, by slot. */
export function textsOf(state, t, plan, words) {
  const item = currentItem(state, plan);
  const put = (key, n, all) => filled(words[key], { n, all, name: item?.name, ...state.baseline });
  const texts = { name: item?.name ?? "", side: "" };
  if (state.name === "question") return { asked: put("asked", state.q.n, state.q.of) };
  if (state.name === "offer") return { answered: put("answered"), today: put("today", state.order.length, minutesLeft(state, itemsOf(plan, state.kind))) };
  if (TIMED.includes(state.name)) return { ...texts, cue: state.name === "get-ready" ? cueOf(state, plan) : "", ...runTexts(state, t, item, words, put) };
  if (state.name === "between") {
    const left = Math.max(0, Math.ceil((state.since + (state.rest.ms ?? 0) - t) / 1000));
    const shorter = state.rest.interval ? put("nextShorter", state.interval) : "";
    return { ...texts, set: shorter || put("set", state.set, setCount(item)), digits: left ? clock(left) : "", resting: left ? words.relax : words.rested };
  }
  if (state.name === "resting") return { ...texts, digits: clock((t - state.rest.since) / 1000), resting: words.resting };
  if (state.name === "relief") return { ...texts, digits: clock((t - state.since) / 1000), resting: words.breathe };
  if (state.name === "pain" || state.name === "rest-ask") {
    return { ...texts, after: setCount(item) > 1 ? put("afterSet", state.set) : item.name, "began-both": put("beganBoth"), "began-spine": put("began", state.baseline.spine), "began-limb": put("began", state.baseline.limb) };
  }
  if (state.name === "stopped") return { ...texts, why: words[camel(state.rest.why)] };
  if (state.name === "count") {
    const { reps } = state.made;
    const done = item.dose.per_side ? Math.min(reps.left, reps.right) : reps.none;
    return { ...texts, "count-ask": put("count", item.dose.reps), "count-all": put("countAll", item.dose.reps), "count-some": put("countSome", done) };
  }
  if (state.end) return { ...texts, why: words[camel(state.end.why)] ?? "" };
  return texts;
}

function runTexts(state, t, item, words, put) {
  const part = state.parts[state.part];
  const left = remaining(state, t);
  const seconds = Math.ceil(left / 1000);
  const walking = part.kind === "minutes" && item.kind === "walk";
  const many = setCount(item) > 1;
  const sets = many ? put(item.dose.type === "minutes" ? "interval" : "set", state.set, setCount(item)) : "";
  const waiting = left === 0; // "wait for me": a rest that is over
  const beats = part.kind === "tempo" ? ` ${"●".repeat(Math.min(4, Math.ceil((part.ms - left + 1) / 1000)))}`.padEnd(5, "○") : "";
  return {
    side: part.side ? words[part.side] : "",
    count: [!item.dose.reps ? "" : isLast(part, item) ? words.last : put("rep", part.rep, item.dose.reps), sets].filter(Boolean).join(" · "),
    digits: waiting ? "" : part.kind === "tempo" ? String(part.rep) : part.kind === "minutes" ? clock(seconds) : String(seconds).padStart(2, "0"),
    phase: waiting ? words.goWhenReady : (walking ? words.walk : part.kind === "hold" ? words.holdOn : words[camel(part.kind)]) + beats,
  };
}

const filled = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);

function clock(seconds) {
  return `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;
}

function camel(name) {
  return String(name).replace(/-(\w)/g, (_, letter) => letter.toUpperCase());
}
