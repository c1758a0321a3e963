// Small helpers on top of pages that work without them.
// <… data-module="stepper"> gets the module of that name, once; parts that htmx swaps in as well.
import confirm from "./components/confirm.js";
import copy from "./components/copy.js";
import { errorSummary, fieldError, toField } from "./components/errors.js";
import figure from "./components/figure.js";
import print from "./components/print.js";
import stepper from "./components/stepper.js";
import submitOnce from "./components/submit-once.js";

const modules = {
  confirm,
  copy,
  "error-summary": errorSummary,
  "field-error": fieldError,
  figure,
  print,
  stepper,
  "submit-once": submitOnce,
};
const started = new WeakMap();

function start(element, name) {
  const names = started.get(element) ?? new Set();
  if (names.has(name) || !modules[name]) return;
  started.set(element, names.add(name));
  modules[name](element);
}

function startAll(root) {
  const elements = [...root.querySelectorAll("[data-module], form[data-confirm]")];
  if (root instanceof Element && root.matches("[data-module], form[data-confirm]")) elements.unshift(root);
  for (const element of elements) {
    if (element.matches("form[data-confirm]")) start(element, "confirm");
    for (const name of (element.dataset.module ?? "").split(/\s+/)) start(element, name);
  }
}

document.documentElement.classList.add("js");
startAll(document);
document.addEventListener("click", toField);
document.addEventListener("htmx:load", (event) => startAll(event.detail.elt));
