// <div data-module="figure"> with a button [data-figure-play] and a hidden stage that holds an <svg data-figure>:
// shows the movement twice when asked, and never by itself.
import { makeFigure } from "../figure/figure.js";

export default function figure(box) {
  const button = box.querySelector("[data-figure-play]");
  const stage = box.querySelector("[data-figure-stage]");
  if (!button || !stage) return;
  const moving = makeFigure(stage.querySelector("svg"));
  button.hidden = false;
  button.addEventListener("click", () => {
    stage.hidden = false;
    button.textContent = button.dataset.again;
    moving.play(2);
  });
}
