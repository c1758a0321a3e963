// Plays many random sessions on the player's machine, from the check-in on, and prints each as a line of JSON: its
// plan, the events that it recorded, and where it stands at the end. node traces.mjs CASES.json, with
// {data, plans, count, seed} in the file.

import { readFileSync } from "node:fs";

import { localDate } from "../../static/js/player/clock.js";
import { FINAL, create, reduce } from "../../static/js/player/machine.js";
import { remaining } from "../../static/js/player/moves.js";
import { makeRules } from "../../static/js/player/rules.js";

const { data, plans, count, seed } = JSON.parse(readFileSync(process.argv[2], "utf8"));
const rules = makeRules(data);
const MOST_ACTIONS = 400;
const MINUTE = 60_000;

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
  let t = 0;
  let wall = Date.parse(plan.minted_at) + 5 * MINUTE;
  let state = create(env, { t, wall });
  const events = [];

  function act(type, more = {}, ms = 700) {
    t += ms;
    wall += ms;
    if (!calm && random() < 0.002) wall += one(-4, -1, 1, 3) * MINUTE; // somebody set the clock
    const result = reduce(state, { type, t, wall, ...more }, env);
    state = result.state;
    events.push(...result.events);
  }

  const near = (base) => Math.max(0, Math.min(10, (base ?? 3) + mostly([calm ? 80 : 20, 0], [15, -1], [8, 1], [calm ? 1 : 6, 2], [calm ? 0 : 2, 3])));
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
    if (id === "sugar") return mostly([90, "yes"], [10, "no"]);
    return mostly([96, "no"], [2, "yes"], [2, "not-sure"]);
  }

  const steps = {
    question: () => mostly([95, () => act("answer", { id: state.q.at, value: answered(state.q.at) })], [3, () => act("back")], [1, () => act("tick", {}, 6 * MINUTE)])(),
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
    finish: () => act(mostly([92, "finished"], [5, "correct"]), { spine: 3, limb: 2, effort: 4 }),
  };
  const running = () => {
    const item = plan.items.find((each) => each.id === state.order[state.at]);
    const what = mostly([93, "tick"], [2, "done"], [1, "next"], [item?.kind === "walk" ? 4 : 0, "symptoms"], [1, "pause"], [1, "hurts"]);
    act(what, {}, what === "tick" ? Math.max(1, Math.min(2500, remaining(state, t))) : 700);
  };
  for (let n = 0; n < MOST_ACTIONS * 10 && events.length < MOST_ACTIONS && !FINAL.includes(state.name); n += 1) (steps[state.name] ?? running)();
  const { name, kind, stops, limits, off, results, restrictions, baseline, end, outcome, started, offer } = state;
  return { plan: index, events, wall, state: { name, kind, stops, limits, off, results, restrictions, baseline, end, outcome, started, offer } };
}

for (let number = 0; number < count; number += 1) process.stdout.write(`${JSON.stringify(session(number))}\n`);
