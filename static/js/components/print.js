// A button that prints the page; hidden in the HTML, since it does nothing without JavaScript.
export default function print(button) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
