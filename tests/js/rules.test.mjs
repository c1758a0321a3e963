import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { DecisionError, makeRules, score, screenIds } from "../../static/js/player/rules.js";
import { rulesData } from "./rules-data.mjs";

const rules = makeRules(rulesData);
const vectors = JSON.parse(readFileSync(new URL("../vectors.json", import.meta.url))).session;
const levels = (answers, known) => rules.judge(answers, known).locks.map(([level]) => level).join("");

for (const { id, table, given, expect, why } of vectors) {
  test(`S15-S22 ${id}: ${why}`, () => {
    const { row, outcome, rule, extras } = rules.decide(table, given);
    assert.deepEqual({ ...(row === null ? {} : { row, outcome }), rule, ...extras }, expect);
  });
}

test("S33 X1 a score is a whole number from 0 to 10", () => {
  for (const value of [0, 3, 3.0, 10]) assert.equal(score(value), value);
  for (const value of [null, undefined, -1, 11, 3.5, "3", true, NaN, Infinity, [3], {}]) assert.equal(score(value), null);
});

test("S33 what no row could judge is refused", () => {
  const given = vectors.find((each) => each.table === "T").given;
  for (const wrong of [{ alarm: "loud" }, { spread: "no" }, { stops: -1 }, { kind: undefined }]) {
    assert.throws(() => rules.decide("T", { ...given, ...wrong }), DecisionError);
  }
  for (const none of [null, undefined, [], "given", 3]) assert.throws(() => rules.decide("T", none), DecisionError);
  for (const table of ["X", "", null, ["T"], "constructor", "__proto__"]) assert.throws(() => rules.decide(table, given), DecisionError);
  assert.throws(() => rules.decide("interval", {}), DecisionError);
});

test("S3 X6 not sure is the graver branch, and never below T", () => {
  assert.equal(levels({ "s5-numb": "not-sure" }), "E");
  assert.equal(levels({ "s13-walk": "yes", "s13-rest": "no" }), "H");
  assert.equal(levels({ "s13-walk": "not-sure", "s13-rest": "no" }), "TH");
  assert.equal(levels({ "s6-strain": "not-sure", "s6-bones": "no" }), "T");
});

test("S3 a skipped question blocks and opens no lock", () => {
  const { gravest, unanswered } = rules.judge({ "s10-before": "no", "s10-night": "" });
  assert.deepEqual([gravest, unanswered], ["", ["s10-night", "s10-weight"]]);
});

test("X7 every answer opens its lock; the gravest is shown", () => {
  const judged = rules.judge({ "s9-leg": "yes", "s9-grave": "no", "s14-face": "yes" });
  assert.equal(judged.gravest, "E");
  assert.deepEqual(judged.locks, [["T", "S9"], ["H", "S9"], ["E", "S14"]]);
});

test("X8 a known sign counts only when it is worse", () => {
  const known = ["s10-night"];
  assert.equal(levels({ "s10-night": "same" }, known), "");
  assert.equal(levels({ "s10-night": "worse" }, known), "TH");
  assert.equal(levels({ "s10-night": "same" }), "TH");
});

test("S15 the short form, and a grade after its sign", () => {
  const groups = new Set(screenIds(rulesData.screen, "short").map((id) => id.split("-")[0]));
  assert.deepEqual([...groups].sort(), ["s11", "s12", "s5", "s6", "s7", "s8", "s9"]);
  assert.ok(!screenIds(rulesData.screen, "S12").includes("s12-chest"));
  assert.ok(screenIds(rulesData.screen, "S12", { "s12-leg": "not-sure" }).includes("s12-chest"));
  assert.deepEqual(screenIds(rulesData.screen, "S99"), []);
});
