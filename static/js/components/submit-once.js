// A second tap while the first is on its way sends nothing. The button stays enabled (its name and value must
// be sent, and focus must not be lost); coming back by the Back button opens the form again.
export default function submitOnce(form) {
  let sent = false;
  form.addEventListener("submit", (event) => {
    if (sent) {
      event.preventDefault();
      event.stopImmediatePropagation();
      return;
    }
    setTimeout(() => {
      if (event.defaultPrevented) return;
      sent = true;
      event.submitter?.setAttribute("aria-disabled", "true");
    });
  });
  window.addEventListener("pageshow", () => {
    sent = false;
    for (const button of form.querySelectorAll('button[aria-disabled="true"]')) button.removeAttribute("aria-disabled");
  });
}
