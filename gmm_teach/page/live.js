// A Stage whose frames Python draws on request, with a form of controls and a pointer in data units.

function renderLive({ model, el }) {
  const complain = (text) => (problem.textContent = text);
  const source = drawnByPython(model, complain);
  const reader = events(model, {
    changed: () => shown.mark(),
    answered: () => {
      controls.update(); // what Python has refused is as it was
      place?.update();
    },
    complain,
  });
  const shown = stage({ model, el, source, busy: reader.busy });
  const { root } = shown;
  root.classList.add("gmm-live");
  const controls = form(model, root, reader);
  const place = model.get("place") ? placeField(model, controls.placeOf("Place"), reader.tell) : null;
  if (place) {
    predictor(model, controls.first);
    help(controls.first);
  }
  const hand = drag(model, shown, reader.tell);
  pointer(model, shown, reader.tell, hand);
  const namer = hover(model, shown, hand);
  const notes = element("pre", root, { className: "gmm-notes" });
  const problem = problemOf(model, root);
  const write = () => {
    const texts = model.get("notes");
    notes.textContent = texts[model.get("index")] ?? "";
    notes.hidden = !texts.some(Boolean);
    root.classList.toggle("gmm-single", model.get("captions").length === 1);
  };
  const follow = () => {
    write();
    shown.show();
  };
  model.on("change:index", write);
  model.on("change:film", follow);
  write();
  if (devicePixelRatio > 1) model.send({ ratio: devicePixelRatio });
  return () => {
    reader.stop();
    source.stop();
    controls.stop();
    place?.stop();
    hand.stop();
    namer.stop();
    shown.destroy();
    model.off("change:index", write);
    model.off("change:film", follow);
  };
}

export default { initialize, render: renderLive };
