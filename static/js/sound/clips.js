// The recorded voice: fetched while nothing else is to do, decoded when it is needed, few kept.

const KEPT = 32;
const LONGEST_WAIT_MS = 4_000;

/**
 * @param {object} scope the window
 * @param {Record<string, string>} table text -> address of its clip
 * @param {(data: ArrayBuffer) => Promise<AudioBuffer>} decode
 */
export function makeClips(scope, table, decode) {
  const kept = new Map();
  const lengths = new Map();

  /** The decoded clip of a text, or null. */
  async function get(text) {
    if (!has(text)) return null;
    const known = kept.get(text);
    kept.delete(text); // the latest at the end
    kept.set(text, known ?? load(text));
    if (kept.size > KEPT) kept.delete(kept.keys().next().value);
    return kept.get(text);
  }

  async function load(text) {
    try {
      const answer = await scope.fetch(table[text]);
      if (!answer.ok) throw new Error(String(answer.status));
      const buffer = await decode(await answer.arrayBuffer());
      lengths.set(text, buffer.duration);
      return buffer;
    } catch {
      kept.delete(text); // asked for again with the next use
      return null;
    }
  }

  /** One after the other, so that they lie in the browser's store when the network is gone. */
  async function fetchAll(texts) {
    for (const text of texts) {
      await idle(scope);
      try {
        await (await scope.fetch(table[text], { priority: "low" })).arrayBuffer();
      } catch {
        // fetched again when it is to be heard
      }
    }
  }

  const has = (text) => Object.hasOwn(table, text);
  return { has, get, fetchAll, seconds: (text) => lengths.get(text) };
}

function idle(scope) {
  return new Promise((done) => {
    if (scope.requestIdleCallback) scope.requestIdleCallback(done, { timeout: LONGEST_WAIT_MS });
    else scope.setTimeout(done, 50);
  });
}
