// Moves the figure of one <svg data-figure>: the server drew the start and says the way; this turns the pieces.
import { makeCanvas } from "./canvas.js";
import { at, frameAt, held, lengthOf, outline, pointsAt, readWay } from "./way.js";

const TO_HOLD_MS = 800;

/** @param {SVGSVGElement} svg @returns play, loop, hold, rest, mirror, remove; nothing moves before one is called. */
export function makeFigure(svg, { still = matchMedia("(prefers-reduced-motion: reduce)").matches } = {}) {
  const way = readWay(svg.dataset.figure);
  const canvas = makeCanvas(svg);
  const pieces = canvas.leaves.filter((leaf) => leaf.element.dataset.s).map(piece);
  const cycle = lengthOf(way);
  const last = way.stops.at(-1)[0];
  let now = 0;
  let running = 0;

  function draw(frame) {
    now = frame;
    const points = pointsAt(way, frame);
    for (const one of pieces) one(points, frame);
    canvas.show();
  }

  /** Every way to move ends the one before it. `step` says the frame of a moment, or null when it is over. */
  function run(step) {
    const mine = ++running;
    return new Promise((done) => {
      const began = performance.now();
      const tick = (time) => {
        if (mine !== running) return done(false);
        const frame = step(Math.max(0, time - began));
        if (frame === null) return done(true);
        if (!svg.closest("[data-busy]")) draw(frame); // an answer to a press goes first
        requestAnimationFrame(tick);
      };
      requestAnimationFrame(tick);
    });
  }

  /** Where motion is unwelcome, the key poses one after the other, without the way between them. */
  const paced = (ms) => {
    if (!still) return frameAt(way, ms);
    let left = ms;
    const keys = way.stops.slice(1);
    for (const [frame, seconds, hold] of keys) {
      left -= seconds + hold;
      if (left < 0) return frame;
    }
    return 0;
  };

  const glide = (to) => {
    const from = now;
    return run((ms) => {
      if (still || from === to || ms >= TO_HOLD_MS) {
        draw(to);
        if (to === last) now = 0;
        return null;
      }
      const share = ms / TO_HOLD_MS;
      return from + (to - from) * share * share * (3 - 2 * share);
    });
  };

  function piece(leaf) {
    const { p, t, o, s } = leaf.element.dataset;
    const [first, last] = s.slice(1).split(",").map(Number);
    if (t) return tie(leaf, t, o, first);
    const bar = s[0] === "b";
    const line = way.lines.find(([name]) => name === p);
    const parent = line && ["pelvis", ...way.lines.map(([name]) => name)][line[1]];
    const round = way.round[p];
    const shown = way.shown[p];
    const changes = bar && (typeof line[3] !== "number" || round);
    return (points, frame) => {
      const [x, y, turn, size] = points.get(p);
      const [left, top] = bar ? points.get(parent) : [x, y];
      Object.assign(leaf, { x: left, y: top, turn: bar ? turn : 0 });
      if (shown) leaf.hidden = at(shown, frame) < 0.5;
      if (changes) leaf.shape = new Path2D(outline(round ? at(round[0], frame) : first, round ? at(round[1], frame) : last, size));
    };
  }

  function tie(leaf, from, to, radius) {
    return (points) => {
      const [x, y] = points.get(from);
      const [endX, endY] = points.get(to) ?? (to ? to.split(",").map(Number) : [x, y]);
      Object.assign(leaf, { x, y, turn: (Math.atan2(endY - y, endX - x) * 180) / Math.PI });
      if (to) leaf.shape = new Path2D(outline(radius, radius, Math.hypot(endX - x, endY - y)));
    };
  }

  return {
    /** Plays some cycles and comes to rest at the start; answers whether it was let to its end. */
    play: (cycles = 2) => run((ms) => (ms < cycles * cycle ? paced(ms % cycle) : (draw(0), null))),
    /** Moves on and on, each cycle as long as `ms` where it is given, of which `begun` have passed already. */
    loop: (ms = cycle, begun = 0) => run((passed) => paced((((passed + begun) % ms) / ms) * cycle)),
    /** Goes to the pose that is held, and stays there. */
    hold: () => glide(held(way)),
    /** Goes back to the start, over the last pose where that is nearer: the last frame is the start again. */
    rest: () => glide(now > last / 2 + held(way) / 2 ? last : 0),
    /** Stands still as it is. */
    stop: () => void (running += 1),
    /** Shows the other side. */
    mirror: canvas.mirror,
    /** Ends it all; the start stays, as the server drew it, and shown again it moves from there. */
    remove() {
      running += 1;
      now = 0;
      canvas.remove();
    },
  };
}
