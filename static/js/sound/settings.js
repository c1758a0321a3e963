// What this device is to sound like. Nothing personal: it stays on the device, for whoever uses it.

const KEY = "stenosis-pt-settings";
const EITHER = [true, false];
const CHOICES = {
  mode: ["voice", "beeps", "silent"],
  volume: ["quiet", "normal", "loud"],
  ready: [5, 10, 15, 20, 30],
  music: EITHER,
  wait: EITHER,
  heard: EITHER,
  aloud: EITHER,
};

/**
 * @param {() => Storage} storage may throw: then what is chosen holds for this page
 * @param {boolean} clips whether there is a voice of our own
 * @returns {{mode, volume, ready, music, wait, heard, aloud, set: (name: string, value: any) => void}} ready in seconds
 */
export function makeSettings(storage, clips) {
  const kept = now(read(storage));
  const defaults = { mode: clips ? "voice" : "beeps", volume: "normal", ready: 10, music: false, wait: false, heard: false, aloud: false };
  const settings = { ...defaults, ...kept };
  Object.defineProperty(settings, "set", {
    value(name, value) {
      if (!CHOICES[name]?.includes(value)) return;
      settings[name] = kept[name] = value;
      try {
        storage().setItem(KEY, JSON.stringify(kept));
      } catch {
        // chosen for this page alone
      }
    },
  });
  return settings;
}

function read(storage) {
  try {
    return JSON.parse(storage().getItem(KEY)) ?? {};
  } catch {
    return {};
  }
}

// {sound, voice} is how the choice was kept at first.
function now({ sound, voice, ...kept }) {
  if (sound !== undefined || voice !== undefined) kept.mode ??= voice ? "voice" : sound === false ? "silent" : "beeps";
  return Object.fromEntries(Object.entries(kept).filter(([name, value]) => CHOICES[name]?.includes(value)));
}
