// Drags: what Python has named as a handle follows the pointer, pressed, until it is let go.

const NEAR = { mouse: 12, pen: 16, touch: 26 }; // pixels by which a handle may be missed
const SLOP = 4; // pixels: a press that moves less is a click

// Where x, y in a plane's units are on the canvas, in pixels from its top left; and back, kept inside the plane.
function toPixels([left, top, right, bottom, x0, x1, y0, y1], [x, y], { width, height }) {
  const across = (x - x0) / (x1 - x0);
  const up = (y - y0) / (y1 - y0);
  return [(left + across * (right - left)) * width, (bottom - up * (bottom - top)) * height];
}

function toUnits([left, top, right, bottom, x0, x1, y0, y1], [x, y], { width, height }) {
  const within = (part) => Math.min(1, Math.max(0, part));
  const across = within((x / width - left) / (right - left));
  const up = within((bottom - y / height) / (bottom - top));
  return [x0 + across * (x1 - x0), y0 + up * (y1 - y0)];
}

function drag(model, { canvas, onCanvas }, tell) {
  let held = null; // {plane, handle, off: where the handle is, from the pointer, in pixels}
  let [pressed, moved] = [null, false];
  const place = (event) => {
    const box = canvas.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  };
  const distance = (one, other) => Math.hypot(one[0] - other[0], one[1] - other[1]);
  const nearest = (event) => {
    const plane = onCanvas(model.get("plane"));
    if (!plane.length) return null;
    const [from, box] = [place(event), canvas.getBoundingClientRect()];
    const drawn = model.get("handles").filter(([, , at]) => at === -1 || at === model.get("index"));
    const found = drawn.map((handle) => ({ handle, at: toPixels(plane, handle, box) }));
    found.sort((one, other) => distance(one.at, from) - distance(other.at, from));
    if (!found.length || distance(found[0].at, from) > (NEAR[event.pointerType] ?? NEAR.mouse)) return null;
    const { handle, at } = found[0];
    return { plane, handle, off: [at[0] - from[0], at[1] - from[1]] };
  };
  const press = (event) => {
    if (!event.isPrimary || event.button !== 0) return;
    [pressed, moved, held] = [place(event), false, nearest(event)];
    if (held) canvas.setPointerCapture(event.pointerId);
  };
  const move = (event) => {
    if (!pressed) {
      canvas.style.cursor = nearest(event) ? "grab" : "";
      return;
    }
    const at = place(event);
    if (!moved && distance(at, pressed) < SLOP) return;
    if (held && !moved) {
      tell({ grab: held.handle.slice(0, 2) });
      canvas.style.cursor = "grabbing";
    }
    moved = true;
    if (!held) return;
    const { plane, off } = held;
    tell({ drag: toUnits(plane, [at[0] + off[0], at[1] + off[1]], canvas.getBoundingClientRect()) });
  };
  const release = () => {
    if (held && moved) tell({ drop: true });
    [pressed, held] = [null, null];
    canvas.style.cursor = "";
  };
  const keepStill = (event) => held && event.preventDefault(); // a finger that drags does not scroll the page
  canvas.addEventListener("pointerdown", press);
  canvas.addEventListener("pointermove", move);
  canvas.addEventListener("touchmove", keepStill, { passive: false });
  window.addEventListener("pointerup", release); // which may be beside the picture
  window.addEventListener("pointercancel", release);
  return {
    moved: () => moved,
    busy: () => pressed !== null,
    stop: () => {
      window.removeEventListener("pointerup", release);
      window.removeEventListener("pointercancel", release);
    },
  };
}

export default { drag, toPixels, toUnits };
