// Beeps by Web Audio and, if wanted, a voice. Extras only: nothing waits for them, and their failure is silent.

const PATTERNS = {
  ready: [[660, 0, 0.15]],
  start: [[880, 0, 0.35]],
  rest: [[520, 0, 0.2]],
  half: [[740, 0, 0.12], [740, 0.2, 0.12]],
  tick: [[600, 0, 0.08]],
  end: [[880, 0, 0.18], [660, 0.22, 0.18], [520, 0.44, 0.4]],
};
const LONGEST_WORDS = 150;

export function makeSound(scope, settings) {
  let context = null;
  let speaking = null;

  function unlock() {
    guard(() => {
      if (context && context.state !== "running") {
        // A context that was interrupted may never sound again: a new one, inside this press.
        guard(() => context.close());
        context = null;
      }
      if (!context && scope.AudioContext) context = new scope.AudioContext();
      if (scope.navigator.audioSession) scope.navigator.audioSession.type = "playback";
    });
  }

  function play(name) {
    if (!settings.sound || !context) return;
    guard(() => {
      for (const [pitch, after, length] of PATTERNS[name] ?? []) beep(context, pitch, after, length);
    });
  }

  function say(words) {
    const speech = scope.speechSynthesis;
    if (!settings.voice || !speech || !words) return;
    guard(() => {
      speech.cancel();
      speaking = new scope.SpeechSynthesisUtterance(words.slice(0, LONGEST_WORDS));
      speaking.lang = scope.document.documentElement.lang;
      scope.setTimeout(() => guard(() => speech.speak(speaking)), 60);
    });
  }

  return { unlock, play, say, quiet: () => guard(() => scope.speechSynthesis?.cancel()) };
}

function beep(context, pitch, after, length) {
  const tone = context.createOscillator();
  const volume = context.createGain();
  const start = context.currentTime + after;
  tone.frequency.value = pitch;
  volume.gain.setValueAtTime(0.0001, start);
  volume.gain.exponentialRampToValueAtTime(0.4, start + 0.02);
  volume.gain.exponentialRampToValueAtTime(0.0001, start + length);
  tone.connect(volume).connect(context.destination);
  tone.start(start);
  tone.stop(start + length + 0.05);
}

function guard(work) {
  try {
    return work();
  } catch {
    return undefined;
  }
}
