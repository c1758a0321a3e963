// The figure of the exercise that runs, in the session's page itself. It follows the player's steps and decides nothing;
// where it cannot be fetched, the still picture stays.
import { TIMED, currentItem, remaining } from "../player/moves.js";
import { makeFigure } from "./figure.js";

/**
 * How the figure moves in a state of the player: {how, ms, begun, other}, or null where it does not show.
 * `how` is loop, hold, rest (the start) or stop; `begun` are the milliseconds of `ms` that have passed.
 */
export function motionOf(state, item, t) {
  const part = state.parts?.[state.part];
  if (!part || !item || !TIMED.includes(state.name)) return null;
  const other = part.side === "left"; // figures show the right side
  const still = state.name === "hold" || (state.name === "minutes" && item.relief_position);
  const moves = state.name === "tempo" || state.name === "minutes";
  if (state.begun === null && (still || moves)) return { how: "stop", other };
  if (still) return { how: "hold", other };
  if (!moves) return { how: "rest", other };
  // A stretch of minutes has no beat of its own: the figure keeps that of its data.
  const ms = state.name === "tempo" ? part.ms : undefined;
  return { how: "loop", ms, begun: part.ms - remaining(state, t), other };
}

/** The addresses of a plan's figures, each once, those of the session itself first. */
export function addressesOf(plan) {
  const items = [...plan.items, ...plan.minimum, ...plan.relief_only];
  return [...new Set(items.map((item) => item.figure).filter(Boolean))];
}

/** Fetches each address once; what failed is tried again when it is asked for again. */
export function makeLoader(get) {
  const kept = new Map();
  return (address) => {
    if (!kept.has(address)) {
      kept.set(address, get(address));
      kept.get(address).catch(() => kept.delete(address));
    }
    return kept.get(address);
  };
}

async function made(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(answer.status);
  const svg = drawn(document, await answer.text());
  return { svg, moving: makeFigure(svg, { still: false }) }; // where motion is unwelcome, it is not shown
}

/** The picture as a part of the page: the words on the screen say what it shows, so a reader does not hear it. */
export function drawn(document, text) {
  const { documentElement: root } = new DOMParser().parseFromString(text, "image/svg+xml");
  if (root.localName !== "svg" || !root.dataset.figure) throw new Error("no figure");
  const svg = document.importNode(root, true);
  for (const each of svg.querySelectorAll("title, desc")) each.remove();
  svg.removeAttribute("role");
  svg.setAttribute("aria-hidden", "true");
  svg.setAttribute("focusable", "false");
  return svg;
}

/** The address of the same still on dark paper; empty for a photograph, which has none. */
const darkOf = (address) => (/\/figures\/\d+\/[0-9a-f]+\/(start|end)\.svg$/.test(address) ? address.replace(/\.svg$/, "-dark.svg") : "");

/** Keeps the figure of the run screen at what the player does. */
export function follow(document, plan, load, reduced) {
  const picture = document.querySelector("[data-picture]");
  const dark = document.querySelector("[data-picture-dark]");
  const box = picture.closest(".session__figure");
  let shown = null; // {address, svg, moving}
  let heard = null; // the last step, and when it came
  let key = "";

  function clear() {
    shown?.moving.remove();
    shown?.svg.remove();
    shown = null;
    picture.hidden = false;
  }

  function show(address, figure) {
    clear();
    box.append(figure.svg);
    picture.hidden = true;
    shown = { address, ...figure };
  }

  function apply() {
    const { state, t, at } = heard;
    const item = currentItem(state, plan);
    const motion = motionOf(state, item, t);
    const now = [item?.id, state.turn, motion?.how, reduced.matches].join();
    if (now === key) return;
    key = now;
    shown?.moving.stop();
    if (!motion) return;
    const address = item.figure;
    // A photograph of the clinic is never turned round; the still of a figure is.
    box.classList.toggle("session__figure--other", Boolean(address && motion.other));
    if (!address || reduced.matches || shown?.address !== address) clear();
    if (!address || reduced.matches) return;
    if (!shown) return void wait(address);
    shown.moving.mirror(motion.other);
    if (motion.how === "loop") shown.moving.loop(motion.ms, motion.begun + performance.now() - at);
    else shown.moving[motion.how]();
  }

  async function wait(address) {
    try {
      const figure = await load(address);
      await new Promise((done) => setTimeout(done)); // the new screen first
      if (shown || currentItem(heard.state, plan)?.figure !== address) return;
      show(address, figure);
      key = "";
      apply();
    } catch {
      clear();
    }
  }

  document.addEventListener("step", ({ detail }) => {
    heard = { ...detail, at: performance.now() };
    const address = darkOf(picture.getAttribute("src") ?? "");
    if (dark.srcset !== address) dark.srcset = address;
    apply();
  });
  reduced.addEventListener("change", () => heard && apply());
}

/** Makes the figures ready one after the other while nothing else is to do, so that they are there without a network. */
export async function preload(addresses, load, idle) {
  for (const address of addresses) {
    await idle();
    await load(address).catch(() => {});
  }
}

function begin() {
  const plan = JSON.parse(document.getElementById("plan").textContent);
  const load = makeLoader(made);
  const idle = () => new Promise((done) => (window.requestIdleCallback ?? setTimeout)(done));
  follow(document, plan, load, matchMedia("(prefers-reduced-motion: reduce)"));
  const fetchAll = () => preload(addressesOf(plan), load, idle);
  if (document.readyState === "complete") fetchAll();
  else window.addEventListener("load", fetchAll, { once: true });
}

if (globalThis.document?.querySelector("[data-picture]")) begin();
