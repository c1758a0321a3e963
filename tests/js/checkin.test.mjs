import assert from "node:assert/strict";
import test from "node:test";

import { readForm } from "../../static/js/player/forms.js";
import { questionIds } from "../../static/js/player/asking.js";
import { play, item } from "./sample.mjs";

const FALLS = ["fallen-past-year", "unsteady", "worried-about-falling"];
const checkIn = (session) => session.last("check-in");

test("S11 blood pressure is asked where it matters; no reading is an answer, and the session starts", () => {
  const session = play({ ask_pressure: true });
  assert.equal(questionIds(session.state, session.env).at(-1), "pressure");
  session.checkIn(3, 2, { pressure: "none" });
  assert.equal(checkIn(session).pressure, null);
  assert.equal(session.state.offer, "start");
});

test("S11 a reading below 180/110 starts", () => {
  assert.equal(play({ ask_pressure: true }).checkIn(3, 2, { pressure: [179, 109] }).state.offer, "start");
});

test("S11 where it is not asked for, a reading may come with the fifth question; a high one asks about signs", () => {
  const atFive = () => {
    const session = play();
    while (session.state.q.at !== "q5") session.answer(session.state.q.at, { spine: 3, limb: 2, q3: "same" }[session.state.q.at] ?? "no");
    return session;
  };
  assert.deepEqual(checkIn(atFive().act("answer", { id: "q5", value: "no", pressure: [140, 85] })).pressure, [140, 85]);
  assert.equal(checkIn(atFive().act("answer", { id: "q5", value: "no", pressure: "none" })).pressure, null);
  assert.equal(atFive().act("answer", { id: "q5", value: "no", pressure: [190, 85] }).state.q.at, "s11-chest");
});

for (const [reading, said, level] of [
  [[180, 100], "no", "T"],
  [[150, 110], "no", "T"],
  [[182, 100], "yes", "E"],
  [[170, 121], "not-sure", "E"],
  [[170, 112], "yes", "T"],
])
  test(`S11 ${reading.join("/")} asks about signs (${said}) and is ${level}; the clinic has the reading`, () => {
    const answers = { pressure: reading, "s11-faint": said, "s11-now": "no", "s11-checked": "yes" };
    const session = play({ ask_pressure: true }).checkIn(3, 2, answers);
    assert.equal(session.state.outcome.level, level);
    assert.deepEqual(checkIn(session).pressure, reading);
    assert.equal(session.last("screen").scope, "S11");
    assert.ok(session.kinds().indexOf("screen") < session.kinds().indexOf("check-in"), "the signs come before the reading");
    assert.equal(session.act("start").state.name, "outcome");
  });

test("S11 a sign that is there now is an emergency at once, and the clinic has the reading", () => {
  const session = play({ ask_pressure: true }).checkIn(3, 2, { pressure: [150, 110], "s11-chest": "yes", "s11-now": "yes" });
  assert.equal(session.state.outcome.level, "E");
  assert.equal(session.last("screen").complete, false);
  assert.deepEqual(checkIn(session).pressure, [150, 110]);
});

test("S11 S7 a fever and a high reading are two screens, each with its own questions", () => {
  const session = play({ ask_pressure: true }).checkIn(3, 2, { q5: "fever", pressure: [190, 100] });
  const screens = session.events.filter((event) => event.kind === "screen").map((event) => event.payload);
  assert.deepEqual(screens.map((each) => each.scope), ["S7", "S11"]);
  for (const { scope, answers } of screens) assert.ok(Object.keys(answers).every((id) => id.startsWith(`${scope.toLowerCase()}-`)));
});

test("S11 going back to a lower reading drops its questions", () => {
  const session = play({ ask_pressure: true });
  while (session.state.q.at !== "pressure") session.answer(session.state.q.at, { spine: 3, limb: 2, q3: "same" }[session.state.q.at] ?? "no");
  session.answer("pressure", [190, 100]);
  assert.equal(session.state.q.at, "s11-chest");
  session.act("back").answer("pressure", [130, 80]);
  assert.equal(session.state.offer, "start");
});

test("S25 the three questions come before the fifth when they are due, and only then", () => {
  const due = play({ fall_questions_due: true });
  const ids = questionIds(due.state, due.env);
  assert.deepEqual(ids.slice(ids.indexOf("q5") - 3, ids.indexOf("q5")), FALLS);
  const not = play();
  assert.ok(!questionIds(not.state, not.env).includes("unsteady"));
  assert.equal(checkIn(not.checkIn()).fall_risk, null);
});

for (const said of ["yes", "not-sure"])
  test(`S25 R12 ${said} to a fall question leaves out what a risk of falling forbids, on this device at once`, () => {
    const items = [item({ not_with_fall_risk: true }), item({ id: "A2", slug: "heel-raise", not_with_fall_risk: false })];
    const session = play({ items, fall_questions_due: true }).checkIn(3, 2, { unsteady: said });
    assert.deepEqual(checkIn(session).fall_risk, { "fallen-past-year": "no", unsteady: said, "worried-about-falling": "no" });
    assert.equal(session.state.order.length, 1, "what is offered is what is left");
    session.act("start");
    assert.deepEqual(session.state.order, ["A2"]);
    assert.deepEqual(session.last("started").restrictions, ["no-fall-risk-entries"]);
  });

test("S25 three times no leaves everything in", () => {
  const items = [item({ not_with_fall_risk: true })];
  assert.deepEqual(play({ items, fall_questions_due: true }).begun().state.order, ["A1"]);
});

test("X8 a known sign is asked with its own answers: the same opens nothing, worse does", () => {
  const known = () => play({ known_signs: ["s9-weak"], full_screen_due: true });
  assert.equal(known().checkIn(3, 2, { "s9-weak": "same" }).state.offer, "start");
  const worse = known().checkIn(3, 2, { "s9-weak": "worse", "s9-grave": "no" });
  assert.equal(worse.state.outcome.level, "T");
});

test("HZ24 every question says which of how many it is", () => {
  const session = play({ full_screen_due: true });
  const all = questionIds(session.state, session.env).length;
  assert.deepEqual([session.state.q.n, session.state.q.of], [1, all]);
  session.answer(session.state.q.at, "no");
  assert.deepEqual([session.state.q.n, session.state.q.of], [2, all]);
  assert.ok(all > 30);
});

test("S22 S3 not sure about the sleep counts as worse", () => {
  const last_session = { id: "z", hours_ago: 24, baseline_spine: 3, baseline_limb: 2 };
  assert.equal(checkIn(play({ last_session }).checkIn(3, 2, { sleep: "not-sure" })).sleep_worse, true);
});

test("S22 C11 X3 up24 counts from the check-in, not from when the plan was made", () => {
  const opened = (hours_ago) => play({ usual: { spine: 4, limb: 3 }, minted_at: "2026-11-21T03:00:00Z", last_session: { id: "z", hours_ago, baseline_spine: 3, baseline_limb: 2 } });
  for (const [made, offer] of [[13.9, "start"], [14, "minimum"], [65.9, "minimum"], [66.1, "start"]])
    assert.equal(opened(made).checkIn(5, 2).state.offer, offer, `${made} h and 6 h`);
});

test("S22 X6 not sure whether it was back to usual is not back", () => {
  const last_session = { id: "z", hours_ago: 24, baseline_spine: 3, baseline_limb: 2 };
  const said = (back) => checkIn(play({ last_session }).checkIn(3, 2, { last: "bit-worse", "last-back": back })).last;
  assert.deepEqual(["yes", "no", "not-sure"].map(said), ["bit-worse-back", "bit-worse-not-back", "bit-worse-not-back"]);
});

test("S13 X7 pain that walking alone brings leaves walks out, and nothing else", () => {
  const items = [item({ category: "aerobic", start: "standing" }), item({ id: "A2", slug: "x", category: "aerobic", start: "sitting" }), item({ id: "A3", slug: "y", start: "standing" })];
  const session = play({ items, full_screen_due: true }).checkIn(3, 2, { "s13-walk": "yes" }).act("start");
  assert.deepEqual(session.state.order, ["A2", "A3"]);
});

test("C12 worse than usual where no shorter session is left: no choice is offered that is none", () => {
  const short = play({ kind: "minimum", items: [item()], minimum: [] }).checkIn(3, 2, { q3: "worse" });
  assert.deepEqual([short.state.offer, short.state.kind], ["minimum", "minimum"]);
  assert.equal(short.act("start").last("started").kind, "minimum");
  assert.equal(play({ minimum: [] }).checkIn(3, 2, { q3: "worse" }).state.offer, "start");
});

// A form as the document has it, without a document.
function form(id, values) {
  const elements = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, typeof value === "boolean" ? { checked: value } : { value }]));
  return { dataset: { form: "answer", id }, elements };
}

test("S11 S33 bad numbers are named, good ones taken, none is none", (t) => {
  const kept = globalThis.FormData;
  globalThis.FormData = class { get() { return null; } };
  t.after(() => (globalThis.FormData = kept));
  const read = (upper, lower, none = false) => readForm(form("pressure", { upper, lower, none }), {});
  assert.deepEqual(read(" 135", "80 ").action.value, [135, 80]);
  assert.deepEqual(read("135", "80").wrong, []);
  assert.equal(read("", "", true).action.value, "none");
  for (const [upper, lower, none] of [["", "", false], ["135", "", false], ["135", "80", true]]) assert.deepEqual(read(upper, lower, none).wrong, ["both"]);
  for (const [upper, lower] of [["80", "130"], ["13a", "80"], ["999", "80"], ["120", "1"], ["120.5", "80"], ["-20", "80"], ["80", "80"]])
    assert.deepEqual(read(upper, lower).wrong, ["range"], `${upper}/${lower}`);
});

test("S17 X9 this hurts is worse by itself; its numbers are still asked for, and a sign needs none", () => {
  const pain = (values, said = {}) => readForm({ dataset: { form: "pain" }, elements: Object.fromEntries(Object.entries({ spine: "", limb: "", change: "", more: "", ...values }).map(([name, value]) => [name, { value }])) }, { ask: { said } });
  assert.deepEqual(pain({}, { worse: true }).wrong, ["spine", "limb"]);
  assert.deepEqual(pain({ spine: "3", limb: "0" }, { worse: true }), { action: { type: "pain", spine: 3, limb: 0, change: "worse" }, wrong: [] });
  assert.deepEqual(pain({ spine: "3", limb: "0" }).wrong, ["change"]);
  assert.deepEqual(pain({ change: "other" }, { worse: true }).wrong, ["spine", "limb", "more"]);
  assert.deepEqual(pain({ change: "new", more: "brief" }).wrong, ["spine", "limb"]);
  for (const more of ["chest", "fall", "stop"]) assert.deepEqual(pain({ change: "other", more }).wrong, [], more);
});
