// Rest positions are asked for by a form, which the worker never touches: without a network the session of them that
// the day's page kept is opened (X16), once; else they are shown here.

import { isTooOld } from "./refuse.js";
import { endOf } from "./truth.js";

const ANSWER_MS = 3_000;

export function easeOffline(page, database) {
  const form = page.querySelector("[data-rest-form]");
  const template = page.querySelector("[data-offline-relief]");
  if (!form || !template) return;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (await reached()) return form.submit();
    const { account, relief } = page.dataset;
    const path = `/sessions/${relief}/`;
    const [kept, row] = await Promise.all([database?.get("documents", path), database?.get("sessions", [account, relief])]).catch(() => []);
    if (kept && !isTooOld() && !endOf(row?.state)) return location.assign(path);
    const shown = template.content.cloneNode(true);
    const heading = shown.querySelector("[tabindex]");
    form.replaceWith(shown);
    heading.focus();
  });
}

async function reached() {
  try {
    return (await fetch("/healthz", { cache: "no-store", signal: AbortSignal.timeout(ANSWER_MS) })).ok;
  } catch {
    return false;
  }
}
