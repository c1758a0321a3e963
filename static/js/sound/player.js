// Sound on the audio clock: beeps and clips at exact times. A context that fell silent is replaced within a press.

const PATTERNS = {
  ready: [[660, 0, 0.15]],
  start: [[880, 0, 0.35]],
  rest: [[520, 0, 0.2]],
  half: [[740, 0, 0.12], [740, 0.2, 0.12]],
  tick: [[600, 0, 0.08]],
  end: [[880, 0, 0.18], [660, 0.22, 0.18], [520, 0.44, 0.4]],
};
/** Seconds that a pattern takes. */
export const lengthOf = (sound) => Math.max(...PATTERNS[sound].map(([, after, length]) => after + length));
const VOLUMES = { quiet: 0.4, normal: 1, loud: 2 };
const FROZEN_MS = 300;

export function makePlayer(scope, settings) {
  let context = null;
  let master = null;
  let seen = null;
  let frozen = false;
  let nodes = [];

  const now = () => context?.currentTime ?? 0;
  const works = () => context?.state === "running" && !frozen;

  /** Within a press: the only moment in which every browser lets sound begin. */
  function unlock() {
    guard(() => {
      look();
      if (context && !works()) drop();
      if (!context && scope.AudioContext) build();
      turn();
    });
  }

  function build() {
    context = new scope.AudioContext();
    master = context.createGain();
    master.connect(context.createDynamicsCompressor()).connect(context.destination); // loud stays clear
    context.resume?.()?.catch?.(() => {});
    seen = null;
    frozen = false;
  }

  function drop() {
    stop();
    guard(() => context.close()?.catch?.(() => {}));
    context = null;
  }

  /** After a call or a locked screen a context may say that it runs while its clock stands. */
  function look() {
    if (context?.state !== "running") return (seen = null);
    const at = { audio: context.currentTime, mono: scope.performance.now() };
    if (!seen || at.audio !== seen.audio) {
      frozen = false;
      seen = at;
    } else if (at.mono - seen.mono >= FROZEN_MS) frozen = true;
  }

  function turn() {
    const session = scope.navigator.audioSession;
    if (session) session.type = settings.music ? "ambient" : "playback";
    if (master) master.gain.value = VOLUMES[settings.volume];
  }

  function beeps(name, at) {
    guard(() => {
      for (const [pitch, after, length] of PATTERNS[name]) beep(name, pitch, at + after, length);
    });
  }

  function beep(name, pitch, start, length) {
    const tone = context.createOscillator();
    const gain = context.createGain();
    tone.frequency.value = pitch;
    gain.gain.setValueAtTime(0.0001, start);
    gain.gain.exponentialRampToValueAtTime(0.4, start + 0.02);
    gain.gain.exponentialRampToValueAtTime(0.0001, start + length);
    tone.connect(gain).connect(master);
    tone.start(start);
    tone.stop(start + length + 0.05);
    keep(tone, start, name);
  }

  function clip(buffer, at) {
    guard(() => {
      const source = context.createBufferSource();
      source.buffer = buffer;
      source.connect(master);
      source.start(at);
      keep(source, at, "voice");
    });
  }

  function keep(node, at, name) {
    nodes.push({ node, at, name });
    node.onended = () => (nodes = nodes.filter((each) => each.node !== node));
  }

  /** Takes back what sounds or is to sound; stays() tells what is left alone, by {at, name}. */
  function stop(stays = () => false) {
    const all = nodes;
    nodes = all.filter(stays);
    for (const each of all) if (!nodes.includes(each)) guard(() => each.node.stop());
  }

  const decode = (data) => (context ? context.decodeAudioData(data) : Promise.reject(new Error("no context")));
  return { unlock, look, works, now, turn, beeps, clip, stop, decode, forget: () => (seen = null) };
}

export function guard(work) {
  try {
    return work();
  } catch {
    return undefined;
  }
}
