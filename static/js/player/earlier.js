// What other sessions of this date, as this device has them, leave out of this one; the clinic may not know of them yet.

/** S17, S20, S13, S25: the slugs of the plan's exercises that are not done again on the plan's date. */
export function offToday(plan, rows) {
  const states = rows.map(({ state }) => state).filter((state) => state?.started && state.session !== plan.session && state.checkedIn?.date === plan.local_date);
  const walking = states.every((state) => state.walking !== false);
  const steady = states.some((state) => state.restrictions.includes("no-fall-risk-entries"));
  const held = (item) => (!walking && item.category === "aerobic" && item.start === "standing") || (steady && item.not_with_fall_risk);
  const items = [...plan.items, ...plan.minimum, ...plan.relief_only];
  return [...states.flatMap(({ off }) => off), ...items.filter(held).map(({ slug }) => slug)];
}
