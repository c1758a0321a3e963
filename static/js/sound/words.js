// Which texts are spoken: always such as stand on the screen at that moment.

import { currentItem } from "../player/moves.js";
import { alternates } from "../player/sets.js";

const LONGEST_MS = 120_000; // longer ones stand on the screen as minutes
const SHORT_MS = 8_000;
const SPOKEN = "h1, h2, h3, p, li";
const UNSPOKEN = "a, button, details, label, legend, svg, strong, .soft, .hint, .visually-hidden, [role=timer], [data-error], [data-error-for], [data-text=save], [aria-hidden], [hidden]";
const WHOLE = ["stopped", "settled", "ended", "over", "outcome", "no-session", "done", "closed", "relief", "resting"];
const ASKED = ["question", "finish"];
const HEADING = ["pain", "rest-ask", "unseen", "paused"];

/**
 * The words at the beginning of a timed part, piece by piece.
 * @param {boolean} again it goes on after a break
 */
export function opening(state, plan, words, again = false) {
  const item = currentItem(state, plan);
  const part = state.parts[state.part];
  const side = part.side ? words[part.side] : "";
  const turn = alternates(item) && side; // else one side is finished first
  const last = isLast(part, item) && words.last;
  const short = part.ms < SHORT_MS; // its last seconds are counted: nothing may run into them
  const seconds = again || part.ms > LONGEST_MS ? "" : words.seconds.replace("{n}", Math.round(part.ms / 1000));
  switch (part.kind) {
    case "get-ready":
      return pieces(item.name, words.getReady, side, seconds);
    case "hold":
      return part.ms < 3000 ? [words.breathe] : pieces(!short && last, words.hold, !short && seconds, words.breathe); // S29
    case "tempo":
      return pieces(last || (!turn && String(part.rep)), turn);
    case "side":
      return pieces(words.side, side, seconds);
    case "relax":
      return pieces(turn || words.relax, !short && seconds);
    default:
      return pieces(item.kind === "walk" ? words.walk : words.minutes, seconds);
  }
}

/** Is this the last repetition of its side? */
export const isLast = (part, item) => item.dose.reps > 1 && part.rep === item.dose.reps;

/** The exercise's own cue, where it belongs: while one gets ready for the first set, and in its first repetition. */
export const cueOf = (state, plan) => (state.set === 1 && state.part < 2 && currentItem(state, plan).cue) || "";

/** The texts of a state without a clock; screen is what shows it. */
export function told(state, plan, screen) {
  if (state.name === "intro") {
    const { name, steps } = currentItem(state, plan);
    return pieces(name, ...steps);
  }
  if (ASKED.includes(state.name)) return askedOn(screen);
  if (HEADING.includes(state.name)) return textsOn(screen).slice(0, state.name === "pain" ? 2 : 1);
  return WHOLE.includes(state.name) ? textsOn(screen) : [];
}

// What is asked, its hint, and answers that are more than yes and no.
function askedOn(screen) {
  const answers = screen.querySelector("[value=not-sure]") ? "" : ", .choice__text";
  const texts = [...screen.querySelectorAll(`h1, legend, .hint${answers}`)].map(wordsOf);
  return [...new Set(texts)]; // a heading may be a legend too
}

/** What stands on a screen as headings and sentences. */
function textsOn(screen) {
  const walker = screen.ownerDocument.createTreeWalker(screen, 4);
  const found = [];
  while (walker.nextNode()) {
    const { parentElement: element } = walker.currentNode;
    const text = wordsOf(walker.currentNode);
    if (/[\p{L}\p{N}]/u.test(text) && element.closest(SPOKEN) && !element.closest(UNSPOKEN)) found.push(text);
  }
  return found;
}

/** Every text that may be said in the session, what comes soon first. */
export function inOrder(state, plan, words, table) {
  const fixed = [...Object.values(words), "1", "2", "3"];
  const items = [...plan.items, ...plan.minimum, ...plan.relief_only];
  const near = Math.max(0, items.findIndex((item) => item.id === state.order?.[state.at]));
  const texts = items.slice(near, near + 2).flatMap((item) => [item.name, ...item.steps]);
  return [...new Set([...fixed, ...texts, ...Object.keys(table)])].filter((text) => text in table);
}

const wordsOf = (node) => node.textContent.replace(/\s+/g, " ").trim();
const pieces = (...texts) => texts.filter(Boolean);
