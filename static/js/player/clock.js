// One time line out of two clocks: the monotonic one, which stops while most devices sleep, and the wall
// clock, which people and networks may set. Times are milliseconds; nothing here starts a timer.

const SLEPT_MS = 1000;
const LONGEST_SLEEP_MS = 12 * 3600 * 1000;

/**
 * @param {{mono: () => number, wall: () => number}} sources the device's clocks
 * @param {{t: number, wall: number} | null} saved where the time line stood when the page was last alive
 * @returns {{read: () => {t: number, wall: number}}} t never runs backwards
 */
export function makeClock(sources, saved = null) {
  let mono = sources.mono();
  let wall = sources.wall();
  let t = saved ? saved.t + believable(wall - saved.wall) : 0;
  return {
    read() {
      const nowMono = sources.mono();
      const nowWall = sources.wall();
      const byMono = Math.max(0, nowMono - mono);
      const extra = nowWall - wall - byMono;
      t += byMono + (extra > SLEPT_MS ? believable(extra) : 0); // what only the wall clock saw: the device slept
      mono = nowMono;
      wall = nowWall;
      return { t, wall };
    },
  };
}

// A jump back, or of half a day and more, is a clock that was set, not time that passed.
function believable(ms) {
  return ms > 0 && ms <= LONGEST_SLEEP_MS ? ms : 0;
}

/** The calendar date of an instant in a time zone, as YYYY-MM-DD. */
export function localDate(wall, zone) {
  return new Intl.DateTimeFormat("en-CA", {
    timeZone: zone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
  }).format(new Date(wall));
}
