// Which buttons stand at the bottom of the screen in which state.

/**
 * @param {boolean} easier whether the exercise may be made easier (R25, P12)
 * @returns {{bar?: [string, string], extra?: [string, string], pause?: [string, string], relief?: boolean,
 *   hurts?: boolean} | null} action and words of each, what does not stand there left out; null: no dock
 */
export function dockOf(state, item, words, easier) {
  const go = (label) => ({ bar: ["ready", label], pause: ["pause", words.pause], relief: true });
  const running = (extra) => ({ bar: ["pause", words.pause], extra, relief: true });
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
      return running();
    case "tempo":
      return running(["done", words.done]);
    case "minutes":
      return item?.kind === "walk" ? { ...running(["symptoms", words.symptoms]), pause: ["done", words.walked] } : running(["done", words.done]);
    case "settled":
    case "paused":
    case "unseen":
    case "count":
      return { relief: true };
    case "relief":
      return { bar: ["ready", state.back?.first ? words.on : words.carryOn], extra: easier && ["easier", words.easier], pause: ["stop", words.stopToday] };
    case "resting":
      return { bar: state.rest.from === "interval" && ["settled", words.settledNow] };
    default:
      return null;
  }
}
