// Clicks, and a cross that Shift and the arrows move and Enter clicks, in the units of the axes under it.
function pointer(model, { root, screen, canvas, onCanvas }, tell, hand) {
  const cross = element("div", screen, { className: "gmm-cross", hidden: true });
  let at = null; // shares of the canvas, from its top left
  const press = (x, y) => {
    const areas = model.get("areas").map(onCanvas);
    if (model.get("still") && model.get("plane").length) areas.push(onCanvas(model.get("plane")));
    const inside = ([left, top, right, bottom]) => x >= left && x <= right && y >= top && y <= bottom;
    const area = areas.findIndex(inside);
    if (area < 0) return;
    const [left, top, right, bottom, x0, x1, y0, y1] = areas[area];
    const across = (x - left) / (right - left);
    const up = (bottom - y) / (bottom - top);
    tell({ click: [x0 + across * (x1 - x0), y0 + up * (y1 - y0)] });
  };
  const place = () => {
    const box = canvas.getBoundingClientRect();
    const frame = screen.getBoundingClientRect();
    cross.hidden = false;
    cross.style.left = `${box.left - frame.left + at[0] * box.width}px`;
    cross.style.top = `${box.top - frame.top + at[1] * box.height}px`;
  };
  const click = (event) => {
    if (hand.moved() && !model.get("still")) return; // that was a drag
    const box = canvas.getBoundingClientRect();
    cross.hidden = true;
    at = [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height];
    press(...at);
  };
  canvas.addEventListener("click", click, true); // before the Stage scrolls itself into view
  const canUndo = model.get("controls").some(({ name }) => name === "undo");
  const moves = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  root.addEventListener(
    "keydown",
    (event) => {
      if (event.target.closest(".gmm-form")) return;
      if ((event.ctrlKey || event.metaKey) && event.key === "z" && canUndo) {
        event.preventDefault();
        event.stopImmediatePropagation();
        return tell({ press: "undo" });
      }
      if (event.target.closest(".gmm-bar") || !model.get("areas").length) return;
      const [left, top, right, bottom] = onCanvas(model.get("areas")[0]);
      if (event.shiftKey && event.key in moves) {
        at ??= [(left + right) / 2, (top + bottom) / 2];
        at = at.map((value, axis) => Math.min(0.999, Math.max(0.001, value + 0.02 * moves[event.key][axis])));
        place();
      } else if (event.key === "Enter" && !cross.hidden) press(...at);
      else return;
      event.preventDefault();
      event.stopImmediatePropagation();
    },
    true,
  );
}

export default { pointer };
