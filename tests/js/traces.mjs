// Plays many random sessions on the player's machine, from the check-in on, and prints each as a line of JSON: its
// plan, the events that it recorded, what it met on the way (times at their limits, clocks that were set), and where it
// stands at the end. node traces.mjs CASES.json, with {data, plans, count, seed} in the file.

import { readFileSync } from "node:fs";

import { localDate, makeClock } from "../../static/js/player/clock.js";
import { FINAL, create, reduce } from "../../static/js/player/machine.js";
import { TIMED, remaining } from "../../static/js/player/moves.js";
import { makeRules } from "../../static/js/player/rules.js";

const { data, plans, count, seed } = JSON.parse(readFileSync(process.argv[2], "utf8"));
const rules = makeRules(data);
const MOST_ACTIONS = 400;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const AROUND = [-1, 0, 1, 2]; // of a limit, in its own unit
const WALKED_S = [30, 45]; // X11: the shortest interval, and the one whose two thirds it is
const PRESSURES = [[120, 80], "none", ...[179, 180, 181, 182].map((upper) => [upper, 80]), ...[109, 110, 111, 112, 119, 120, 121, 122].map((lower) => [130, lower])];
const SET_BY = [-3 * HOUR, -HOUR, -4 * MINUTE, -MINUTE, -1000, 1000, MINUTE, 3 * MINUTE, 20 * MINUTE, HOUR, 5 * HOUR, ...AROUND.map((n) => 12 * HOUR + n * 1000), 13 * HOUR];

/** The same numbers for the same seed (mulberry32). */
function randomness(start) {
  let a = start;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let x = Math.imul(a ^ (a >>> 15), 1 | a);
    x = (x + Math.imul(x ^ (x >>> 7), 61 | x)) ^ x;
    return ((x ^ (x >>> 14)) >>> 0) / 4294967296;
  };
}

function session(number) {
  const random = randomness(seed + number * 7919);
  const one = (...of) => of[Math.floor(random() * of.length)];
  /** One of the pairs [weight, value], as often as its weight says. */
  const mostly = (...pairs) => {
    let left = random() * pairs.reduce((sum, [weight]) => sum + weight, 0);
    return pairs.find(([weight]) => (left -= weight) < 0)?.[1] ?? pairs[0][1];
  };
  const index = Math.floor(random() * plans.length);
  const plan = plans[index];
  const calm = random() < 0.5; // half of the sessions go on for long, the others have much that is wrong
  let made = 0;
  const env = { plan, rules, uuid: () => `${number}-${++made}`, date: (wall) => localDate(wall, plan.zone) };
  const minted = Date.parse(plan.minted_at);
  const device = { mono: 0, wall: minted + 5 * MINUTE, hidden: false };
  const sources = { mono: () => device.mono, wall: () => device.wall, hidden: () => device.hidden };
  let clock = makeClock(sources);
  let { t, wall } = clock.read();
  let aim = null; // the moment on the time line at which the next action comes
  let state = create(env, { t, wall });
  const events = [];
  const met = new Set();

  function act(type, more = {}, ms = 700) {
    const passed = aim === null ? ms : Math.max(1, aim - t);
    aim = null;
    device.wall += passed;
    device.hidden = passed > MINUTE && random() < 0.3; // away, and the device slept
    if (!device.hidden) device.mono += passed;
    if (!calm && random() < 0.002) { // somebody set the clock
      const by = one(...SET_BY);
      device.wall += by;
      met.add(`clock ${by / 1000}`);
    }
    if (type === "restore") clock = makeClock(sources, state.seen);
    ({ t, wall } = clock.read());
    for (const [name, since, limit] of times()) {
      const over = (t - since) / 1000 - limit;
      if (AROUND.includes(over)) met.add(`${name} ${limit} ${over}`);
    }
    const result = reduce(state, { type, t, wall, ...more }, env);
    state = result.state;
    events.push(...result.events);
  }

  /** The limits in seconds that run in this state: [name, since when, limit]. */
  function times() {
    const { name, since, seen, back, made, rest, q } = state;
    const all = (what, from, ...limits) => limits.map((limit) => [what, from, limit]);
    if (name === "pain") return all(name, since, 120, 600);
    if (name === "stopped") return all(name, since, 60);
    if (name === "ended") return all(name, since, 60);
    if (name === "resting") return all("away", seen.t, 3, 1800);
    if (name === "rest-ask") return [...all(name, since, 120, 600), ...all(`rest ${rest.from}`, rest.since, ...(rest.from === "stop" ? [120] : [60]), 300)];
    if (["paused", "relief", "stop-why"].includes(name)) return all("paused", back?.since ?? since, 120, 1800);
    if (name === "question") return q.purpose === "check-in" ? [] : all(q.purpose, q.begun, 300);
    if (name === "offer") return all(name, state.checkedIn.t, 7200);
    if (name === "unseen") return all(name, made.since, 120);
    if (TIMED.includes(name)) return all("away", seen.t, 3, 120, 1800);
    return all("idle", since, 120, 1800);
  }

  /** Often enough the next action comes at one of these limits, or a second before it, or one or two after. */
  function aimAtALimit() {
    const often = { "rest-ask": 0.3, question: state.q.purpose === "check-in" ? 0 : 0.15, offer: 0.1, unseen: 0.2, stopped: 0.1, ended: 0.1, paused: 0.1 }[state.name];
    if (random() >= (often ?? (TIMED.includes(state.name) ? 0.0015 : 0.02))) return;
    const found = times();
    if (!found.length) return;
    const [, since, limit] = one(...found);
    // The page looks four times a second: where a rest begins by itself, it is not there any more a second later.
    const at = since + (limit + one(...(state.name === "stopped" ? AROUND.slice(0, 2) : AROUND))) * 1000;
    if (at > t) aim = at;
  }

  const near = (base) => Math.max(0, Math.min(10, Math.floor(base ?? 3) + mostly([calm ? 80 : 20, 0], [15, -1], [2, -2], [8, 1], [calm ? 1 : 6, 2], [calm ? 0 : 3, 3], [calm ? 0 : 2, 4])));
  const scores = () => {
    const said = { spine: near(state.baseline?.spine ?? plan.usual.spine), limb: near(state.baseline?.limb ?? plan.usual.limb) };
    if (random() < 0.03) said[one("spine", "limb")] = null;
    return said;
  };
  const sign = () => mostly([calm ? 300 : 60, "same"], [8, "worse"], [2, "spread"], [3, "brief"], [1, "lasting"], [1, "unwell"], [1, "stop"], [1, "fall"], [1, one("weak", "hands", "saddle", "chest", "stroke")]);
  const aside = (usual) => mostly([90, usual], [3, "hurts"], [3, "relief"], [3, "pause"]);

  function answered(id) {
    if (id === "spine" || id === "limb") return near(plan.usual[id]);
    if (id === "q1") return mostly([95, "no"], [4, "yes"], [2, "not-sure"]);
    if (id === "q3") return mostly([80, "same"], [10, "better"], [10, "worse"]);
    if (id === "last") return mostly([80, "same"], [8, "bit-worse"], [3, "clearly-worse"], [2, "spread"]);
    if (id === "q5") return mostly([90, "no"], [2, "dizzy-now"], [2, "dizzy-or-unwell"], [2, "medicine"], [1, "fever"], [1, "vomiting"]);
    if (id === "last-back") return one("yes", "no");
    if (id === "sugar") return mostly([90, "yes"], [10, "no"]);
    if (id === "pressure") return mostly([40, PRESSURES[0]], [60, one(...PRESSURES)]);
    return mostly([96, "no"], [2, "yes"], [2, "not-sure"]);
  }

  /** The last question of a check-in about a session of hours ago, as long after it as table C's limits are. */
  function lastAnswer() {
    const { purpose, n, of } = state.q;
    const due = minted + (plan.answered_after_s + one(...AROUND)) * 1000;
    if (plan.answered_after_s && purpose === "check-in" && n === of && wall < due) aim = t + due - wall;
  }

  function answer() {
    const value = random() < 0.01 ? one(null, undefined, "") : answered(state.q.at);
    const pressure = state.q.at === "pressure" && value ? { pressure: value } : {};
    lastAnswer();
    act("answer", { id: state.q.at, value, ...pressure });
  }

  const steps = {
    question: () => mostly([95, answer], [3, () => act("back")], [1, () => act("tick", {}, 6 * MINUTE)])(),
    offer: () => act(state.offer === "choice" ? "choose" : "start", { kind: one("full", "minimum"), day: one("good", "ordinary", "bad") }),
    space: () => act(aside("ready")),
    intro: () => act(aside(mostly([90, "ready"], [5, "skip"], [3, "correct"]))),
    between: () => act(aside(mostly([90, "ready"], [3, "skip"], [3, "correct"]))),
    unseen: () => act(one("yes", "again", "skip", "hurts")),
    count: () => act(one("yes", "no")),
    paused: () => random() < 0.03 ? act("tick", {}, one(3, 31) * MINUTE) : act(mostly([80, "resume"], [5, "skip"], [5, "stop"], [3, "wait"], [3, "correct"])),
    "stop-why": () => act(one("wish", "unwell", "hurts", "other", "back")),
    relief: () => act(mostly([60, "ready"], [25, "easier"], [5, "stop"], [5, "hurts"]), {}, 30_000),
    pain: () => state.ask.quick === "open" && random() < 0.8 ? act(mostly([40, "same"], [60, "more"]), {}, one(400, 1000, 1500)) : act(mostly([97, "pain"], [2, "back"]), { ...scores(), change: sign() }),
    stopped: () => act(mostly([90, "ready"], [8, "correct"])),
    resting: () => act(mostly([95, "tick"], [2, "settled"], [3, "hurts"]), {}, Math.max(1, Math.min(2500, state.rest.due - t))),
    "rest-ask": () => act("pain", { ...scores(), change: sign() }),
    settled: () => act(mostly([90, "next"], [5, "finish"], [5, "correct"])),
    ended: () => act(mostly([85, "ready"], [12, "correct"])),
    finish: () => act(mostly([92, "finished"], [5, "correct"]), { ...scores(), effort: 4 }),
  };
  const running = () => {
    const item = plan.items.find((each) => each.id === state.order[state.at]);
    const what = mostly([93, "tick"], [2, "done"], [1, "next"], [item?.kind === "walk" ? 4 : 0, "symptoms"], [1, "pause"], [1, "hurts"]);
    const walked = t - state.begun + state.spent;
    if (item?.kind === "walk" && state.name === "minutes" && walked < 25_000 && random() < 0.05) {
      aim = t + (one(...WALKED_S) + one(...AROUND)) * 1000 - walked;
      return act("symptoms");
    }
    act(what, {}, what === "tick" ? Math.max(1, Math.min(2500, remaining(state, t))) : 700);
  };
  for (let n = 0; n < MOST_ACTIONS * 10 && events.length < MOST_ACTIONS && !FINAL.includes(state.name); n += 1) {
    aimAtALimit();
    if (state.name !== "stopped" && random() < 0.0015) act("restore", {}, one(1, 4, 29, 31) * MINUTE);
    else (steps[state.name] ?? running)();
  }
  const { name, kind, stops, limits, off, results, restrictions, baseline, end, outcome, started, offer, ask, checkedIn } = state;
  return { plan: index, events, met: [...met], wall, state: { name, kind, stops, limits, off, results, restrictions, baseline, end, outcome, started, offer, row: checkedIn?.row, correcting: Boolean(ask?.replaces) } };
}

for (let number = 0; number < count; number += 1) process.stdout.write(`${JSON.stringify(session(number))}\n`);
