// What a form of the session says, as an action; wrong names the parts that are not answered yet.

const SIGNS_WITHOUT_SCORES = ["spread", "lasting", "unwell", "stop", "fall", "weak", "saddle", "chest", "stroke"];

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
  if (SIGNS_WITHOUT_SCORES.includes(action.change)) return { action, wrong: [] };
  if (!action.change && kind === "pain" && state.ask?.said.worse && !further) action.change = "worse";
  if (!action.change) wrong.push(further ? "more" : "change");
  return { action, wrong };
}

function readAnswer(form) {
  const raw = new FormData(form).get("value");
  const value = raw !== null && /^\d+$/.test(raw) ? Number(raw) : raw;
  return { action: { type: "answer", id: form.dataset.id, value }, wrong: raw === null ? ["value"] : [] };
}

function number(form, name) {
  const value = form.elements[name].value;
  return value === "" ? null : Number(value);
}
