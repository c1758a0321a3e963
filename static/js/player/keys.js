// The keys of a keyboard, and of a remote that turns pages.

import { TIMED } from "./moves.js";

/** A page turner's keys do what the big button does; Escape pauses. Fields and buttons keep their own keys. */
export function onKey(event, view, state) {
  if (event.repeat || event.altKey || event.ctrlKey || event.metaKey) {
    if (event.repeat && [" ", "Enter"].includes(event.key)) event.preventDefault();
    return;
  }
  const inField = event.target.closest("input, select, textarea, summary, button, a");
  if (event.key === "Escape" && (TIMED.includes(state.name) || ["intro", "between", "space"].includes(state.name))) {
    document.querySelector('[data-do="pause"]').click();
  } else if (event.key === "PageDown" || (event.key === "ArrowRight" && !inField?.matches("input")) || ([" ", "Enter"].includes(event.key) && !inField)) {
    const target = event.key === "PageDown" || event.key === "ArrowRight" ? (view.extra() ?? view.primary()) : view.primary();
    if (!target) return;
    event.preventDefault();
    target.click();
  }
}
