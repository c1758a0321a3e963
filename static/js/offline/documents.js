// The pages of a day in the device's database, as the server made them: for one account, replaced at each live visit.

const HEADERS = /^(content-(type|language|security-policy)|permissions-policy|referrer-policy|cross-origin-|x-)/;
const THINGS = /"((?:\/static\/|\/exercises\/(?:figures|pictures)\/)[^"\s#]+)/g;

/**
 * Keep the page at `path`, if it is still the one that `mark` stands in; forget it otherwise.
 * @param {{account: string, local_date: string, zone: string}} facts
 * @returns {Promise<string[]>} the addresses of what the page shows: scripts, pictures, clips
 */
export async function keep(database, path, facts, mark) {
  const saved = Date.now(); // S2: what the clinic hears from now on may not be in it
  const response = await fetch(path);
  const html = await response.text();
  if (!response.ok || response.redirected || !html.includes(mark)) {
    await database.write([["delete", "documents", path]]);
    return [];
  }
  const headers = Object.fromEntries([...response.headers].filter(([name]) => HEADERS.test(name)));
  await database.write([["put", "documents", { path, html, headers, ...facts, saved }]]);
  return [...new Set([...html.matchAll(THINGS)].map((found) => found[1]))];
}

/** Forget every page but those of this account at these addresses; without addresses, but those of this account. */
export async function keepOnly(database, account, paths = null) {
  const gone = (await database.all("documents")).filter((each) => each.account !== account || (paths && !paths.includes(each.path)));
  await database.write(gone.map((each) => ["delete", "documents", each.path]));
}

/** Fetch what a page shows, a few at a time: the worker keeps it. */
export async function fetchThings(urls) {
  const left = [...urls];
  const take = async () => {
    while (left.length) await fetch(left.shift()).catch(() => {});
  };
  await Promise.all([take(), take(), take(), take()]);
}
