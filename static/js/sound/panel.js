// The choices of sound, on the page before the start and in a pause, and the question whether anything is heard.

const PICK = { mode: String, volume: String, ready: Number };

/**
 * @param {Element} panel the choices; they move to the screen that has room for them
 * @param {object} settings of makeSettings()
 * @param {object} sound of makeSound()
 * @param {object} words of the session
 */
export function makePanel(panel, settings, sound, words) {
  const check = panel.querySelector("[data-check]");
  const aloud = panel.ownerDocument.querySelector("[data-aloud]");
  const [start, stop] = aloud.querySelectorAll("span");
  const wait = panel.querySelector('[data-do="wait"]');
  const part = (name) => check.querySelector(`[data-check-${name}]`);

  function fill() {
    for (const name of Object.keys(PICK))
      for (const radio of panel.querySelectorAll(`input[name="sound-${name}"]`)) radio.checked = radio.value === String(settings[name]);
    panel.querySelector('input[name="sound-music"]').checked = settings.music;
  }

  panel.addEventListener("change", ({ target }) => {
    const name = target.name.replace("sound-", "");
    settings.set(name, name in PICK ? PICK[name](target.value) : target.checked);
    sound.turn();
    if (name === "ready") return;
    if (settings.mode === "silent") sound.hush();
    else sound.sample(words.hear);
  });

  panel.addEventListener("click", ({ target }) => {
    const act = target.closest("[data-check-do]")?.dataset.checkDo;
    if (!act) return;
    const heard = act === "yes";
    if (heard) settings.set("heard", true);
    else sound.sample(words.hear);
    part("asked").hidden = heard;
    part("help").hidden = act !== "no";
    part("fine").hidden = !heard;
    if (heard) part("play").focus();
  });

  const reading = (on) => ([start.hidden, stop.hidden] = [on, !on]);

  aloud.addEventListener("click", () => {
    settings.set("aloud", stop.hidden);
    reading(settings.aloud);
    sound.read(settings.aloud);
  });

  // The button stands at each question of the check-in; the others are always read.
  function question(after, screen) {
    const place = settings.mode === "voice" && after.q?.purpose === "check-in" && screen.querySelector(".question__of");
    aloud.hidden = !place;
    if (!place || place.nextSibling === aloud) return;
    place.after(aloud);
    reading(sound.reads(after));
  }

  /** Told of each step: the choices stand in the screen that is shown. */
  function step(after, screen) {
    question(after, screen);
    wait.textContent = words[after.wait ? "waitOn" : "waitOff"];
    const room = screen.querySelector("[data-sound-here]");
    if (!room || room.contains(panel)) return;
    room.append(panel);
    panel.hidden = false;
    const details = panel.querySelector("details");
    const offered = after.name === "offer";
    details.open = false;
    if (offered) details.append(wait.parentElement);
    else panel.append(wait.parentElement); // in a pause it is at hand
    const first = offered && !settings.heard && settings.mode !== "silent";
    if (first) details.before(check);
    else details.append(check);
    for (const name of ["asked", "help", "fine"]) part(name).hidden = true;
    fill();
  }

  return { step };
}
