import assert from "node:assert/strict";
import test from "node:test";

import { addressesOf, makeLoader, motionOf, preload } from "../../static/js/figure/session.js";
import { held } from "../../static/js/figure/way.js";

const item = { id: "A1", figure: "/exercises/figures/1/ab/moving.svg" };
const part = (kind, ms, side = null) => ({ kind, ms, side, rep: 1 });
const running = (one, more = {}) => ({ name: one.kind, parts: [one], part: 0, spent: 0, begun: 1000, ...more });

test("a set without a hold moves in time with the repetition", () => {
  assert.deepEqual(motionOf(running(part("tempo", 4000)), item, 2500), { how: "loop", ms: 4000, begun: 1500, other: false });
});

test("a repetition that was paused goes on where it was", () => {
  assert.equal(motionOf(running(part("tempo", 4000), { spent: 3000, begun: 9000 }), item, 9500).begun, 3500);
});

test("a hold freezes at the end, whatever has passed of it", () => {
  for (const t of [1000, 3000, 5999]) assert.deepEqual(motionOf(running(part("hold", 5000)), item, t), { how: "hold", other: false });
});

test("it is at the start while the patient gets ready, rests or changes sides", () => {
  for (const kind of ["get-ready", "relax", "side"]) assert.equal(motionOf(running(part(kind, 4000)), item, 1500).how, "rest");
});

test("the left side is the mirrored one, and the change of sides shows the side to come", () => {
  assert.equal(motionOf(running(part("hold", 5000, "left")), item, 1500).other, true);
  assert.equal(motionOf(running(part("hold", 5000, "right")), item, 1500).other, false);
  assert.equal(motionOf(running(part("side", 10000, "left")), item, 1500).other, true);
});

test("minutes keep the figure's own beat; a rest position stays as it is", () => {
  const minutes = running(part("minutes", 300000));
  assert.deepEqual(motionOf(minutes, item, 3000), { how: "loop", ms: undefined, begun: 2000, other: false });
  assert.equal(motionOf(minutes, { ...item, relief_position: true }, 3000).how, "hold");
});

test("nothing moves on the page of an exercise, in a pause, while pain is asked, or before the clock runs", () => {
  for (const name of ["intro", "between", "paused", "pain", "count", "question", "resting", "relief", "unseen", "outcome"])
    assert.equal(motionOf(running(part("tempo", 4000), { name }), item, 1500), null, name);
  assert.equal(motionOf(running(part("tempo", 4000), { begun: null }), item, 1500).how, "stop");
  assert.equal(motionOf(running(part("hold", 4000), { begun: null }), item, 1500).how, "stop");
  assert.equal(motionOf({ name: "intro", parts: [], part: 0 }, item, 0), null);
});

test("each figure of a plan is named once, the session's own first; what has none is left out", () => {
  const plan = { items: [{ figure: "/b" }, { figure: null }, { figure: "/a" }], minimum: [{ figure: "/a" }], relief_only: [{ figure: "/c" }, {}] };
  assert.deepEqual(addressesOf(plan), ["/b", "/a", "/c"]);
  assert.deepEqual(addressesOf({ items: [], minimum: [], relief_only: [] }), []);
});

test("a figure is fetched once; one that failed is fetched again when it is wanted again", async () => {
  const asked = [];
  let there = false;
  const load = makeLoader((address) => (asked.push(address), there ? Promise.resolve("svg") : Promise.reject(new Error("away"))));
  await assert.rejects(load("/a"));
  there = true;
  assert.equal(await load("/a"), "svg");
  assert.equal(await load("/a"), "svg");
  assert.deepEqual(asked, ["/a", "/a"]);
});

test("figures are fetched one by one while the page is idle, and one that is missing stops no other", async () => {
  const seen = [];
  const load = makeLoader(async (address) => {
    seen.push(address);
    if (address === "/a") throw new Error("gone");
    return "svg";
  });
  await preload(["/a", "/b"], load, async () => void seen.push("idle"));
  assert.deepEqual(seen, ["idle", "/a", "idle", "/b"]);
});

test("the pose that is held is the one with the longest hold, never the start at the end of the way", () => {
  assert.equal(held({ stops: [[0, 0, 0], [8, 1000, 0], [16, 1000, 2000], [24, 1000, 3000]] }), 16);
  assert.equal(held({ stops: [[0, 0, 0], [8, 1000, 0], [16, 1000, 500]] }), 8);
  assert.equal(held({ stops: [[0, 0, 0]] }), 0);
});
