// The way of a figure through its poses: from a frame's number to where each point is. No document here.

const RADIAN = Math.PI / 180;

/** A list of tenths and the steps between them, as the server sends it, as the values of the frames; a number stays. */
const values = (sent) => {
  if (!Array.isArray(sent)) return sent;
  let tenths = 0;
  return sent.map((step) => (tenths += step) / 10);
};
const each = (sent, read) => Object.fromEntries(Object.entries(sent).map(([name, value]) => [name, read(value)]));

/** The way as the server sends it in `data-figure`, with a value for each frame. */
export function readWay(text) {
  const { root, lines, stops, round, shown } = JSON.parse(text);
  return {
    root: root.map(values),
    lines: lines.map(([name, parent, turns, sizes]) => [name, parent, values(turns), values(sizes)]),
    stops,
    round: each(round, (ends) => ends.map(values)),
    shown: each(shown, values),
  };
}

/** A value of a frame between two: a number that never changes, or a list with one for each frame. */
export function at(values, frame) {
  if (typeof values === "number") return values;
  const before = Math.min(values.length - 1, Math.floor(frame));
  const after = Math.min(values.length - 1, before + 1);
  return values[before] + (values[after] - values[before]) * (frame - before);
}

/**
 * Where every point is, as a map of name to [x, y, angle in degrees, length]. The lines between points turn by angles,
 * so a limb that does not change its length in the picture keeps it exactly.
 */
export function pointsAt(way, frame) {
  const found = [[at(way.root[0], frame), at(way.root[1], frame), 0, 0]];
  const named = new Map([["pelvis", found[0]]]);
  for (const [name, parent, turns, sizes] of way.lines) {
    const turn = at(turns, frame);
    const size = at(sizes, frame);
    const [x, y] = found[parent];
    const point = [x + size * Math.cos(turn * RADIAN), y + size * Math.sin(turn * RADIAN), turn, size];
    found.push(point);
    named.set(name, point);
  }
  return named;
}

/** How long one cycle takes, in milliseconds. */
export const lengthOf = (way) => way.stops.reduce((sum, [, ms, hold]) => sum + ms + hold, 0);

/** The frame of the pose that is held: of those between start and end the one with the longest hold, else the first. */
export function held(way) {
  const [first = [0, 0, 0], ...others] = way.stops.slice(1, -1);
  return others.reduce((best, stop) => (stop[2] > best[2] ? stop : best), first)[0];
}

/** The frame at a moment of the cycle; each way begins and ends gently. */
export function frameAt(way, ms) {
  let left = ms;
  let from = 0;
  for (const [frame, seconds, hold] of way.stops) {
    if (left < seconds) {
      const share = left / seconds;
      return from + (frame - from) * share * share * (3 - 2 * share);
    }
    left -= seconds;
    if (left < hold) return frame;
    left -= hold;
    from = frame;
  }
  return from;
}

/** The path of a tapered piece that lies along x, as the server draws it. */
export function outline(first, last, size) {
  const n = (value) => String(Math.round(value * 10) / 10);
  if (size <= Math.abs(first - last) + 0.05) {
    const [middle, radius] = last > first ? [size, last] : [0, first];
    return `M${n(middle - radius)} 0a${n(radius)} ${n(radius)} 0 1 1 ${n(2 * radius)} 0a${n(radius)} ${n(radius)} 0 1 1 ${n(-2 * radius)} 0z`;
  }
  const sine = (first - last) / size;
  const cosine = Math.sqrt(1 - sine * sine);
  const [x1, y1, x2, y2] = [first * sine, first * cosine, size + last * sine, last * cosine];
  const [far, near] = sine > 0 ? [0, 1] : [1, 0];
  return `M${n(x1)} ${n(-y1)}L${n(x2)} ${n(-y2)}A${n(last)} ${n(last)} 0 ${far} 1 ${n(x2)} ${n(y2)}L${n(x1)} ${n(y1)}A${n(first)} ${n(first)} 0 ${near} 1 ${n(x1)} ${n(-y1)}z`;
}
