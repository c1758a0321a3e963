// What a form of the session says, as an action; wrong names the parts that are not answered yet.

const SIGNS_WITH_SCORES = ["", "same", "worse", "brief"];

export function readForm(form, state) {
  const kind = form.dataset.form;
  if (kind === "answer") return readAnswer(form);
  const action = { type: kind === "finish" ? "finished" : "pain", spine: number(form, "spine"), limb: number(form, "limb") };
  const wrong = ["spine", "limb"].filter((name) => action[name] === null);
  if (kind === "finish") {
    action.effort = number(form, "effort");
    if (action.effort === null) wrong.push("effort");
    return { action, wrong };
  }
  const chosen = form.elements.change.value;
  const further = chosen === "new" || chosen === "other";
  action.change = further ? form.elements.more.value : chosen;
  // T1 to T5 need no number: nobody with chest pain is asked for one.
  if (!SIGNS_WITH_SCORES.includes(action.change ?? "")) return { action, wrong: [] };
  if (!action.change && kind === "pain" && state.ask?.said.worse && !further) action.change = "worse";
  if (!action.change) wrong.push(further ? "more" : "change");
  return { action, wrong };
}

function readAnswer(form) {
  const raw = new FormData(form).get("value");
  const action = { type: "answer", id: form.dataset.id, value: raw !== null && /^\d+$/.test(raw) ? Number(raw) : raw };
  const wrong = [];
  if (form.elements.upper) {
    action.pressure = readPressure(form, wrong);
    if (action.id === "pressure") return { action: { ...action, value: action.pressure }, wrong };
  }
  if (raw === null) wrong.push("value");
  return { action, wrong };
}

/** S11: both numbers of a blood pressure, or "none"; what is wrong goes into the list. */
function readPressure(form, wrong) {
  const typed = ["upper", "lower"].map((name) => form.elements[name].value.trim());
  const not = form.elements.none;
  if (!typed.some(Boolean) && (!not || not.checked)) return "none";
  const [upper, lower] = typed.map((text) => (/^\d{2,3}$/.test(text) ? Number(text) : NaN));
  if (!typed.every(Boolean) || not?.checked) wrong.push("both");
  else if (!(upper > lower && upper <= 300 && lower >= 20)) wrong.push("range");
  return [upper, lower];
}

function number(form, name) {
  const value = form.elements[name].value;
  return value === "" ? null : Number(value);
}
