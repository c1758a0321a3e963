// Takes the focus to the summary of errors, so that nobody misses that the form came back.
export default function errorSummary(element) {
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
