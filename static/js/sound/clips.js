// The recorded voice: fetched while nothing else is to do, decoded when it is needed, few kept decoded.

const KEPT = 32;
const LONGEST_WAIT_MS = 4_000;

/**
 * @param {object} scope the window
 * @param {Record<string, string>} table text -> address of its clip
 * @param {(data: ArrayBuffer) => Promise<AudioBuffer>} decode
 */
export function makeClips(scope, table, decode) {
  const kept = new Map();
  const fetched = new Map(); // a session's worth is a few hundred KB
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
      const buffer = await decode((await bytes(text)).slice(0)); // decoding takes what it is given
      lengths.set(text, buffer.duration);
      return buffer;
    } catch {
      kept.delete(text); // asked for again with the next use
      return null;
    }
  }

  async function bytes(text, how) {
    if (!fetched.has(text)) {
      const answer = await scope.fetch(table[text], how);
      if (!answer.ok) throw new Error(answer.status);
      fetched.set(text, await answer.arrayBuffer());
    }
    return fetched.get(text);
  }

  /** One after the other, so that a change of part has nothing to fetch, and the network may go. */
  async function fetchAll(texts) {
    for (const text of texts) {
      await new Promise((done) => (scope.requestIdleCallback ?? scope.setTimeout)(done, { timeout: LONGEST_WAIT_MS }));
      await bytes(text, { priority: "low" }).catch(() => {}); // fetched again when it is to be heard
    }
  }

  const has = (text) => Object.hasOwn(table, text);
  return { has, get, fetchAll, seconds: (text) => lengths.get(text) };
}
