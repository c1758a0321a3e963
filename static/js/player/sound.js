// Joins the session to its sound: it tells each of its steps, the rest follows by itself.

import { makePanel } from "../sound/panel.js";
import { makeSettings } from "../sound/settings.js";
import { makeSound } from "../sound/sound.js";
import { makeWake } from "../sound/wake.js";

/**
 * @param {Window} scope
 * @param {{plan: object, words: object, announce: (text: string) => void, awake: (held: boolean) => void}} means
 * @returns {{settings: object, step: (before: object, after: object, t: number, screen: Element) => void}}
 */
export function hearing(scope, means) {
  const { document } = scope;
  const table = JSON.parse(document.getElementById("clips")?.textContent || "{}");
  const settings = makeSettings(() => scope.localStorage, Object.keys(table).length > 0);
  const sound = makeSound(scope, settings, { ...means, table });
  const choices = document.querySelector("[data-sound-panel]");
  choices.querySelector("[data-ios]").hidden = !/iPhone|iPad/.test(scope.navigator.userAgent);
  const panel = makePanel(choices, settings, sound, means.words);
  const wake = makeWake(scope, means.awake);
  return {
    settings,
    step(before, after, t, screen) {
      try {
        wake.step(after, t);
        panel.step(after, screen);
        sound.step(before, after, t, screen);
      } catch (error) {
        scope.reportError?.(error); // the session goes on without a sound
      }
    },
  };
}
