// The point under the pointer, by name: Python is asked, one question at a time, and nothing waits for it.

const CLOSE = 12; // pixels

function hover(model, { screen, canvas, onCanvas }, hand) {
  if (!model.get("hovers")) return { stop: () => {} };
  const asker = Math.random().toString(36).slice(2);
  const plane = () => onCanvas(model.get("plane"));
  const label = element("div", screen, { className: "gmm-hover", hidden: true });
  let at = null; // the pointer, in pixels of the canvas
  let [asked, inFlight] = [null, false];
  const ask = () => {
    if (inFlight || !at || at === asked) return;
    [asked, inFlight] = [at, true];
    model.send({ hover: toUnits(plane(), at, canvas.getBoundingClientRect()), asker });
  };
  const hide = () => {
    at = null;
    label.hidden = true;
  };
  const move = (event) => {
    const box = canvas.getBoundingClientRect();
    const [left, top, right, bottom] = plane();
    const [x, y] = [event.clientX - box.left, event.clientY - box.top];
    const [across, down] = [x / box.width, y / box.height];
    if (hand.busy() || across < left || across > right || down < top || down > bottom) return hide();
    at = [x, y];
    ask();
  };
  const hear = (message) => {
    if (message.hovered !== asker) return;
    inFlight = false;
    if (!at) return;
    const box = canvas.getBoundingClientRect();
    const frame = screen.getBoundingClientRect();
    const [x, y] = toPixels(plane(), message.at, box);
    label.hidden = !message.text || Math.hypot(x - at[0], y - at[1]) > CLOSE;
    label.textContent = message.text;
    label.style.left = `${box.left - frame.left + x}px`;
    label.style.top = `${box.top - frame.top + y}px`;
    ask();
  };
  canvas.addEventListener("pointermove", move);
  canvas.addEventListener("pointerdown", hide);
  canvas.addEventListener("pointerleave", hide);
  model.on("msg:custom", hear);
  model.on("change:index", hide);
  model.on("change:film", hide);
  return {
    stop: () => {
      model.off("msg:custom", hear);
      model.off("change:index", hide);
      model.off("change:film", hide);
    },
  };
}

export default { hover };
