// Paints an <svg> on a canvas that lies over it: while a figure moves, nothing of the page is laid out again.

const RADIAN = Math.PI / 180;
const MOST_DOTS = 2; // device pixels for one of the page; more cannot be seen in a picture that moves
const LOOKS = ["(prefers-color-scheme: dark)", "(forced-colors: active)"];

function shapeOf(element) {
  if (element.localName === "path") return new Path2D(element.getAttribute("d"));
  const shape = new Path2D();
  if (element.localName === "rect") {
    shape.rect(...["x", "y", "width", "height"].map((name) => Number(element.getAttribute(name))));
    return shape;
  }
  for (const point of element.getAttribute("points").split(" ")) shape.lineTo(...point.split(",").map(Number));
  shape.closePath();
  return shape;
}

/** One shape of the picture at its place (x, y, turn in degrees), as the server drew it. */
function leafOf(element) {
  const [x = 0, y = 0, turn = 0] = (element.getAttribute("transform")?.match(/-?[\d.]+/g) ?? []).map(Number);
  return { element, x, y, turn, hidden: element.getAttribute("opacity") === "0", shape: shapeOf(element) };
}

/** The colours and lines that the page's style sheets give a shape now. */
function dress(leaf) {
  const { fill, stroke, strokeWidth, strokeLinecap, strokeLinejoin, fillOpacity } = getComputedStyle(leaf.element);
  leaf.paint = { fillStyle: fill, strokeStyle: stroke, lineWidth: parseFloat(strokeWidth), lineCap: strokeLinecap, lineJoin: strokeLinejoin };
  leaf.clear = Number(fillOpacity);
}

/**
 * @param {SVGSVGElement} svg
 * @returns leaves: its shapes in the order of painting, to be moved; show(): paints them as they are now;
 *   mirror(other): shows the other side; remove(): takes the canvas away.
 */
export function makeCanvas(svg) {
  const canvas = svg.ownerDocument.createElement("canvas");
  const pen = canvas.getContext("2d");
  const box = svg.viewBox.baseVal;
  const leaves = [...svg.querySelectorAll("path, polygon, rect")].map(leafOf);
  const resized = new ResizeObserver(() => measure() && show());
  const looks = LOOKS.map((look) => matchMedia(look));
  let fit = null; // dots for one unit of the picture, and the dots to the left of it and above
  let mirrored = false;
  canvas.className = "figure__canvas";
  canvas.setAttribute("aria-hidden", "true");

  const redress = () => (leaves.forEach(dress), show());

  function place() {
    svg.after(canvas);
    leaves.forEach(dress);
    measure();
    resized.observe(canvas);
    for (const look of looks) look.addEventListener("change", redress);
  }

  // Gives whether there is something to paint anew: a canvas that is not shown, or as large as before, keeps its picture.
  function measure() {
    const dots = Math.min(window.devicePixelRatio || 1, MOST_DOTS);
    const [width, height] = [canvas.clientWidth, canvas.clientHeight].map((length) => Math.round(length * dots));
    if (fit && (!width || (width === canvas.width && height === canvas.height))) return false;
    Object.assign(canvas, { width, height });
    const scale = Math.min(width / box.width, height / box.height);
    fit = { scale, left: (width - box.width * scale) / 2, top: (height - box.height * scale) / 2 };
    return true;
  }

  function show() {
    if (!canvas.isConnected) place();
    const { scale, left, top } = fit;
    const across = mirrored ? -scale : scale;
    const zero = left + (mirrored ? box.width + box.x : -box.x) * scale;
    pen.setTransform(1, 0, 0, 1, 0, 0);
    pen.clearRect(0, 0, canvas.width, canvas.height);
    for (const { hidden, turn, x, y, paint, clear, shape } of leaves) {
      if (hidden) continue;
      const [cos, sin] = [Math.cos(turn * RADIAN), Math.sin(turn * RADIAN)];
      pen.setTransform(across * cos, scale * sin, -across * sin, scale * cos, zero + across * x, top + scale * (y - box.y));
      Object.assign(pen, paint, { globalAlpha: clear });
      if (paint.fillStyle !== "none") pen.fill(shape);
      pen.globalAlpha = 1;
      if (paint.strokeStyle !== "none") pen.stroke(shape);
    }
  }

  return {
    leaves,
    show,
    mirror(other) {
      mirrored = other;
      show();
    },
    remove() {
      resized.disconnect();
      for (const look of looks) look.removeEventListener("change", redress);
      canvas.remove();
    },
  };
}
