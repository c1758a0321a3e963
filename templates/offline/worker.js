// The device's own way to a day without a network (docs/offline.md). SHELL stands before this: {version, offline,
// static, files}. The cache holds static files and the offline page, nothing personal; a patient's pages are in the
// device's database. What is sent (POST) is never touched.

const CACHES = "stenosis-pt-";
const CACHE = CACHES + SHELL.version;
const HASHED = /\.[0-9a-f]{12}\.\w+$|-[0-9a-f]{6}\.mp3$/;
const PICTURES = /^\/exercises\/(figures\/\d+\/.+\.svg|pictures\/.+)$/;
const PATIENTS = /^\/$|^\/(today|sessions|card|confirm-me|exercises)\//;
const KEPT = /^\/(today|sessions\/[^/]+)\/$/;
const CHANGES_PERSON = /^\/(card|account|demo|confirm-me)\//;
const TODAY = "/today/";
const PATIENCE_MS = 3_000;
const RULES_LIFE_MS = 14 * 24 * 3600_000; // HZ20
const CLOCK_MS = 10 * 60_000; // X3: a clock further back than that was set
const GONE = [401, 403, 404, 410];

addEventListener("install", (event) => event.waitUntil(fill()));
addEventListener("activate", (event) => event.waitUntil(clients.claim()));
addEventListener("message", (event) => {
  const work = { skip: () => skipWaiting(), claim: () => clients.claim(), fill, tidy }[event.data];
  if (work) event.waitUntil(work());
});

addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== location.origin || request.headers.has("Range")) return;
  if (request.method !== "GET") {
    if (request.mode === "navigate" && CHANGES_PERSON.test(url.pathname)) event.waitUntil(forget());
    return;
  }
  if (request.mode === "navigate") {
    if (PATIENTS.test(url.pathname)) event.respondWith(page(event, url.pathname));
  } else if (PICTURES.test(url.pathname)) {
    event.respondWith(cacheFirst(request));
  } else if (url.pathname.startsWith(SHELL.static)) {
    event.respondWith(HASHED.test(url.pathname) ? cacheFirst(request) : networkFirst(request));
  }
});

// What is missing of the shell, a few at a time; what an older version has already is taken from there.
async function fill() {
  const cache = await caches.open(CACHE);
  const left = [SHELL.offline, ...SHELL.files];
  const add = async (url) => {
    if (await cache.match(url)) return;
    const had = HASHED.test(url) && (await caches.match(url));
    await (had ? cache.put(url, had) : cache.add(new Request(url, { credentials: "omit" })));
  };
  const take = async () => {
    for (let url; (url = left.shift()); ) await add(url).catch(() => add(url)); // one more try each
  };
  await Promise.all([take(), take(), take(), take(), take(), take()]);
}

// Older caches go once the day's pages are kept anew, and not while a session that may ask for its old modules is open.
async function tidy() {
  const { installing, waiting } = registration;
  const open = await clients.matchAll({ type: "window", includeUncontrolled: true });
  if (installing || waiting || open.some((each) => new URL(each.url).pathname.startsWith("/sessions/"))) return;
  for (const name of await caches.keys()) if (name.startsWith(CACHES) && name !== CACHE) await caches.delete(name);
}

async function cacheFirst(request) {
  const cache = await caches.open(CACHE);
  const mine = await cache.match(request.url);
  if (mine) return mine;
  const found = (await caches.match(request.url)) ?? (await fetch(request));
  if (found.status === 200) await cache.put(request.url, found.clone());
  return found;
}

async function networkFirst(request) {
  try {
    const found = await fetch(request);
    if (found.status === 200) await (await caches.open(CACHE)).put(request.url, found.clone());
    return found;
  } catch {
    return (await caches.match(request.url)) ?? Response.error();
  }
}

// The network's answer, if it comes soon; else what the device kept of exactly this page; else the offline page.
async function page(event, path) {
  const network = fetch(event.request);
  event.waitUntil(network.then((answer) => heard(path, answer)).catch(() => {}));
  const late = new Promise((resolve) => setTimeout(resolve, PATIENCE_MS));
  const soon = await Promise.race([network.catch(() => null), late]);
  if (soon && soon.status < 500) return soon;
  const kept = KEPT.test(path) && (await inDocuments("readonly", (documents) => documents.get(path)));
  if (kept) return served(kept);
  try {
    return await network;
  } catch {
    return (await caches.match(SHELL.offline)) ?? Response.error();
  }
}

// A page that is no longer the patient's is not kept: /today/ sends on only who is not signed in.
async function heard(path, answer) {
  if (!KEPT.test(path)) return;
  if (answer.type === "opaqueredirect") await (path === TODAY ? forget() : forget(path));
  else if (GONE.includes(answer.status)) await forget(path);
}

// HZ20: "old" is of another date, or has rules of more than 14 days: nothing of it may be started.
function served({ html, headers, local_date, zone, saved }) {
  const now = Date.now();
  const old = dateOf(now, zone) !== local_date || now - saved > RULES_LIFE_MS || saved - now > CLOCK_MS;
  const marked = html.replace("<html ", `<html data-offline="${old ? "old" : "day"}" data-saved="${saved}" `);
  return new Response(marked, { headers: { ...headers, "Cache-Control": "no-store" } });
}

// An old browser may not know the zone's name of today: its own is the patient's, most likely.
function dateOf(now, zone) {
  const date = (timeZone) => new Intl.DateTimeFormat("en-CA", { timeZone, year: "numeric", month: "2-digit", day: "2-digit" }).format(now);
  try {
    return date(zone);
  } catch {
    return date();
  }
}

const forget = (path) => inDocuments("readwrite", (documents) => (path ? documents.delete(path) : documents.clear()));

// The pages make the database; it is never made here, and never held open against them.
function inDocuments(mode, work) {
  return new Promise((resolve) => {
    const opening = indexedDB.open("stenosis-pt");
    const nothing = () => resolve(undefined);
    opening.onupgradeneeded = () => opening.transaction.abort();
    opening.onerror = opening.onblocked = nothing;
    opening.onsuccess = () => {
      const database = opening.result;
      if (!database.objectStoreNames.contains("documents")) {
        database.close();
        return nothing();
      }
      const transaction = database.transaction("documents", mode);
      const asked = work(transaction.objectStore("documents"));
      transaction.oncomplete = () => resolve(asked.result);
      transaction.onerror = transaction.onabort = nothing;
      database.close();
    };
  });
}
