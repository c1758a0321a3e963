// One action after the other: the machine decides, what it says is kept, and only then is it shown.

import { reduce } from "./machine.js";

const SAVE_EVERY_MS = 5_000;

/**
 * @param {object} first the state to begin with
 * @param {object} env what the machine needs
 * @param {{read: () => {t: number, wall: number}}} clock
 * @param {object} means may() act here at all, keep(before, state, events, wall) -> promise,
 *   show(before, state, t, byUser), busy(true | false)
 */
export function makeCourse(first, env, clock, means) {
  const waiting = [];
  let state = first;
  let keeping = false;
  let keptAt = 0;

  /** Now, or after what is being kept; the time of an action is that of the press. Ticks only repaint. */
  function dispatch(action, byUser = false) {
    if (!means.may()) return null;
    const entry = { action, byUser, ...clock.read() };
    if (!keeping) return take(entry);
    if (action.type !== "tick") waiting.push(entry);
    return null;
  }

  function take({ action, byUser, t, wall }) {
    const before = state;
    const { state: after, events, changed } = reduce(before, { ...action, t, wall }, env);
    state = after;
    if (events.length || (changed && action.type !== "tick")) return keep(before, events, t, wall, byUser);
    if (changed || t - keptAt >= SAVE_EVERY_MS) {
      means.keep(before, state, [], wall);
      keptAt = t;
    }
    return means.show(before, state, t, byUser);
  }

  async function keep(before, events, t, wall, byUser) {
    keeping = true;
    means.busy(true);
    await means.keep(before, state, events, wall);
    keptAt = t;
    keeping = false;
    means.busy(false);
    if (!means.may()) return;
    means.show(before, state, clock.read().t, byUser);
    while (waiting.length && !keeping) take(waiting.shift());
  }

  return { dispatch, state: () => state };
}
