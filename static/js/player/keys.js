// The keys of a keyboard, and of a remote that turns pages. No key answers for the patient what a button would not:
// each one presses a button that is on the screen, and the machine takes a press too soon for none.

import { TIMED } from "./moves.js";

const KEYS = { " ": "press", Enter: "press", ArrowRight: "on", PageDown: "on", ArrowLeft: "other", PageUp: "other", Escape: "leave" };
const RUNNING = ["space", "intro", "between", ...TIMED];

/** What Escape presses in a state; elsewhere it does nothing. */
export const LEAVES = { ...Object.fromEntries(RUNNING.map((name) => [name, "pause"])), "stop-why": "back" };

/**
 * What a key means here: "press" (the big button), "on" (what leads on, else the big button), "other" (the other of two
 * answers), "leave", "held" (a key that is held down counts once), or null: the page's own.
 */
export function meaningOf({ key, repeat, altKey, ctrlKey, metaKey }, target) {
  const meaning = Object.hasOwn(KEYS, key) ? KEYS[key] : null;
  const within = target?.closest("input, select, textarea, summary, button, a");
  if (!meaning || altKey || ctrlKey || metaKey) return null;
  if (within?.matches("input, select, textarea") && !["PageDown", "Escape"].includes(key)) return repeat && key === "Enter" ? "held" : null;
  if (repeat) return "held";
  return meaning === "press" && within ? null : meaning; // a focused button keeps its own keys
}

/** Presses the button that a key stands for. */
export function onKey(event, view, state) {
  const meaning = meaningOf(event, event.target);
  if (!meaning) return;
  const targets = {
    press: () => view.primary(),
    on: () => (state.name !== "relief" && view.extra()) || view.primary(), // easier is no way on
    other: () => view.other(),
    leave: () => LEAVES[state.name] && view.button(LEAVES[state.name]),
  };
  const target = targets[meaning]?.();
  if (meaning !== "held" && (!target || target.matches('[href^="tel:"]'))) return; // no key calls anybody
  event.preventDefault();
  target?.click();
}
