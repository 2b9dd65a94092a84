// Every widget that stands in a page without Python, brought to life.

async function start(place) {
  const stored = JSON.parse(place.querySelector("script").textContent);
  const poster = place.querySelector("img");
  const el = element("div", place);
  if (stored.grid) {
    renderLive({ model: await bakedModel(stored), el });
  } else {
    render({ model: standalone({ ...stored.state, frames: stored.state.frames.map(toBytes) }), el });
  }
  if (poster) poster.hidden = true;
}

// Slides wait for it.
globalThis.gmmStarted = Promise.all([...document.querySelectorAll(".gmm-here")].map(start));

export default { start };
