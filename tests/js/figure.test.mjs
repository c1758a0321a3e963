import assert from "node:assert/strict";
import test from "node:test";

import { at, frameAt, lengthOf, outline, pointsAt, readWay } from "../../static/js/figure/way.js";

// A knee that straightens: the thigh rests, the shank turns from hanging to level, and its length never changes.
const way = {
  root: [0, 0],
  lines: [["hip", 0, 0, 0], ["knee", 1, 0, 40], ["ankle", 2, [90, 60, 0], 40]],
  stops: [[0, 0, 0], [2, 2000, 1000], [0, 1000, 500]],
};

test("a value between two frames lies between them; one number holds for all", () => {
  assert.equal(at(7, 1.5), 7);
  assert.equal(at([0, 10, 30], 1.5), 20);
  assert.equal(at([0, 10, 30], 2), 30);
  assert.equal(at([0, 10, 30], 9), 30, "never beyond the last frame");
});

test("a limb keeps its length in every frame and between them", () => {
  for (let frame = 0; frame <= 2; frame += 0.01) {
    const points = pointsAt(way, frame);
    const [kneeX, kneeY] = points.get("knee");
    const [x, y] = points.get("ankle");
    assert.ok(Math.abs(Math.hypot(x - kneeX, y - kneeY) - 40) < 1e-9);
  }
});

test("the cycle goes to the pose, holds it, goes back, and waits", () => {
  assert.equal(lengthOf(way), 4500);
  assert.equal(frameAt(way, 0), 0);
  assert.equal(frameAt(way, 1000), 1, "half the time, half the way");
  assert.equal(frameAt(way, 2500), 2, "held");
  assert.equal(frameAt(way, 3500), 1);
  assert.equal(frameAt(way, 4400), 0);
  assert.ok(frameAt(way, 100) < 0.02, "it begins gently");
});

test("a piece that points at the viewer becomes a disc, never a broken path", () => {
  assert.match(outline(8.6, 6.1, 41), /^M[\d. -]+L[\d. -]+A/);
  for (const size of [0, 1, 2.5]) assert.match(outline(8.6, 6.1, size), /^M-8\.6 0a8\.6/);
  assert.match(outline(3, 6, 1), /^M-5 0a6/);
  assert.ok(!/NaN/.test([0, 0.1, 2.49, 2.5, 2.51, 3, 41].map((size) => outline(8.6, 6.1, size)).join("")));
});

test("what the server sends as steps of tenths becomes a value for each frame", () => {
  const sent = {
    root: [1.5, [10, 5, -20]],
    lines: [["hip", 0, [900, -300, 5], 4.2]],
    stops: [[0, 0, 0], [2, 2000, 1000]],
    round: { ribs: [[140, 1], 11] },
    shown: { smile: [10, -10, 0] },
  };
  assert.deepEqual(readWay(JSON.stringify(sent)), {
    root: [1.5, [1, 1.5, -0.5]],
    lines: [["hip", 0, [90, 60, 60.5], 4.2]],
    stops: [[0, 0, 0], [2, 2000, 1000]],
    round: { ribs: [[14, 14.1], 11] },
    shown: { smile: [1, 0, 0] },
  });
});
