import assert from "node:assert/strict";
import test from "node:test";

import { alone, makeSender } from "../../static/js/outbox/send.js";
import { openStore } from "../../static/js/outbox/store.js";
import { memory } from "./database.mjs";

function answer(status, body, type = "application/json") {
  return { status, redirected: false, headers: new Map([["Content-Type", type]]), json: async () => body };
}

const accept = (events, result = "accepted") => answer(200, { results: events.map(({ id }) => ({ id, result, status: 200, why: "" })), session: { state: "started", locked: false } });

async function desk(replies, events = ["e1", "e2"], database = memory()) {
  const store = await openStore(database, { account: "a1", session: "s1" });
  await store.save({ v: 1 }, events.map((id, seq) => ({ id, seq, kind: "pain" })), 0);
  const self = { store, database, posts: [], gets: [], waits: [], said: [], cookie: "x=1; __Host-csrftoken=tok%3D1" };
  self.sender = makeSender(store, {
    fetch: async (url, options) => {
      if (options.method !== "POST") {
        self.gets.push(url);
        self.cookie = "__Host-csrftoken=fresh";
        return answer(200, null, "text/html");
      }
      self.posts.push({ url, headers: options.headers, ...JSON.parse(options.body) });
      const reply = replies.length > 1 ? replies.shift() : replies[0];
      if (reply instanceof Error) throw reply;
      return typeof reply === "function" ? reply(self.posts.at(-1).events) : reply;
    },
    later: (ms, work) => {
      self.waits.push({ ms, work });
      return () => {};
    },
    random: () => 1, alone: (work) => work(), cookie: () => self.cookie, cookieName: "__Host-csrftoken", url: "/sessions/s1/events/", freshUrl: "/today/",
    told: (word, session) => self.said.push([word, session]),
  });
  return self;
}

test("events are sent with the account and the cookie's token, and removed once acknowledged", async () => {
  const here = await desk([accept]);
  assert.equal(here.sender.status(), "saved");
  await here.sender.flush();
  assert.equal(here.posts[0].account, "a1");
  assert.equal(here.posts[0].headers["X-CSRFToken"], "tok=1");
  assert.deepEqual(here.store.queue(), []);
  assert.equal(here.said.at(-1)[0], "sent");
});

test("a network that fails is tried again with growing waits, with the same ids", async () => {
  const here = await desk([new Error("offline"), new Error("offline"), accept]);
  await here.sender.flush();
  assert.deepEqual([here.said.at(-1)[0], here.waits.at(-1).ms], ["saved", 2000]);
  await here.waits.at(-1).work();
  assert.equal(here.waits.at(-1).ms, 4000);
  await here.waits.at(-1).work();
  assert.deepEqual(here.posts.map((post) => post.events.map((event) => event.id).join()), ["e1,e2", "e1,e2", "e1,e2"]);
  assert.equal(here.sender.status(), "sent");
});

test("a wait is never longer than five minutes", async () => {
  const here = await desk([answer(503, null, "text/html")]);
  await here.sender.flush();
  for (let n = 0; n < 12; n += 1) await here.waits.at(-1).work();
  assert.equal(here.waits.at(-1).ms, 300_000);
});

test("a duplicate is as good as accepted", async () => {
  const here = await desk([(events) => accept(events, "duplicate")]);
  await here.sender.flush();
  assert.equal(here.sender.status(), "sent");
});

test("one refused event does not block the others and is not lost", async () => {
  const mixed = answer(200, { results: [{ id: "e1", result: "accepted", status: 200 }, { id: "e2", result: "refused", status: 400, why: "no such set" }] });
  const here = await desk([mixed]);
  await here.sender.flush();
  assert.deepEqual(here.store.queue(), []);
  assert.deepEqual(here.store.parked().map((each) => [each.event.id, each.why]), [["e2", "no such set"]]);
  assert.equal(here.sender.status(), "attention");
});

test("409 and 400 with results park what is refused", async () => {
  for (const [status, result] of [[409, "conflict"], [400, "refused"]]) {
    const here = await desk([answer(status, { results: ["e1", "e2"].map((id) => ({ id, result, status, why: result })) })]);
    await here.sender.flush();
    assert.equal(here.store.parked().length, 2);
  }
});

test("signed out: everything is kept and said so", async () => {
  const here = await desk([answer(401, { error: "signed-out" })]);
  await here.sender.flush();
  assert.equal(here.store.queue().length, 2);
  assert.equal(here.said.at(-1)[0], "signed-out");
});

test("403: the cookie is renewed once and the events go again", async () => {
  const here = await desk([answer(403, null, "text/html"), accept]);
  await here.sender.flush();
  assert.deepEqual(here.gets, ["/today/"]);
  assert.equal(here.posts[1].headers["X-CSRFToken"], "fresh");
  assert.equal(here.sender.status(), "sent");
});

test("403 that stays, a sign-in page and HTML instead of JSON lose nothing", async () => {
  for (const reply of [answer(403, null, "text/html"), answer(200, null, "text/html"), { ...answer(200, {}), redirected: true }, answer(404, { error: "missing" }), answer(500, null, "text/html")]) {
    const here = await desk([reply]);
    await here.sender.flush();
    assert.equal(here.store.queue().length, 2);
    assert.equal(here.waits.length, 1);
  }
});

test("events written while a batch is on its way go with the next", async () => {
  const here = await desk([(events) => {
    if (here.posts.length === 1) here.store.save({ v: 1 }, [{ id: "e3" }], 0);
    return accept(events);
  }]);
  await Promise.all([here.sender.flush(), here.sender.flush()]);
  assert.deepEqual(here.posts.map((post) => post.events.map((event) => event.id).join()), ["e1,e2", "e3"]);
});

test("what is only in memory is said so at once, also while a batch is on its way", async () => {
  let here;
  let word;
  const reply = async (events) => {
    here.database.fill();
    await here.store.save({ v: 2 }, [{ id: "e3", seq: 2, kind: "pain" }], 0);
    here.sender.flush();
    word = here.said.at(-1)[0];
    here.database.empty();
    return accept(events);
  };
  here = await desk([reply, accept]);
  await here.sender.flush();
  assert.deepEqual([word, here.said.at(-1)[0]], ["memory", "sent"]);
});

test("a batch has at most a hundred events", async () => {
  const here = await desk([accept], Array.from({ length: 250 }, (_, n) => `e${n}`));
  await here.sender.flush();
  assert.deepEqual(here.posts.map((post) => post.events.length), [100, 100, 50]);
});

test("a lock that the clinic reports is passed on", async () => {
  const here = await desk([(events) => answer(200, { results: events.map(({ id }) => ({ id, result: "accepted" })), session: { state: "ended", locked: true } })]);
  await here.sender.flush();
  assert.ok(here.said.some(([, session]) => session?.locked));
});

test("an event that spoils its batch is found, and it alone is put aside", async () => {
  const spoilt = (events) => (events.some(({ id }) => id === "e3") ? answer(400, { error: "not-json" }) : accept(events));
  const here = await desk([spoilt], ["e1", "e2", "e3", "e4", "e5"]);
  await here.sender.flush();
  assert.deepEqual(here.store.parked().map((each) => [each.event.id, each.why]), [["e3", "not-json"]]);
  assert.equal(here.sender.status(), "attention");
});

test("413: the batch is halved until it is taken, whoever says so", async () => {
  for (const body of [{ error: "too-large" }, null]) {
    const here = await desk([(events) => (events.length > 2 ? answer(413, body, body ? undefined : "text/html") : accept(events))], ["e1", "e2", "e3", "e4", "e5"]);
    await here.sender.flush();
    assert.deepEqual(here.posts.map((post) => post.events.length), [5, 3, 2, 2, 1]);
    assert.equal(here.sender.status(), "sent");
  }
});

test("a page of somebody in between that says 400 or 413 puts nothing aside", async () => {
  for (const status of [400, 413]) {
    const here = await desk([answer(status, null, "text/html")]);
    await here.sender.flush();
    assert.deepEqual([here.store.queue().length, here.store.parked().length, here.said.at(-1)[0]], [2, 0, "saved"]);
  }
});

test("where somebody else is signed in now, all is kept, and no token is fetched", async () => {
  const here = await desk([answer(403, { error: "wrong-account" })]);
  await here.sender.flush();
  assert.deepEqual([here.store.queue().length, here.gets.length, here.said.at(-1)[0]], [2, 0, "signed-out"]);
});

test("one window sends at a time; without a lock, or behind one that is never let go, it sends all the same", async () => {
  const order = [];
  const held = { request: async (name, { signal }, work) => (order.push(name, signal.aborted), work()) };
  assert.equal(await alone("box", async () => "sent", held), "sent");
  assert.deepEqual(order, ["box", false]);
  assert.equal(await alone("box", async () => "sent", null), "sent");
  const stuck = { request: () => Promise.reject(Object.assign(new Error(), { name: "AbortError" })) };
  assert.equal(await alone("box", async () => "sent", stuck), "sent");
  const broken = { request: (name, options, work) => work() };
  await assert.rejects(alone("box", () => Promise.reject(new Error("mine")), broken), /mine/);
});
