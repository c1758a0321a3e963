// A small plan and a driver that plays a session against the machine with a clock of its own.

import { create, reduce } from "../../static/js/player/machine.js";
import { makeRules } from "../../static/js/player/rules.js";
import { rulesData } from "./rules-data.mjs";

export function item(changes = {}) {
  const { dose, ...rest } = changes;
  return {
    id: "A1", slug: "bridge", name: "Bridge", category: "stabilisation", start: "supine", kind: "ordinary", standing: false,
    seated_or_lying: true, sets_allowed: 9, rise_limit: 0, centralising_ok: false, steps: [],
    dose: { type: "reps", sets: 2, reps: 2, hold_s: 30, rest_s: 60, per_side: false, ...dose }, ...rest,
  };
}

export function walk(changes = {}) {
  return item({ id: "A1", slug: "walking-intervals", name: "Walk", category: "aerobic", start: "standing", standing: true, kind: "walk", seated_or_lying: false, dose: { type: "minutes", minutes: 15, work_s: 120, rest_s: 90 }, ...changes });
}

export function plan(changes = {}) {
  return {
    session: "s1", account: "a1", kind: "full", zone: "Europe/London", waits: false, walk_allowed: true,
    usual: { spine: 3, limb: 2 }, full_screen_due: false, ask_sugar: false, last_session: null,
    items: [item(), item({ id: "A2", slug: "heel-raise", name: "Heel raise" }), item({ id: "A3", slug: "clamshell", name: "Clamshell" })],
    minimum: [item({ id: "M1", slug: "breathing", name: "Breathing" })], relief_only: [item({ id: "R1", slug: "side-lying-rest", dose: { type: "minutes", minutes: 5 } })], ...changes,
  };
}

const START = Date.parse("2026-11-21T09:00:00Z");

/** A session that is played: act() sends an action after ms of its time; events are kept in order. */
export function play(changes = {}, options = {}) {
  let made = 0;
  const env = {
    plan: plan(changes), rules: makeRules(rulesData), uuid: () => `e${++made}`,
    off: options.off, date: options.date ?? ((wall) => new Date(wall).toISOString().slice(0, 10)),
  };
  let t = 0;
  const self = {
    env, events: [], state: create(env, { t: 0, wall: START }),
    act(type, more = {}, ms = 600) {
      t += ms;
      const result = reduce(self.state, { type, t, wall: START + t, ...more }, env);
      self.state = result.state;
      self.events.push(...result.events);
      self.changed = result.changed;
      return self;
    },
    answer: (id, value) => self.act("answer", { id, value }),
    pain: (spine, limb, change = "same") => self.act("pain", { spine, limb, change }),
    run(seconds, step = 1000) {
      for (let left = seconds * 1000; left > 0; left -= step) self.act("tick", {}, Math.min(step, left));
      return self;
    },
    until(name, most = 4000) {
      for (let n = 0; self.state.name !== name && n < most; n += 1) self.act("tick", {}, 1000);
      return self;
    },
    checkIn(spine = 3, limb = 2, more = {}) {
      const all = { q1: "no", spine, limb, q3: "same", last: "same", sleep: "no", q5: "no", sugar: "yes", ...more };
      while (self.state.name === "question") self.answer(self.state.q.at, all[self.state.q.at] ?? "no");
      return self;
    },
    begun: (...all) => self.checkIn(...all).act("start"),
    set() {
      if (self.state.name === "space") self.act("ready");
      return self.act("ready").until("pain");
    },
    kinds: () => self.events.map((event) => event.kind),
    last: (kind) => self.events.findLast((event) => event.kind === kind)?.payload,
    get t() {
      return t;
    },
  };
  return self;
}
