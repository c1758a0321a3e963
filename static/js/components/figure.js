// <div data-module="figure"> with a button [data-figure-play] and a hidden stage that holds an <svg data-figure>:
// shows the movement twice when asked, and never by itself. What moves it is fetched only then.
export default function figure(box) {
  const button = box.querySelector("[data-figure-play]");
  const stage = box.querySelector("[data-figure-stage]");
  if (!button || !stage) return;
  let moving = null;
  button.hidden = false;
  button.addEventListener("click", async () => {
    stage.hidden = false;
    button.textContent = button.dataset.again;
    if (!moving) {
      const { makeFigure } = await import("../figure/figure.js");
      moving = makeFigure(stage.querySelector("svg"));
    }
    moving.play(2);
  });
}
