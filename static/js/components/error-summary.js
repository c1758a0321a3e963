// Takes the focus to the summary of errors, so that nobody misses that the form came back.
export default function errorSummary(element) {
  element.focus();
}
