// The form of controls: those that are always in view, and the rest in groups that a fold opens.

const KEYS =
  "Click the picture first. Left and right arrow: a half-step. PageUp, PageDown: an iteration. Home, End: the ends. " +
  "Space: play. f: the whole screen. Escape: leave the picture. Shift and an arrow moves a cross over the data, " +
  "Enter clicks there. Ctrl+Z takes back an edit. A slider that has the focus also follows the mouse wheel; double click: its first value.";

const clamped = (value, { min, max }) => Math.min(max, Math.max(min, value));
const isNumber = (text) => text.trim() !== "" && Number.isFinite(Number(text));

function sliderField(label, spec, tell) {
  const input = element("input", label, { type: "range", min: spec.min, max: spec.max, step: spec.step });
  const typed = element("input", label, { type: "text", inputMode: "decimal", className: "gmm-typed" });
  typed.setAttribute("aria-label", `${spec.label}, as a number`);
  const outward = (value) => (spec.power ? 10 ** value : value).toFixed(spec.digits);
  const show = (value) => {
    input.value = value;
    typed.value = outward(value);
    input.setAttribute("aria-valuetext", typed.value);
  };
  const go = (value) => {
    show(value);
    tell(value);
  };
  input.addEventListener("input", () => go(Number(input.value)));
  input.addEventListener("dblclick", () => go(spec.value));
  input.addEventListener(
    "wheel",
    (event) => {
      if (document.activeElement !== input) return; // the page scrolls
      event.preventDefault();
      go(clamped(Number(input.value) - Math.sign(event.deltaY) * spec.step, spec));
    },
    { passive: false },
  );
  typed.addEventListener("change", () => {
    const text = typed.value.replace(",", ".");
    const value = spec.power ? Math.log10(Number(text)) : Number(text);
    if (isNumber(text) && Number.isFinite(value)) go(clamped(value, spec));
    else show(Number(input.value));
  });
  return { input, show: (value) => document.activeElement === typed || show(value) };
}

function numberField(label, spec, tell) {
  const input = element("input", label, { type: "number", min: spec.min, max: spec.max, step: spec.step });
  let now = spec.value;
  const show = (value) => (input.value = now = value);
  input.addEventListener("change", () => {
    const given = isNumber(input.value);
    show(given ? Math.round(clamped(Number(input.value), spec)) : now);
    if (given) tell(now);
  });
  return { input, show };
}

function choiceField(label, spec, tell) {
  const input = element("select", label);
  for (const option of spec.options) element("option", input, { value: option, textContent: option });
  input.addEventListener("input", () => tell(input.value));
  return { input, show: (value) => (input.value = value) };
}

function tickField(label, spec, tell) {
  const input = element("input", label, { type: "checkbox" });
  input.addEventListener("input", () => tell(input.checked));
  return { input, show: (value) => (input.checked = value) };
}

const FIELDS = { range: sliderField, number: numberField, choice: choiceField, check: tickField };

function addField(parent, spec, tell) {
  const label = element("label", parent, { title: spec.title });
  element("span", label, { textContent: spec.label });
  const field = FIELDS[spec.kind](label, spec, (value) => tell({ set: { [spec.name]: value } }));
  field.input.dataset.name = spec.name;
  return { ...field, node: label };
}

function addButton(parent, { name, label, title }, press) {
  const button = element("button", parent, { type: "button", textContent: label, title });
  button.dataset.name = name;
  button.addEventListener("click", press);
  return button;
}

function makeFold(root) {
  const fold = element("details", root, { className: "gmm-more gmm-form" });
  element("summary", fold, { textContent: "More controls" });
  return fold;
}

function group(parent, heading) {
  const place = element("div", parent, { className: "gmm-group" });
  place.setAttribute("role", "group");
  place.setAttribute("aria-label", heading);
  element("span", place, { className: "gmm-heading", textContent: heading });
  return place;
}

// `tell` sends an event; `waits` says whether a newer value of a control is on its way.
function form(model, root, { tell, waits }) {
  const first = element("div", root, { className: "gmm-form" });
  const specs = model.get("controls");
  const groups = new Map([["", first]]);
  let fold = null;
  const placeOf = (heading = "") => {
    if (heading) fold ??= makeFold(root);
    if (!groups.has(heading)) groups.set(heading, group(fold, heading));
    return groups.get(heading);
  };
  const fields = new Map();
  const nodes = new Map();
  for (const spec of specs) {
    const parent = placeOf(spec.group);
    if (spec.kind === "button") nodes.set(spec.name, addButton(parent, spec, () => tell({ press: spec.name })));
    else fields.set(spec.name, addField(parent, spec, tell));
  }
  for (const [name, { node }] of fields) nodes.set(name, node);
  const hide = () => {
    const hidden = model.get("hidden") ?? [];
    for (const [name, node] of nodes) node.hidden = hidden.includes(name);
    for (const [heading, place] of groups)
      if (heading) place.hidden = [...place.children].slice(1).every((child) => child.hidden);
  };
  hide();
  const update = () => {
    const values = model.get("values");
    for (const [name, field] of fields) if (!waits(name)) field.show(values[name]);
  };
  update();
  model.on("change:values", update);
  model.on("change:hidden", hide);
  const stop = () => {
    model.off("change:values", update);
    model.off("change:hidden", hide);
  };
  return { first, placeOf, update, stop };
}

// Where this is, as a text to copy, or a link in a page that has one; a text typed in goes there.
function placeField(model, parent, tell) {
  const label = element("label", parent, { title: "Copy it, or type another and press Enter" });
  const input = element("input", label, { type: "text", spellcheck: false, ariaLabel: "Place" });
  input.dataset.name = "place";
  addButton(parent, { name: "copy", label: "Copy", title: "Copy the place" }, () => {
    input.select();
    navigator.clipboard?.writeText(model.link?.(input.value) ?? input.value);
  });
  input.addEventListener("change", () => tell({ place: input.value }));
  const update = () => Object.assign(input, { value: model.get("place"), placeholder: model.get("no_place") ?? "" });
  update();
  for (const name of ["place", "no_place"]) model.on(`change:${name}`, update);
  const stop = () => {
    for (const name of ["place", "no_place"]) model.off(`change:${name}`, update);
  };
  return { update, stop };
}

function help(parent) {
  const box = element("details", parent, { className: "gmm-help" });
  element("summary", box, { textContent: "?", ariaLabel: "Keys" });
  element("div", box, { textContent: KEYS });
}

export default { form, placeField, help };
