import assert from "node:assert/strict";
import test from "node:test";

import { TRANSITIONS } from "../../static/js/player/machine.js";
import { play, plan, item, walk } from "./sample.mjs";

test("S16 the check-in's scores are the baseline and do not move", () => {
  const session = play().begun();
  assert.deepEqual(session.state.baseline, { spine: 3, limb: 2 });
  session.set().pain(1, 0);
  assert.deepEqual(session.state.baseline, { spine: 3, limb: 2 });
});

test("S15 one question at a time, back works, nothing is answered beforehand", () => {
  const session = play();
  assert.equal(session.state.q.at, "q1");
  assert.deepEqual(session.state.q.answers, {});
  session.answer("q1", "no").answer("spine", 3).act("back");
  assert.equal(session.state.q.at, "spine");
  session.act("back");
  assert.equal(session.state.q.at, "q1");
  session.act("answer", { id: "spine", value: 9 });
  assert.equal(session.state.q.at, "q1", "an answer to another question does nothing");
});

test("S33 a score of 11, a decimal or nothing is no answer", () => {
  const session = play().answer("q1", "no");
  for (const value of [11, 2.5, -1, NaN, null, undefined, ""]) session.answer("spine", value);
  assert.equal(session.state.q.at, "spine");
});

test("S17 T16 one point up: the exercise stops, rest, then next or finish, never again today", () => {
  const session = play().begun().set().pain(4, 2);
  assert.equal(session.state.name, "stopped");
  assert.deepEqual(session.state.off, ["bridge"]);
  session.act("ready").run(119);
  assert.equal(session.state.name, "resting");
  session.run(2);
  assert.equal(session.state.name, "rest-ask");
  session.pain(3, 2);
  assert.equal(session.state.name, "settled");
  assert.deepEqual(Object.keys(TRANSITIONS.settled).filter((name) => !["tick", "correct"].includes(name)), ["next", "finish", "hurts", "relief"]);
  session.act("next");
  assert.equal(session.env.plan.items[session.state.at].slug, "heel-raise");
});

test("S17 a stopped exercise is left out where it comes again", () => {
  const twice = [item(), item({ id: "D1" }), item({ id: "A2", slug: "clamshell" })];
  const session = play({ items: twice }).begun().set().pain(4, 2).act("ready").run(121).pain(3, 2).act("next");
  assert.equal(session.env.plan.items[session.state.at].id, "A2");
});

test("S18 T9 two points up end the session", () => {
  const session = play().begun().set().pain(5, 2);
  assert.equal(session.state.name, "ended");
  session.act("ready");
  assert.equal(session.state.name, "over");
  assert.deepEqual(session.last("ended"), { row: "T9", rule: "S18", why: "pain-check" });
});

test("S18 T4 spread with a lower number ends the session", () => {
  const session = play().begun().set().pain(1, 1, "spread");
  assert.equal(session.state.name, "ended");
  assert.equal(session.state.end.row, "T4");
});

test("S18 T15 the second stop ends the session", () => {
  const session = play().begun().set().pain(4, 2).act("ready").run(121).pain(3, 2).act("next").set().pain(3, 3);
  assert.equal(session.state.name, "ended");
  assert.equal(session.state.end.row, "T15");
});

test("S18 U9 not settled after five minutes ends the session; X10 asked at 2, 3, 4 and 5 minutes", () => {
  const session = play().begun().set().pain(4, 2).act("ready");
  const asked = [];
  for (let n = 0; n < 8 && session.state.name !== "ended"; n += 1) {
    session.until("rest-ask", 400).pain(4, 2);
    asked.push(Math.round(session.last("rest-check").seconds_resting / 60));
  }
  assert.deepEqual(asked, [2, 3, 4, 5]);
  assert.equal(session.state.end.row, "U9");
});

test("S20 T13 pain that moves inward stops the exercise with its own label", () => {
  const session = play().begun().set().pain(4, 1);
  assert.equal(session.state.name, "stopped");
  assert.equal(session.state.results.A1, "centralising");
});

test("S18 tingling that stays ends the session; brief tingling stops the exercise", () => {
  assert.equal(play().begun().set().pain(3, 2, "lasting").state.name, "ended");
  assert.equal(play().begun().set().pain(3, 2, "brief").state.name, "stopped");
});

test("X17 S18 a sign opens its group of Table A, and needs no number", () => {
  const session = play().begun().set().act("pain", { spine: null, limb: null, change: "chest" });
  assert.equal(session.state.name, "question");
  assert.equal(session.state.q.group, "S11");
  session.act("back");
  assert.equal(session.state.name, "question", "a sign that was told is asked about to the end (X17)");
  session.act("locked", { level: "T" });
  assert.equal(session.state.name, "question", "the clinic's lock for it waits");
  assert.equal(session.run(301).state.outcome.level, "E");
});

test("S17 S18 a correction that is left unanswered leaves what was said", () => {
  const ended = play().begun().set().pain(8, 2).act("correct");
  assert.equal(ended.state.name, "pain");
  assert.equal(ended.run(601).state.name, "over", "T7 stands");
  const stopped = play().begun().set().pain(4, 2).act("correct").run(601);
  assert.deepEqual([stopped.state.name, stopped.state.off], ["closed", ["bridge"]]);
  const calm = play().begun().set().pain(3, 2).act("correct").run(601);
  assert.deepEqual([calm.state.name, calm.state.off], ["closed", []]);
  const rested = play().begun().set().pain(4, 2).act("ready").run(121).pain(8, 2).act("correct");
  assert.equal(rested.state.name, "rest-ask");
  assert.equal(rested.run(601).state.name, "over", "so does an end at rest");
});

test("X10 a rest that was slept through before it began runs on", () => {
  const session = play().begun().set().pain(4, 2).act("tick", {}, 480_000).act("tick", {}, 1000);
  assert.equal(session.state.name, "rest-ask", "asked at once");
  assert.equal(session.pain(4, 2).state.name, "ended", "S21: it has not settled in five minutes");
});

test("X17 a sign that nobody answers for five minutes counts as yes", () => {
  const session = play().begun().set().pain(3, 2, "weak").run(301);
  assert.equal(session.state.name, "outcome");
  assert.equal(session.state.outcome.level, "E", "the grade of the sign counts as yes too");
  assert.equal(session.last("ended").row, "T1");
});

test("S25 a fall: any yes is E, else T and H", () => {
  const fallen = () => play().begun().set().act("pain", { spine: null, limb: null, change: "fall" });
  const calm = fallen();
  for (let n = 0; n < 4; n += 1) calm.answer(calm.state.q.at, "no");
  assert.equal(calm.state.outcome.level, "T");
  assert.deepEqual(calm.state.outcome.locks.map(([level]) => level), ["T", "H"]);
  const unsure = fallen();
  for (const value of ["no", "no", "not-sure", "no"]) unsure.answer(unsure.state.q.at, value);
  assert.equal(unsure.state.outcome.level, "E");
});

test("S24 S15 dizzy now: no session; S26 sugar not in range: no session", () => {
  assert.equal(play().checkIn(3, 2, { q5: "dizzy-now" }).state.name, "no-session");
  assert.equal(play({ ask_sugar: true }).checkIn(3, 2, { sugar: "no" }).state.end.why, "sugar");
});

test("S15 seven or more: rest positions only; X16 a rise does not end them, a sign does", () => {
  const session = play().checkIn(7, 2);
  assert.equal(session.state.offer, "relief");
  session.act("start").act("ready").until("pain");
  assert.equal(session.events.find((event) => event.kind === "started").payload.kind, "relief");
  assert.equal(session.pain(8, 3).state.name, "finish");
});

test("S15 C12 worse than usual: the short session is offered", () => {
  const session = play().checkIn(3, 2, { q3: "worse" });
  assert.equal(session.state.offer, "choice");
  assert.equal(session.act("choose", { kind: "minimum" }).state.kind, "minimum");
});

test("X16 a session of rest positions stays one, whatever the check-in says", () => {
  for (const q3 of ["same", "worse"]) {
    const session = play({ kind: "relief", minimum: [] }).checkIn(3, 2, { q3 });
    assert.equal(session.state.offer, "relief");
    session.act("start");
    assert.equal(session.events.find((event) => event.kind === "started").payload.kind, "relief");
  }
});

test("S22 C11 a reaction: the short session is all there is; C6 spread locks", () => {
  const last_session = { id: "z", hours_ago: 24, baseline_spine: 3, baseline_limb: 2 };
  assert.equal(play({ last_session }).checkIn(3, 2, { last: "clearly-worse" }).state.kind, "minimum");
  assert.equal(play({ last_session }).checkIn(3, 2, { last: "spread" }).state.outcome.level, "T");
  assert.equal(play({ last_session }).checkIn(5, 2).state.offer, "relief");
});

test("X18 new medicine: only what is done sitting or lying", () => {
  const items = [item({ standing: true, seated_or_lying: false }), item({ id: "A2", slug: "heel-raise" })];
  const session = play({ items }).begun(3, 2, { q5: "medicine" });
  assert.deepEqual(session.state.order, ["A2"]);
});

test("S28 the space check comes before the first standing exercise, once", () => {
  const items = [item(), item({ id: "A2", slug: "x", standing: true }), item({ id: "A3", slug: "y", standing: true })];
  const session = play({ items }).begun().set().pain(3, 2).set().pain(3, 2);
  assert.equal(session.state.name, "space");
  session.act("ready").set().pain(3, 2).set().pain(3, 2);
  assert.equal(session.state.name, "intro");
});

test("S19 first symptoms end the interval; the next is a third shorter; the third limit ends the walk", () => {
  const session = play({ items: [walk(), item({ id: "A2", slug: "x" })] }).begun().act("ready");
  const lengths = [];
  for (let n = 0; n < 3; n += 1) {
    session.act("ready").until("minutes").run(110).act("symptoms");
    if (session.state.name !== "pain") session.until("pain");
    session.pain(3, 3, "worse").act("ready").until("rest-ask").pain(3, 2);
    lengths.push(session.state.interval);
  }
  assert.equal(session.events.find((event) => event.kind === "interval").payload.first_symptom_s, 111);
  assert.deepEqual(lengths.slice(0, 2), [80, 50]);
  assert.equal(session.state.stops, 0);
  assert.equal(session.env.plan.items[session.state.at].id, "A2");
});

test("S19 a limit in the plan's last walk gives no further one: the clinic refuses a set that the plan has not", () => {
  const dose = { type: "minutes", minutes: 7, work_s: 120, rest_s: 90 };
  const session = play({ items: [walk({ dose }), item({ id: "A2", slug: "x" })] }).begun().act("ready");
  for (let n = 0; n < 2; n += 1) {
    session.act("ready").until("minutes").run(110).act("symptoms").pain(3, 3).act("ready").until("rest-ask").pain(3, 2);
  }
  assert.equal(session.env.plan.items[session.state.at].id, "A2");
  assert.deepEqual(session.events.filter((event) => event.kind === "pain").map((event) => event.payload.set), [1, 2]);
});

test("X9 a minutes entry asks at least every five minutes, and nothing starts by itself", () => {
  const session = play({ items: [item({ dose: { type: "minutes", minutes: 12, work_s: null, rest_s: null } })] }).begun().act("ready").until("pain");
  assert.ok(session.last("set-done").seconds <= 300);
  assert.equal(session.pain(3, 2).run(200).state.name, "between");
});

test("X9 no answer for two minutes is a pause, for ten the session is closed", () => {
  const session = play().begun().set().run(125);
  assert.equal(session.kinds().at(-1), "paused");
  session.run(480);
  assert.equal(session.state.name, "closed");
  assert.equal(session.state.end.why, "no-answer");
});

test("a mistyped answer can be corrected until the next step begins", () => {
  const session = play().begun().set().pain(5, 2);
  const wrong = session.events.at(-1).id;
  session.act("correct").pain(3, 2);
  assert.equal(session.state.name, "between");
  assert.equal(session.last("pain").replaces, wrong);
  assert.equal(session.kinds().includes("ended"), false);
  session.act("ready").act("correct");
  assert.equal(session.state.name, "get-ready", "the next set has begun");
});

test("a corrected stop is no stop", () => {
  const session = play().begun().set().pain(4, 2).act("correct").pain(3, 2);
  assert.equal(session.state.stops, 0);
  assert.deepEqual(session.state.off, []);
});

test("double presses do nothing twice", () => {
  const session = play().begun();
  session.act("ready").act("pause").act("pause", {}, 50);
  assert.equal(session.kinds().filter((kind) => kind === "paused").length, 1);
  session.act("resume").act("resume", {}, 50).until("pain").pain(3, 2);
  session.act("pain", { spine: 3, limb: 2, change: "same" }, 50);
  assert.equal(session.kinds().filter((kind) => kind === "pain").length, 1);
});

test("the same press twice within half a second counts once, in two states that both know it", () => {
  const session = play({ items: [item({ standing: true })] }).begun();
  session.act("ready").act("ready", {}, 100);
  assert.equal(session.state.name, "intro", "the second press of a double press does not start the exercise");
});

test("X5 a refresh comes back at the same step, paused, and asks for pain before going on", () => {
  const session = play().begun().act("ready").until("hold").run(12);
  session.state = JSON.parse(JSON.stringify(session.state));
  session.act("restore", {}, 60_000);
  assert.equal(session.state.name, "paused");
  session.act("resume");
  assert.equal(session.state.ask.source, "resume");
  session.pain(3, 2);
  assert.equal(session.state.name, "hold");
  assert.equal(Math.round(session.state.spent / 1000), 12);
  assert.equal(session.state.set, 1);
});

test("X5 HZ17 pain that rose in a break stops or ends by the same table", () => {
  const cut = () => play().begun().act("ready").run(20).act("restore", {}, 60_000).act("resume");
  assert.equal(cut().pain(4, 2).state.name, "stopped");
  assert.equal(cut().pain(5, 2).state.name, "ended");
});

test("X5 a break of more than 30 minutes, or past midnight, closes the session", () => {
  assert.equal(play().begun().act("ready").act("restore", {}, 31 * 60_000).state.name, "closed");
  assert.equal(play().begun().act("ready").act("pause").run(1801, 60_000).state.name, "closed");
  const late = play({}, { date: (wall) => (wall > Date.parse("2026-11-21T09:05:00Z") ? "2026-11-22" : "2026-11-21") });
  assert.equal(late.begun().act("ready").act("restore", {}, 6 * 60_000).state.end.why, "midnight");
});

test("X5 a check-in of two hours ago starts nothing", () => {
  assert.equal(play().checkIn().act("start", {}, 2 * 3600_000).state.end.why, "check-in-old");
});

test("HZ18 a hold that ended unseen is asked about and not credited", () => {
  const session = play().begun().act("ready").until("hold").act("tick", {}, 45_000);
  assert.equal(session.state.name, "unseen");
  assert.equal(session.state.made.reps.none, 0);
  session.act("yes", {}, 1000);
  assert.equal(session.state.made.reps.none, 1);
  session.until("pain");
  assert.equal(session.last("set-done").asked, true);
});

test("a hold that ended unseen can be done again", () => {
  const session = play().begun().act("ready").until("hold").act("tick", {}, 45_000).act("again", {}, 1000).until("hold").until("pain");
  assert.deepEqual([session.last("set-done").reps, session.last("set-done").asked], [2, false]);
});

test("Done before the count is over asks how many", () => {
  const session = play({ items: [item({ dose: { hold_s: 0, reps: 6, sets: 1 } })] }).begun().act("ready").until("tempo").run(9).act("done");
  assert.equal(session.state.name, "count");
  assert.equal(session.act("no").last("set-done").reps, 2);
});

test("right and left are told apart and counted apart, the right first as the cues have it", () => {
  const session = play({ items: [item({ category: "stretch", dose: { per_side: true, reps: 2, hold_s: 20, rest_s: 10, sets: 1 } })] }).begun().act("ready");
  const sides = session.state.parts.filter((part) => part.kind === "hold").map((part) => part.side);
  assert.deepEqual(sides, ["right", "right", "left", "left"]);
  assert.equal(session.until("pain").last("set-done").reps, 2);
});

test("R25 relief from a running exercise stops its clock and comes back with time to get ready", () => {
  const session = play().begun().act("ready").until("hold").run(5).act("relief").run(60).act("ready");
  assert.equal(session.state.name, "get-ready");
  assert.equal(session.last("relief").seconds >= 60, true);
  assert.equal(Math.round(session.state.made.ms / 1000), 6);
});

test("skipping says why and goes on", () => {
  const session = play().begun().act("pause").act("skip", { reason: "tired" });
  assert.deepEqual(session.last("skipped"), { item: "A1", reason: "tired" });
  assert.equal(session.state.at, 1);
});

test("S2 a lock from the clinic ends everything at once", () => {
  const session = play().begun().act("ready").act("locked", { level: "E" });
  assert.equal(session.state.outcome.level, "E");
  for (const type of ["ready", "resume", "start", "next"]) assert.equal(session.act(type).state.name, "outcome");
});

test("X17 X7 a lock from the clinic waits for the questions of a sign, which may be graver", () => {
  const session = play().begun().set().pain(null, null, "chest").act("locked", { level: "T" });
  assert.equal(session.state.name, "question");
  while (session.state.name === "question") session.answer(session.state.q.at, "yes");
  assert.deepEqual([session.state.name, session.state.outcome.level], ["outcome", "E"]);
});

test("S2 a lock that is told before the check-in has begun shows at once", () => {
  assert.equal(play().act("locked", { level: "H" }).state.name, "outcome");
});

test("S2 a lock that is told during the check-in or at an end shows after it, and nothing starts", () => {
  const session = play().answer("q1", "no").act("locked", { level: "T" });
  assert.equal(session.state.name, "question");
  assert.deepEqual([session.checkIn().state.name, session.state.outcome.level], ["outcome", "T"]);
  assert.equal(session.act("start").state.started, false);
  const ended = play().begun().set().pain(6, 2).act("locked", { level: "H" });
  assert.equal(ended.state.name, "ended");
  assert.equal(ended.act("ready").state.name, "outcome");
  assert.equal(ended.last("ended").row, "T9");
});

test("X7 a graver lock takes the place of the outcome that is shown, and a lesser one does not", () => {
  const session = play().act("locked", { level: "T" }).checkIn();
  assert.equal(session.act("locked", { level: "H" }).state.outcome.level, "T");
  assert.equal(session.act("locked", { level: "E" }).state.outcome.level, "E");
  assert.equal(play().act("locked", { level: "E" }).state.name, "outcome", "an emergency waits for no question");
});

test("S18 R10 a session that the clinic does not let start is over, but for the questions of a sign", () => {
  const refused = (session) => session.act("locked", { level: "" }).state.name;
  assert.equal(refused(play().begun().act("ready").until("hold")), "over");
  assert.equal(refused(play().checkIn()), "offer", "it is told again when it is started");
  assert.equal(refused(play().checkIn(3, 2, { q5: "dizzy-now" })), "no-session", "with the words for that");
  assert.equal(refused(play().begun().set().pain(null, null, "chest")), "question");
  assert.equal(refused(play().act("locked", { level: "T" }).checkIn()), "outcome");
});

test("relief, stop and pause are in every step of an exercise", () => {
  for (const name of ["intro", "between", "space", "get-ready", "hold", "tempo", "relax", "side", "minutes"])
    for (const action of ["relief", "hurts", "pause"]) assert.ok(TRANSITIONS[name][action], `${action} in ${name}`);
});

test("R39 the first session waits for the patient between repetitions", () => {
  const session = play({ waits: true }).begun().act("ready").until("relax").run(60);
  assert.equal(session.state.name, "relax");
  assert.equal(session.act("next").state.name, "hold");
});

test("the whole session ends in finished, with every set once and numbers in order", () => {
  const session = play().begun();
  for (let n = 0; n < 6; n += 1) session.set().pain(3, 2);
  session.act("finished", { spine: 2, limb: 1, effort: 4 });
  assert.equal(session.state.name, "done");
  assert.equal(session.kinds().filter((kind) => kind === "set-done").length, 6);
  assert.deepEqual(session.events.map((event) => event.seq), session.events.map((_, index) => index));
  assert.equal(new Set(session.events.map((event) => event.id)).size, session.events.length);
  assert.equal(plan().items.length, Object.keys(session.state.results).length);
});
