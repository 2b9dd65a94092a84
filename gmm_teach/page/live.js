// A Stage whose frames Python draws on request, with a form of controls and a pointer in data units.

// Frames are asked for one at a time, the nearest first, so a change never waits behind a queue.
function drawnByPython(model) {
  let frames, waiting, asked;
  const fresh = () => {
    const kept = model.get("kept") === model.get("film") ? model.get("frames") : [];
    [frames, waiting, asked] = [new Map(kept.entries()), new Map(), null];
  };
  const askNext = () => {
    if (asked !== null) return;
    const distance = (index) => Math.abs(index - model.get("index"));
    const missing = model.get("captions").map((_, index) => index).filter((index) => !frames.has(index));
    if (!missing.length) return;
    asked = missing.reduce((best, index) => (distance(index) < distance(best) ? index : best));
    model.send({ want: asked, film: model.get("film") });
  };
  const arrive = (message, buffers) => {
    if (message.film !== model.get("film")) return;
    frames.set(message.index, buffers[0]);
    waiting.get(message.index)?.resolve(buffers[0]);
    if (asked === message.index) asked = null;
    askNext();
  };
  const bytes = (index) => {
    if (frames.has(index)) return frames.get(index);
    if (!waiting.has(index)) {
      const request = {};
      request.promise = new Promise((resolve) => (request.resolve = resolve));
      waiting.set(index, request);
    }
    askNext();
    return waiting.get(index).promise;
  };
  fresh();
  model.on("msg:custom", arrive);
  return { bytes, fresh, stop: () => model.off("msg:custom", arrive) };
}

const PATIENCE = 5000; // milliseconds
const NO_ANSWER =
  "No answer from Python yet. If its kernel has stopped, so have the controls; the pictures that are here still step.";

const KEYS =
  "Click the picture first. Left and right arrow: a half-step. PageUp, PageDown: an iteration. Home, End: the ends. " +
  "Space: play. f: the whole screen. Shift and an arrow moves a cross over the data, Enter clicks there.";

const READ = {
  check: (input) => input.checked,
  choice: (input) => input.value,
  range: (input) => Number(input.value),
  number: (input) => {
    const value = Math.round(Math.min(Number(input.max), Math.max(Number(input.min), Number(input.value))));
    input.value = value;
    return value;
  },
};

function makeInput(label, spec) {
  if (spec.kind === "choice") {
    const select = element("select", label);
    for (const option of spec.options) element("option", select, { value: option, textContent: option });
    return select;
  }
  const type = { check: "checkbox" }[spec.kind] ?? spec.kind;
  const input = element("input", label, { type });
  for (const name of ["min", "max", "step"]) if (name in spec) input[name] = spec[name];
  return input;
}

function form(model, root, change) {
  const place = element("div", root, { className: "gmm-form" });
  const fields = new Map();
  const addButton = (spec) => {
    const button = element("button", place, { type: "button", textContent: spec.label, title: spec.title });
    button.dataset.name = spec.name;
    button.addEventListener("click", () => change(spec.name, (model.get("values")[spec.name] ?? 0) + 1));
  };
  const addField = (spec) => {
    const label = element("label", place, { title: spec.title });
    element("span", label, { textContent: spec.label });
    const input = makeInput(label, spec);
    input.dataset.name = spec.name;
    const output = spec.kind === "range" ? element("output", label) : null;
    const event = spec.kind === "number" ? "change" : "input";
    input.addEventListener(event, () => change(spec.name, READ[spec.kind](input)));
    fields.set(spec.name, { spec, input, output });
  };
  for (const spec of model.get("controls")) (spec.kind === "button" ? addButton : addField)(spec);
  const update = () => {
    const values = model.get("values");
    for (const [name, { spec, input, output }] of fields) {
      if (spec.kind === "check") input.checked = values[name];
      else if (input.value !== String(values[name])) input.value = values[name];
      const shown = spec.power ? 10 ** values[name] : values[name];
      if (output) output.textContent = shown.toFixed(spec.digits);
    }
  };
  update();
  model.on("change:values", update);
  return () => model.off("change:values", update);
}

// Where this is, as a text to copy; a text typed in goes there.
function placeField(model, root, ask) {
  if (!model.get("place")) return () => {};
  const row = root.querySelector(".gmm-form");
  const label = element("label", row, { title: "Copy it, or type another and press Enter" });
  element("span", label, { textContent: "Place" });
  const input = element("input", label, { type: "text", spellcheck: false });
  input.dataset.name = "place";
  const copy = element("button", row, { type: "button", textContent: "Copy", title: "Copy the place" });
  copy.addEventListener("click", () => {
    input.select();
    navigator.clipboard?.writeText(input.value);
  });
  input.addEventListener("change", () => ask("place", input.value));
  const update = () => (input.value = model.get("place"));
  update();
  model.on("change:place", update);
  return () => model.off("change:place", update);
}

// What will the log-likelihood do in the next half-step? Goes there, and says who was right.
function predictor(model, root) {
  const row = element("div", root.querySelector(".gmm-form"), { className: "gmm-predict" });
  element("span", row, { textContent: "Predict the log-likelihood" });
  let [told, right] = [0, 0];
  const judge = (sign) => {
    const index = model.get("index");
    const [now, next] = model.get("scores").slice(index, index + 2);
    if (next === undefined) return "This is the end.";
    const gain = next - now;
    const hit = Math.sign(gain) === sign || (sign === 0 && Math.abs(gain) < 0.05);
    told += 1;
    right += hit ? 1 : 0;
    model.set("index", index + 1);
    model.save_changes();
    const size = Math.abs(gain) < 0.005 ? "less than 0.01" : Math.abs(gain).toFixed(2);
    const outcome = gain === 0 ? "it stays" : `${gain > 0 ? "up" : "down"} by ${size}`;
    return `${hit ? "Right" : "No"}, ${outcome}. ${right} of ${told}.`;
  };
  for (const [name, sign] of Object.entries({ up: 1, same: 0, down: -1 })) {
    const button = element("button", row, { type: "button", textContent: name });
    button.dataset.name = `predict ${name}`;
    button.addEventListener("click", () => (verdict.textContent = judge(sign)));
  }
  const verdict = element("span", row, { className: "gmm-verdict" });
  verdict.setAttribute("aria-live", "polite");
}

function help(root) {
  const box = element("details", root.querySelector(".gmm-form"), { className: "gmm-help" });
  element("summary", box, { textContent: "?", ariaLabel: "Keys" });
  element("div", box, { textContent: KEYS });
}

// Clicks, and a cross that Shift and the arrows move and Enter clicks, in the units of the axes under it.
function pointer(model, { root, screen, canvas }, ask) {
  const cross = element("div", screen, { className: "gmm-cross", hidden: true });
  let at = null; // fractions of the picture, from its top left
  const press = (x, y) => {
    const areas = model.get("areas");
    const inside = ([left, top, right, bottom]) => x >= left && x <= right && y >= top && y <= bottom;
    const area = areas.findIndex(inside);
    if (area < 0) return;
    const [left, top, right, bottom, x0, x1, y0, y1] = areas[area];
    const across = (x - left) / (right - left);
    const up = (bottom - y) / (bottom - top);
    const [, , , count = 0] = model.get("pointer");
    ask("pointer", [area, x0 + across * (x1 - x0), y0 + up * (y1 - y0), count + 1]);
  };
  const place = () => {
    const box = canvas.getBoundingClientRect();
    const frame = screen.getBoundingClientRect();
    cross.hidden = false;
    cross.style.left = `${box.left - frame.left + at[0] * box.width}px`;
    cross.style.top = `${box.top - frame.top + at[1] * box.height}px`;
  };
  canvas.addEventListener("click", (event) => {
    const box = canvas.getBoundingClientRect();
    cross.hidden = true;
    at = [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height];
    press(...at);
  });
  const moves = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  root.addEventListener(
    "keydown",
    (event) => {
      if (event.target.closest(".gmm-form, .gmm-bar") || !model.get("areas").length) return;
      const [left, top, right, bottom] = model.get("areas")[0];
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

function renderLive({ model, el }) {
  const source = drawnByPython(model);
  // A picture of an older change may be drawn meanwhile: the cue stays until Python has answered the last one.
  const settle = () => {
    const answered = model.get("answered") >= model.get("asked");
    if (answered && shown.isCurrent()) root.classList.remove("gmm-waiting");
  };
  const shown = stage({ model, el, source, drawn: settle });
  const { root } = shown;
  const notes = element("pre", root, { className: "gmm-notes" });
  const problem = element("p", root, { className: "gmm-problem" });
  problem.setAttribute("role", "alert");
  let patience = null;
  const wait = () => {
    root.classList.add("gmm-waiting");
    clearTimeout(patience);
    patience = setTimeout(() => {
      if (root.classList.contains("gmm-waiting")) problem.textContent = NO_ANSWER;
    }, PATIENCE);
  };
  const ask = (name, value) => {
    model.set(name, value);
    model.set("asked", model.get("asked") + 1);
    model.save_changes();
    wait();
  };
  const change = (name, value) => {
    if (model.get("values")[name] !== value) ask("values", { ...model.get("values"), [name]: value });
  };
  const stopForm = form(model, root, change);
  const stopPlace = placeField(model, root, ask);
  if (model.get("place")) {
    predictor(model, root);
    help(root);
  }
  pointer(model, shown, ask);
  const write = () => {
    const texts = model.get("notes");
    notes.textContent = texts[model.get("index")] ?? "";
    notes.hidden = !texts.some(Boolean);
    root.classList.toggle("gmm-single", model.get("captions").length === 1);
  };
  const restart = () => {
    source.fresh();
    shown.reload();
    write();
    complain();
  };
  const complain = () => {
    problem.textContent = model.get("problem");
    if (model.get("problem")) root.classList.remove("gmm-waiting");
  };
  model.on("change:index", write);
  model.on("change:film", restart);
  model.on("change:problem", complain);
  model.on("change:answered", settle);
  write();
  complain();
  return () => {
    clearTimeout(patience);
    source.stop();
    stopForm();
    stopPlace();
    shown.destroy();
    model.off("change:index", write);
    model.off("change:film", restart);
    model.off("change:problem", complain);
    model.off("change:answered", settle);
  };
}

export default { render: renderLive };
