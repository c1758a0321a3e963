// <button data-module="copy" data-copy="#id" data-copied="Copied" hidden>: copies that element's text or value.
export default function copy(button) {
  if (!navigator.clipboard) return;
  button.hidden = false;
  button.addEventListener("click", async () => {
    const source = document.querySelector(button.dataset.copy);
    await navigator.clipboard.writeText((source.value ?? source.textContent).trim());
    if (button.dataset.copied) button.textContent = button.dataset.copied;
  });
}
