// The Stage: shows one frame of a film and holds every control in the page, so no kernel is asked.
// Keys: arrows = half-step, PageUp/PageDown = iteration, Home/End, Space = play, f = fullscreen.

const STEPS = "Click the picture: then arrow keys step, Space plays, f fills the screen.";
const STANDS = "Move a control and see what follows. Click the picture: then f fills the screen.";
const AHEAD = 6; // frames kept decoded on each side of the one shown

function element(tag, parent, properties = {}) {
  const node = Object.assign(document.createElement(tag), properties);
  parent.append(node);
  return node;
}

function decoder(source) {
  const bitmaps = new Map(); // index -> promise of a picture
  const compose = async (index) => {
    const { bytes, under } = await source.layer(index);
    const layer = await createImageBitmap(new Blob([bytes]));
    if (under < 0) return layer;
    const canvas = new OffscreenCanvas(layer.width, layer.height);
    const context = canvas.getContext("2d");
    for (const one of [await decode(under), layer]) context.drawImage(one, 0, 0);
    return canvas;
  };
  const decode = (index) => {
    if (!bitmaps.has(index)) {
      const bitmap = compose(index);
      bitmap.catch(() => bitmaps.get(index) === bitmap && bitmaps.delete(index)); // so that it is asked for again
      bitmaps.set(index, bitmap);
    }
    return bitmaps.get(index);
  };
  const keepAround = (index, count) => {
    for (const old of bitmaps.keys()) if (Math.abs(old - index) > 2 * AHEAD) bitmaps.delete(old);
    for (let step = 0; step <= AHEAD; step++)
      for (const near of [index + step, index - step]) if (near >= 0 && near < count) decode(near);
  };
  return { decode, keepAround, forget: () => bitmaps.clear() };
}

function controls(root, go, toggle) {
  const bar = element("div", root, { className: "gmm-bar" });
  const button = (text, title, action) => {
    const node = element("button", bar, { type: "button", textContent: text, title });
    node.setAttribute("aria-label", title);
    node.addEventListener("click", action);
    return node;
  };
  return {
    buttons: {
      backTwo: button("\u00ab", "Back one iteration (PageUp)", () => go(-2)),
      back: button("\u2039", "Back one half-step (Left arrow)", () => go(-1)),
      play: button("Play", "Play or pause (Space)", toggle),
      next: button("", "Forward one half-step (Right arrow)", () => go(1)),
      nextTwo: button("\u00bb", "Forward one iteration (PageDown)", () => go(2)),
    },
    slider: Object.assign(element("input", bar, { type: "range", min: 0, step: 1 }), {
      ariaLabel: "Half-step",
    }),
    count: element("span", bar, { className: "gmm-count" }),
  };
}

// The picture is dimmed whenever it is not the one that the caption and the controls are about.
function stage({ model, el, source, busy = () => false }) {
  const root = element("div", el, { className: "gmm-stage", tabIndex: 0 });
  root.setAttribute("role", "group");
  root.setAttribute("aria-label", `${model.get("name")}: arrow keys step, Space plays`);
  const hint = element("p", root, { className: "gmm-hint" });
  const screen = element("div", root, { className: "gmm-screen" });
  const canvas = element("canvas", screen);
  canvas.setAttribute("role", "img");
  const caption = element("p", root, { className: "gmm-caption" });
  caption.setAttribute("aria-live", "polite");
  const { decode, keepAround, forget } = decoder(source);
  const last = () => model.get("captions").length - 1;
  let width = root.clientWidth || Infinity; // 0 where the page does not show it; kept, as to ask takes a layout
  const laidOut = () => layout(model.get("split"), width);
  let timer = null;
  let film = source.film();
  const at = () => Math.min(model.get("index"), last());
  const say = () => {
    const caption = model.get("captions")[at()];
    const words = model.get("description") ?? "";
    canvas.setAttribute("aria-label", words.includes(caption) ? words : caption); // or they are another picture's
    hint.textContent = last() > 0 ? STEPS : STANDS;
  };
  const isCurrent = () => root.dataset.film === String(source.film()) && root.dataset.shown === String(at());
  const mark = () => root.classList.toggle("gmm-waiting", busy() || !isCurrent());

  const show = async () => {
    if (film !== source.film()) {
      film = source.film();
      pause();
      forget();
    }
    const asked = film;
    const index = at();
    const captions = model.get("captions");
    caption.textContent = captions[index];
    say();
    slider.max = last();
    slider.value = index;
    slider.setAttribute("aria-valuetext", captions[index]);
    count.textContent = `${index} / ${last()}`;
    const following = index < last() ? captions[index + 1].split(/[ :]/)[0] : "end";
    const next = index < last() ? `Next: ${following}` : "The end";
    buttons.next.textContent = index < last() ? `${next} \u203a` : next;
    buttons.next.setAttribute("aria-label", next);
    mark();
    const bitmap = await decode(index).catch(() => null); // the source says what is wrong
    if (bitmap === null || at() !== index || source.film() !== asked) return; // a later request wins
    const { size, draw, folded } = laidOut();
    root.classList.toggle("gmm-folded", folded);
    const [across, down] = size(bitmap);
    if (canvas.width !== across || canvas.height !== down) {
      Object.assign(canvas, { width: across, height: down });
      canvas.style.setProperty("--gmm-ratio", across / down);
    }
    draw(canvas.getContext("2d"), bitmap);
    root.dataset.shown = index;
    root.dataset.film = asked;
    mark();
    keepAround(index, last() + 1);
  };
  const goTo = (index) => {
    model.set("index", Math.max(0, Math.min(last(), index)));
    model.save_changes();
  };
  const go = (by) => goTo(at() + by);
  const tick = () => {
    if (!isCurrent()) return; // the picture comes first
    if (at() < last()) go(1);
    else pause();
  };
  const pause = () => {
    clearInterval(timer);
    timer = null;
    buttons.play.textContent = "Play";
    root.classList.remove("gmm-playing");
  };
  const toggle = () => {
    if (timer !== null) return pause();
    if (at() === last()) goTo(0);
    timer = setInterval(tick, model.get("interval"));
    buttons.play.textContent = "Pause";
    root.classList.add("gmm-playing");
  };
  const fullscreen = () =>
    document.fullscreenElement ? document.exitFullscreen() : root.requestFullscreen();

  const { buttons, slider, count } = controls(root, go, toggle);
  slider.addEventListener("input", () => goTo(Number(slider.value)));
  const keys = {
    ArrowRight: () => go(1),
    ArrowLeft: () => go(-1),
    ArrowUp: () => go(1),
    ArrowDown: () => go(-1),
    PageDown: () => go(2),
    PageUp: () => go(-2),
    Home: () => goTo(0),
    End: () => goTo(last()),
    " ": toggle,
    f: fullscreen,
    Escape: () => root.blur(),
  };
  root.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest(".gmm-form")) return event.stopPropagation(); // a control keeps its keys
    if (!(event.key in keys)) return;
    if (event.key === " " && event.target.tagName === "BUTTON") return event.stopPropagation();
    event.preventDefault();
    event.stopPropagation();
    keys[event.key]();
  });
  // JupyterLab hears keys at the document, before the Stage; it skips a target with this attribute.
  const shield = (event) => {
    const saves = (event.ctrlKey || event.metaKey) && event.key === "s";
    if (root.contains(event.target)) event.target.toggleAttribute("data-lm-suppress-shortcuts", !saves);
  };
  const guard = () => window.addEventListener("keydown", shield, true);
  const unguard = () => window.removeEventListener("keydown", shield, true);
  root.addEventListener("focusin", guard);
  root.addEventListener("focusout", unguard);
  root.addEventListener("mousedown", (event) => {
    if (event.target.tagName !== "BUTTON") return;
    event.preventDefault(); // a clicked button leaves the keys to the Stage, so that Space plays
    root.focus({ preventScroll: true });
  });
  canvas.addEventListener("click", () => {
    root.focus({ preventScroll: true });
    root.scrollIntoView({ block: "nearest" }); // caption and buttons too
  });
  model.on("change:index", show);
  model.on("change:description", say);
  let wasFolded = laidOut().folded;
  const resized = new ResizeObserver(() => {
    width = root.clientWidth || width;
    if (laidOut().folded !== wasFolded) show();
    wasFolded = laidOut().folded;
  });
  resized.observe(root);
  show();
  const destroy = () => {
    pause();
    resized.disconnect();
    unguard();
    model.off("change:index", show);
    model.off("change:description", say);
    forget();
  };
  const onCanvas = (area) => laidOut().onCanvas(area);
  return { root, screen, canvas, show, mark, onCanvas, destroy };
}

function render({ model, el }) {
  const layer = (index) => ({ bytes: model.get("frames")[index], under: model.get("under")[index] });
  const source = { layer, film: () => 0 };
  return stage({ model, el, source }).destroy;
}

export default { initialize, render };
