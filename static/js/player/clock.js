// One time line out of two clocks: the monotonic one, which stops while most devices sleep, and the wall
// clock, which people and networks may set. Times are milliseconds; nothing here starts a timer.

const SLEPT_MS = 1000;
const LONGEST_SEEN_MS = 12 * 3600 * 1000; // a longer jump in plain sight is a clock that was set

/**
 * @param {{mono: () => number, wall: () => number, hidden?: () => boolean}} sources the device's clocks, and whether the
 *   page was out of sight since the last look: then the wall clock is believed however long it was (X5)
 * @param {{t: number, wall: number} | null} saved where the time line stood when the page was last alive
 * @returns {{read: () => {t: number, wall: number}}} t never runs backwards
 */
export function makeClock(sources, saved = null) {
  let mono = sources.mono();
  let wall = sources.wall();
  let t = saved ? saved.t + Math.max(0, wall - saved.wall) : 0;
  return {
    read() {
      const nowMono = sources.mono();
      const nowWall = sources.wall();
      const byMono = Math.max(0, nowMono - mono);
      const extra = nowWall - wall - byMono;
      const hidden = sources.hidden?.();
      t += byMono;
      if (extra > SLEPT_MS && (hidden || extra <= LONGEST_SEEN_MS)) t += extra; // only the wall clock saw it: sleep
      mono = nowMono;
      wall = nowWall;
      return { t, wall };
    },
  };
}

/** The calendar date of an instant in a time zone, as YYYY-MM-DD; in the device's own where it knows no such zone. */
export function localDate(wall, zone) {
  const date = (timeZone) => new Intl.DateTimeFormat("en-CA", { timeZone, year: "numeric", month: "2-digit", day: "2-digit" }).format(wall);
  try {
    return date(zone);
  } catch {
    return date();
  }
}
