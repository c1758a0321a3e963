import assert from "node:assert/strict";
import test from "node:test";

import { keep } from "../../static/js/offline/documents.js";
import { memory } from "./database.mjs";

const FACTS = { account: "anna", local_date: "2026-11-21", zone: "Europe/London" };
const answering = (html, { ok = true, redirected = false } = {}) => async () => ({
  ok, redirected, text: async () => html, headers: new Map([["content-type", "text/html"], ["set-cookie", "a=b"]]),
});

test("S2 a page is as old as the asking for it: what the clinic heard while it came may not be in it", async (t) => {
  const database = memory();
  let now = 1_000_000;
  t.mock.method(Date, "now", () => now);
  t.mock.method(globalThis, "fetch", async () => {
    now += 5_000; // meanwhile the lock was sent
    return answering("<html data-account=anna>")();
  });
  await keep(database, "/today/", FACTS, "anna");
  assert.equal((await database.get("documents", "/today/")).saved, 1_000_000);
});

test("a page is kept with its own headers and no cookies, and what it shows is told", async (t) => {
  const database = memory();
  t.mock.method(globalThis, "fetch", answering('anna <img src="/static/a.png"><script src="/static/b.js#x"></script>'));
  assert.deepEqual(await keep(database, "/today/", FACTS, "anna"), ["/static/a.png", "/static/b.js"]);
  assert.deepEqual((await database.get("documents", "/today/")).headers, { "content-type": "text/html" });
});

test("a page that is another's, or that leads elsewhere, or that failed, takes what was kept away", async (t) => {
  for (const [html, how] of [["berta", {}], ["anna", { redirected: true }], ["anna", { ok: false }]]) {
    const database = memory();
    await database.write([["put", "documents", { path: "/today/", ...FACTS }]]);
    t.mock.method(globalThis, "fetch", answering(html, how));
    assert.deepEqual(await keep(database, "/today/", FACTS, "anna"), []);
    assert.equal(await database.get("documents", "/today/"), undefined);
  }
});
