// The safety tables and Table A in the browser: the same data and the same answers as programs/rules (S2-S34).
// makeRules(data) takes what the page's "rules" data block holds: {thresholds, tables, screen}.

const IMPOSSIBLE = "impossible"; // S33
const LONGEST_S = 86_400; // S33: no interval is longer than a day
const whole = (v) => typeof v === "number" && Number.isInteger(v);
const within = (low, high, v) => (typeof v === "number" && Number.isFinite(v) && v >= low && v <= high ? v : null);
const COMPARE = { ge: (a, b) => a >= b, le: (a, b) => a <= b, lt: (a, b) => a < b, eq: (a, b) => a === b };

/** What a table cannot judge: an unknown table, or a sign outside its words. Its message names the part. */
export class DecisionError extends Error {}

/** X1, S33: a whole score 0-10, else null. */
export function score(value) {
  return whole(value) ? within(0, 10, value) : null;
}

function pressure(value, part) {
  if ((value ?? null) === null) return null;
  const good = Array.isArray(value) && value.length === 2 && value.every((each) => within(20, 350, each) !== null);
  return good ? value[part] : IMPOSSIBLE;
}

function readInput(name, kind, given) {
  const value = given[kind.type === "pressure" ? kind.of : name];
  let read = null;
  let required = kind.required;
  switch (kind.type) {
    case "score": return score(value);
    case "usual": return within(0, 10, value);
    case "change": return (value ?? null) === null ? null : whole(value) && Math.abs(value) <= 10 ? value : IMPOSSIBLE;
    case "pressure": return pressure(value, kind.part);
    case "rise-limit": return value === 1 || value === 2 ? value : 0;
    case "choice": read = typeof value === "string" && kind.of.includes(value) ? value : null; break;
    case "flag": read = typeof value === "boolean" ? value : kind.default ?? null; required = true; break;
    case "count": read = whole(value) && value >= 0 ? value : null; required = true; break;
    default: read = within(0, Infinity, value);
  }
  if (read === null && required) throw new DecisionError(`${name}: ${value}`);
  return read;
}

function evaluator(table, given, thresholds) {
  const values = Object.fromEntries(Object.entries(table.inputs).map(([name, kind]) => [name, readInput(name, kind, given)]));
  const number = (term) => { const v = value(term); return typeof v === "number" ? v : null; };
  function value(term) {
    if (Array.isArray(term)) return apply(term);
    if (typeof term !== "string") return term;
    if (term.startsWith("#")) return thresholds[term.slice(1)];
    return Object.hasOwn(values, term) ? values[term] : value(table.facts[term]);
  }
  function apply([operator, ...terms]) {
    switch (operator) {
      case "all": return terms.every((term) => value(term));
      case "any": return terms.some((term) => value(term));
      case "not": return !value(terms[0]);
      case "null": return value(terms[0]) === null;
      case "impossible": return value(terms[0]) === IMPOSSIBLE;
      case "is": return value(terms[0]) === terms[1];
    }
    const [left, right] = [number(terms[0]), number(terms[1])];
    if (operator === "minus") return left === null || right === null ? null : left - right;
    return left !== null && right !== null && COMPARE[operator](left, right);
  }
  return value;
}

/** Tables T, U, C, N and interval (section 9): {row, outcome, rule, label, extras}. Throws DecisionError. */
export function decide(data, table, given) {
  if (typeof given !== "object" || given === null || Array.isArray(given)) throw new DecisionError("given");
  if (table === "interval") return nextInterval(data, given);
  if (typeof table !== "string" || !Object.hasOwn(data.tables, table)) throw new DecisionError("table");
  const found = data.tables[table];
  const value = evaluator(found, given, data.thresholds);
  const [row, , outcome, rule, label = ""] = found.rows.find((each) => value(each[1]));
  const extras = {};
  if (found.restrictions) extras.restrictions = found.restrictions.filter(([, when, rows]) => rows.includes(row) && value(when)).map(([name]) => name);
  return { row, outcome, rule, label, extras };
}

function nextInterval(data, { planned_s, time_to_first_symptom_s: seconds = null, limits_so_far: limits = 0 }) {
  const first = within(0, LONGEST_S, seconds);
  const planned = within(0, LONGEST_S, planned_s) ?? first;
  if (planned === null || first !== seconds) throw new DecisionError("seconds");
  const thirds = Math.floor((planned * 2) / 3);
  const shorter = first === null ? thirds : Math.min(thirds, Math.floor(first));
  const next_s = Math.floor(shorter / 5) * 5;
  const may_start = next_s >= data.thresholds.interval_min_s && whole(limits) && limits >= 0 && limits < data.thresholds.interval_limits;
  return { row: null, outcome: null, rule: "S19", label: "", extras: { next_s, may_start } };
}

function holds(term, yes) {
  if (typeof term === "boolean") return term;
  if (typeof term === "string") return yes.has(term);
  const [operator, ...rest] = term;
  if (operator === "not") return !holds(rest[0], yes);
  return operator === "all" ? rest.every((each) => holds(each, yes)) : rest.some((each) => holds(each, yes));
}

function groupsOf(screen, scope) {
  const wanted = scope === "full" || scope === "short" ? screen[scope] : [scope];
  return wanted.map((id) => screen.groups.find((group) => group.id === id)).filter(Boolean);
}

function saidYes(screen, answers, known) {
  const graver = (id) => [screen.questions[id].grave, "not-sure", "same", "worse"].includes(answers[id]);
  return new Set(Object.keys(screen.questions).filter((id) => graver(id) && !(answers[id] === "same" && known.includes(id))));
}

/** The questions to ask, in order, for "full", "short" or one group. */
export function screenIds(screen, scope, answers = {}, known = []) {
  const yes = saidYes(screen, answers, known);
  return groupsOf(screen, scope).flatMap((group) => group.questions.filter((id) => holds(screen.questions[id].when, yes)));
}

// S3, X6: "not sure" is never below T, also where yes would be H or nothing.
function earnedBy(group, yes, doubted) {
  const found = group.earns.filter(([, , when]) => holds(when, yes)).map(([level, scope]) => ({ level, rule: group.id, scope }));
  const low = !found.some(({ level }) => level === "E" || level === "T");
  return low && group.questions.some((id) => doubted.includes(id)) ? [{ level: "T", rule: group.id, scope: "all" }, ...found] : found;
}

/** S3, S5-S14, X6-X8: {gravest, locks: [[level, rule]], earned: [{level, rule, scope}], unanswered}. */
export function judge(screen, answers, known = []) {
  const yes = saidYes(screen, answers, known);
  const groups = screen.groups.filter((group) => group.questions.some((id) => id in answers));
  const asked = groups.flatMap((group) => group.questions.filter((id) => holds(screen.questions[id].when, yes)));
  const unanswered = asked.filter((id) => !["yes", "no", "not-sure", "same", "worse"].includes(answers[id]));
  const valid = new Set([...yes].filter((id) => asked.includes(id)));
  const doubted = asked.filter((id) => answers[id] === "not-sure");
  const earned = groups.flatMap((group) => earnedBy(group, valid, doubted));
  const gravest = ["E", "T", "H"].find((level) => earned.some((each) => each.level === level)) ?? "";
  return { gravest, locks: earned.map(({ level, rule }) => [level, rule]), earned, unanswered };
}

/** Everything over one data block. */
export function makeRules(data) {
  return {
    ...data,
    decide: (table, given) => decide(data, table, given),
    judge: (answers, known) => judge(data.screen, answers, known),
  };
}
