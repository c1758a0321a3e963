// Which buttons stand at the bottom of the screen in which state.

/**
 * @param {boolean} easier whether the exercise may be made easier (R25, P12)
 * @returns {{bar: [string, string] | null, extra: [string, string] | null, pause: [string, string] | null, relief: boolean,
 *   hurts?: boolean} | null} action and words of each; null: no dock
 */
export function dockOf(state, item, words, easier) {
  const go = (label) => ({ bar: ["ready", label], extra: null, pause: ["pause", words.pause], relief: true });
  const running = (extra) => ({ bar: ["pause", words.pause], extra, pause: null, relief: true });
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
      return { bar: null, extra: null, pause: null, relief: true };
    case "relief":
      return { bar: ["ready", state.back?.first ? words.on : words.carryOn], extra: easier ? ["easier", words.easier] : null, pause: ["stop", words.stopToday], relief: false };
    case "resting":
      return { bar: state.rest.from === "interval" ? ["settled", words.settledNow] : null, extra: null, pause: null, relief: false };
    default:
      return null;
  }
}
