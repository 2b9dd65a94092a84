// Every widget that stands in a page without Python, brought to life; the page's address may end in #place.

const inAddress = () => decodeURIComponent(location.hash.slice(1));

async function start({ place, stored }, goTo) {
  const poster = place.querySelector("img");
  const el = element("div", place);
  if (stored.grid) {
    const model = await bakedModel(stored);
    if (goTo) await model.goTo(goTo);
    renderLive({ model, el });
  } else {
    const { frame } = await openFilm(stored.film);
    stage({ model: standalone(stored.state), el, source: { layer: frame, film: () => 0 } });
  }
  if (poster) poster.hidden = true;
}

const all = [...document.querySelectorAll(".gmm-here")].map((place) => ({
  place,
  stored: JSON.parse(place.querySelector("script").textContent),
}));
const first = isPlace(inAddress()) && all.find(({ stored }) => stored.words?.words); // an Explorer
// Slides wait for it.
globalThis.gmmStarted = Promise.all(all.map((one) => start(one, one === first && inAddress())));
if (first) globalThis.gmmStarted.then(() => first.place.scrollIntoView({ block: "nearest" }));
window.addEventListener("hashchange", () => isPlace(inAddress()) && location.reload());

export default { start };
