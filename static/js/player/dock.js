// Which buttons stand at the bottom of the screen in which state.

/**
 * @returns {{bar: [string, string] | null, extra: [string, string] | null, pause: boolean, relief: boolean,
 *   hurts?: boolean} | null} action and words of each; null: no dock
 */
export function dockOf(state, item, words) {
  const go = (label) => ({ bar: ["ready", label], extra: null, pause: true, relief: true });
  const running = (extra) => ({ bar: ["pause", words.pause], extra, pause: false, relief: true });
  switch (state.name) {
    case "space":
      return go(words.spaceReady);
    case "intro":
      return go(words.ready);
    case "between":
      return go(item?.kind === "walk" ? words.nextWalk : words.nextSet.replace("{n}", state.set));
    case "get-ready":
    case "relax":
    case "side":
      return running(["next", words.next]);
    case "hold":
      return running(null);
    case "tempo":
      return running(["done", words.done]);
    case "minutes":
      return running(item?.kind === "walk" ? ["symptoms", words.symptoms] : ["done", words.done]);
    case "paused":
    case "unseen":
    case "count":
      return { bar: null, extra: null, pause: false, relief: true };
    case "relief":
      return { bar: ["ready", state.back?.first ? words.on : words.backTo], extra: null, pause: false, relief: false };
    case "resting":
      return { bar: null, extra: null, pause: false, relief: false };
    default:
      return null;
  }
}
