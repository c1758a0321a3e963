// The place of a field's message: tells the field whether it is wrong now. The field itself is never replaced,
// so the focus and what is being typed stay.
export default function fieldError(element) {
  const wrong = element.textContent.trim() !== "";
  for (const field of document.querySelectorAll(`[aria-describedby~="${CSS.escape(element.id)}"]`)) {
    if (wrong) field.setAttribute("aria-invalid", "true");
    else field.removeAttribute("aria-invalid");
    field.closest(".field")?.classList.toggle("field--invalid", wrong);
  }
}
