// The device's own database. All that is personal on the device is in it, and nowhere else.
// sessions, events, locks: the outbox (store.js). documents: pages for a day without a network.

export const NAME = "stenosis-pt";
const VERSION = 1;
const KEYS = { sessions: ["account", "session"], events: "id", locks: "account", documents: "path" };
const BY_SESSION = ["account", "session", "seq"];
const TRIES = 3;
const OPEN_MS = 3_000; // Safari's open sometimes never answers; the next one does
const EARLIER = /^stenosis-pt(-lock)?\//; // what an earlier version kept in localStorage

/**
 * @param {{factory?: IDBFactory, gone?: () => void}} means gone: another window has wiped the device (a sign-out)
 * @returns {Promise<object | null>} get(store, key), all(store, ...prefix of the key), write(changes), or null where
 *   the browser keeps nothing
 */
export async function openDatabase({ factory = globalThis.indexedDB, gone = () => {} } = {}) {
  let connection = null;
  let wiped = false;
  const lost = (event) => {
    connection = null;
    wiped ||= event.type === "versionchange" && event.newVersion === null;
    if (wiped) gone();
  };
  async function connect() {
    if (wiped) throw new Error("wiped");
    connection ??= insist(factory, lost);
    try {
      return await connection;
    } catch (error) {
      connection = null;
      throw error;
    }
  }

  // A connection that another window or the browser has closed is opened again, once.
  async function within(names, mode, work) {
    try {
      return await transact(await connect(), names, mode, work);
    } catch (error) {
      if (error?.name !== "InvalidStateError") throw error;
      connection = null;
      return transact(await connect(), names, mode, work);
    }
  }

  try {
    await connect();
  } catch {
    return null;
  }
  return {
    get: (name, key) => within([name], "readonly", (stores) => stores[name].get(key)),
    all: (name, ...prefix) =>
      within([name], "readonly", (stores) => {
        const from = name === "events" ? stores[name].index("session") : stores[name];
        return from.getAll(prefix.length ? IDBKeyRange.bound(prefix, [...prefix, []]) : null);
      }),
    /** All of ["put" | "add" | "delete" | "clear", store, value or key], or none; "add" leaves what is there. */
    write: (changes) =>
      changes.length
        ? within([...new Set(changes.map(([, name]) => name))], "readwrite", (stores) => {
            for (const [how, name, what] of changes) change(stores[name], how, what);
            // Without waiting for the answers; a row that is there already would make it fail.
            if (changes.every(([how]) => how !== "add")) stores[changes[0][1]].transaction.commit?.();
          })
        : Promise.resolve(),
    close: async () => (await connection)?.close(),
  };
}

/** Everything on this device that is personal; gone when the promise is kept. */
export async function wipe(database) {
  await database?.write(Object.keys(KEYS).map((name) => ["clear", name]));
  await database?.close();
  await wipeCaches();
  await new Promise((resolve) => {
    const request = globalThis.indexedDB?.deleteDatabase(NAME);
    if (!request) return resolve();
    for (const end of ["success", "error", "blocked"]) request[`on${end}`] = resolve; // empty by now in any case
  });
}

/** What lies beside the database: the Cache API, and what earlier versions kept. */
export async function wipeCaches() {
  for (const name of (await globalThis.caches?.keys().catch(() => [])) ?? []) await caches.delete(name);
  attempt(() => sessionStorage.clear());
  for (const key of earlierKeys()) attempt(() => localStorage.removeItem(key));
}

/** The keys under which an earlier version kept sessions and locks. */
export function earlierKeys(storage = attempt(() => localStorage)) {
  return attempt(() => Object.keys(storage).filter((key) => EARLIER.test(key))) ?? [];
}

/** What the work gives; undefined where the browser forbids it. */
export function attempt(work) {
  try {
    return work();
  } catch {
    return undefined;
  }
}

async function insist(factory, lost) {
  for (let n = 1; ; n += 1) {
    try {
      return await open(factory, lost);
    } catch (error) {
      if (!factory || n === TRIES || error?.name === "SecurityError") throw error;
    }
  }
}

function open(factory, lost) {
  return new Promise((resolve, reject) => {
    const request = factory.open(NAME, VERSION);
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      reject(new Error("the database does not open"));
    }, OPEN_MS);
    request.onupgradeneeded = () => build(request.result);
    request.onerror = () => {
      clearTimeout(timer);
      reject(request.error);
    };
    request.onsuccess = () => {
      clearTimeout(timer);
      const opened = request.result;
      if (late) return opened.close();
      opened.onclose = lost;
      opened.onversionchange = (event) => {
        opened.close();
        lost(event);
      };
      resolve(opened);
    };
  });
}

function build(database) {
  for (const [name, keyPath] of Object.entries(KEYS)) {
    const store = database.createObjectStore(name, { keyPath });
    if (name === "events") store.createIndex("session", BY_SESSION);
  }
}

function transact(database, names, mode, work) {
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(names, mode, { durability: "strict" });
    const stores = Object.fromEntries(names.map((name) => [name, transaction.objectStore(name)]));
    transaction.onabort = transaction.onerror = () => reject(transaction.error ?? new Error("aborted"));
    try {
      const request = work(stores);
      transaction.oncomplete = () => resolve(request?.result);
    } catch (error) {
      transaction.abort(); // all or nothing
      reject(error);
    }
  });
}

function change(store, how, what) {
  const request = how === "clear" ? store.clear() : store[how](what);
  if (how !== "add") return;
  request.onerror = (event) => {
    event.preventDefault(); // it is there already
    event.stopPropagation();
  };
}
