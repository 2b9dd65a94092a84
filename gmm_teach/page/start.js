// Every widget that stands in a page without Python, brought to life.

// The place that a link to this page names after its #, such as three_blobs:K3:s18:full:h4.
const placeOfLink = () => /^#(\w+:K\d.*)$/.exec(decodeURIComponent(location.hash))?.[1];

function follow(field) {
  if (!field || !placeOfLink()) return;
  field.value = placeOfLink();
  field.dispatchEvent(new Event("change"));
}

async function start(place) {
  const stored = JSON.parse(place.querySelector("script").textContent);
  const poster = place.querySelector("img");
  const el = element("div", place);
  if (stored.grid) {
    const model = await bakedModel(stored);
    if (model.get("place") && placeOfLink()) await model.goTo(placeOfLink());
    renderLive({ model, el });
    addEventListener("hashchange", () => follow(el.querySelector("[data-name=place]")));
  } else {
    const { frame } = await openFilm(stored.film);
    stage({ model: standalone(stored.state), el, source: { layer: frame, film: () => 0 } });
  }
  if (poster) poster.hidden = true;
}

// Slides wait for it.
globalThis.gmmStarted = Promise.all([...document.querySelectorAll(".gmm-here")].map(start));

export default { start };
