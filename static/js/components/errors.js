// What went wrong in a form: the summary at its top, and the message at each field.

// Takes the focus to the summary of errors, so that nobody misses that the form came back.
export function errorSummary(element) {
  element.focus();
}

/** A line of the summary leads into its field, so that the answer can be given at once. */
export function toField(event) {
  const link = event.target.closest('.error-summary a[href^="#"]');
  const place = link && document.getElementById(link.hash.slice(1));
  const field = place?.matches("input, select, textarea") ? place : place?.querySelector("input:not([type=hidden]), select, textarea");
  if (!field) return;
  event.preventDefault();
  place.scrollIntoView();
  field.focus({ preventScroll: true });
}

// The place of a field's message: tells the field whether it is wrong now. The field itself is never replaced,
// so the focus and what is being typed stay.
export function fieldError(element) {
  const wrong = element.textContent.trim() !== "";
  for (const field of document.querySelectorAll(`[aria-describedby~="${CSS.escape(element.id)}"]`)) {
    if (wrong) field.setAttribute("aria-invalid", "true");
    else field.removeAttribute("aria-invalid");
    field.closest(".field")?.classList.toggle("field--invalid", wrong);
  }
}
