// What static/js/outbox/database.js gives, in memory.

const KEYS = { sessions: ["account", "session"], events: ["id"], locks: ["account"], documents: ["path"] };

export function memory() {
  const stores = Object.fromEntries(Object.keys(KEYS).map((name) => [name, new Map()]));
  let fault = null;
  const keyOf = (name, value) => JSON.stringify(KEYS[name].map((part) => value[part]));
  const asKey = (key) => JSON.stringify([key].flat());
  return {
    stores,
    /** From now on every write fails. */
    fill: () => (fault = () => Promise.reject(new Error("quota"))),
    /** From now on no write is ever answered. */
    hang: () => (fault = () => new Promise(() => {})),
    empty: () => (fault = null),
    get: async (name, key) => structuredClone(stores[name].get(asKey(key))),
    all: async (name, ...prefix) => {
      const parts = name === "events" ? ["account", "session", "seq"] : KEYS[name];
      const rows = [...stores[name].values()].filter((row) => prefix.every((value, n) => row[parts[n]] === value));
      return structuredClone(name === "events" ? rows.sort((a, b) => a.seq - b.seq) : rows);
    },
    async write(changes) {
      if (fault) return fault();
      for (const [how, name, what] of changes) {
        if (how === "clear") stores[name].clear();
        else if (how === "delete") stores[name].delete(asKey(what));
        else if (how === "put" || !stores[name].has(keyOf(name, what))) stores[name].set(keyOf(name, what), structuredClone(what));
      }
    },
    close: async () => {},
  };
}
