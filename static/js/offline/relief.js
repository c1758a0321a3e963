// Rest positions are asked for by a form, which the worker never touches: without a network they are shown here.

const ANSWER_MS = 3_000;

export function easeOffline(page) {
  const form = page.querySelector("[data-rest-form]");
  const template = page.querySelector("[data-offline-relief]");
  if (!form || !template) return;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (await reached()) return form.submit();
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
