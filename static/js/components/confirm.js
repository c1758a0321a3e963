// <form data-confirm="Remove the bridge?" data-confirm-yes="Remove">: asks in a dialog before it sends.
// data-confirm on a submit button asks for that button only. Without JavaScript the form is sent as it is.
export function ask(words, yes, no) {
  const fragment = document.getElementById("confirm-dialog").content.cloneNode(true);
  const dialog = fragment.querySelector("dialog");
  const yesButton = dialog.querySelector("[data-confirm-yes]");
  dialog.querySelector("[data-confirm-words]").textContent = words;
  if (yes) yesButton.textContent = yes;
  if (no) dialog.querySelector("[data-confirm-no]").textContent = no;
  yesButton.addEventListener("click", () => dialog.close("yes"));
  dialog.querySelector("[data-confirm-no]").addEventListener("click", () => dialog.close("no"));
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue === "yes");
    });
  });
}

export default function confirm(form) {
  let agreed = false;
  form.addEventListener(
    "submit",
    async (event) => {
      const { submitter } = event;
      const words = submitter?.dataset.confirm ?? form.dataset.confirm;
      if (agreed || !words) {
        agreed = false;
        return;
      }
      event.preventDefault();
      event.stopImmediatePropagation();
      if (await ask(words, submitter?.dataset.confirmYes ?? form.dataset.confirmYes)) {
        agreed = true;
        form.requestSubmit(submitter);
      }
    },
    { capture: true },
  );
}
