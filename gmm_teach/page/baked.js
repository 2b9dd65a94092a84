// A live picture without Python: its films are stored for a grid of its controls' values.

const IN_THE_NOTEBOOK = "That works in the notebook, where Python draws; here";

// Of places such as three_blobs:K3:s18:full:random, that which differs least: in data, start and shape, then K,
// then seed; null where a text is no place.
function nearestPlace(wanted, places) {
  const read = (place) => place.match(/^(\w+):K(\d+):s(\d+):(.+)$/)?.slice(1);
  const parts = read(wanted);
  if (!parts) return null;
  const [data, K, seed, rest] = parts;
  const far = (place) => {
    const other = read(place);
    return [other[0] !== data, other[3] !== rest, Math.abs(other[1] - K), Math.abs(other[2] - seed)].map(Number);
  };
  const less = (one, two) => one.reduce((sign, part, i) => sign || part - two[i], 0);
  return places.filter(read).sort((one, two) => less(far(one), far(two)))[0] ?? null;
}

// `grid` holds the stored values of some controls; `films` names the film of each combination, as 2-0-1; `places`
// says which film a place leads to.
async function bakedModel({ state, values, grid, films, places }) {
  const names = Object.keys(grid);
  let film = null;
  let number = 0;
  let turn = 0;
  const label = (name) => state.controls.find((spec) => spec.name === name)?.label ?? name;
  const nearest = (name, value) =>
    typeof value === "number"
      ? grid[name].reduce((one, other) => (Math.abs(other - value) < Math.abs(one - value) ? other : one))
      : value;
  const turnable = () => `${IN_THE_NOTEBOOK} ${names.map(label).join(" and ") || "nothing"} can be turned.`;
  const set = (wanted, changes) => {
    let problem = "";
    for (const [name, value] of Object.entries(changes)) {
      const stored = name in grid ? nearest(name, value) : null;
      if (!(name in grid && grid[name].includes(stored))) {
        problem = turnable();
        continue;
      }
      wanted[name] = stored;
      if (stored !== value) problem = `${label(name)} ${stored} is the nearest to ${value} that is stored here.`;
    }
    return problem;
  };
  const follow = (wanted, event) => {
    if (event.set) return set(wanted, event.set);
    if (event.press in film.head.pressed) return set(wanted, film.head.pressed[event.press]);
    if ("more" in event) return "";
    return turnable();
  };
  const show = async (name, chosen, at) => {
    const mine = ++turn;
    const opened = await openFilm(films[name]);
    if (mine !== turn) return; // a later wish
    film = opened;
    number += 1;
    const { layers, pressed, descriptions, places, ...traits } = film.head;
    const last = traits.captions.length - 1;
    const index = Math.min(at ?? last, last);
    const words = { description: descriptions[index], place: places[index] };
    model.update({ ...traits, ...words, index, values: chosen, film: number, problem: "" });
  };
  const nameOf = (chosen) => names.map((name) => grid[name].indexOf(chosen[name])).join("-");
  const now = () => {
    const index = model.get("index");
    return index === model.get("captions").length - 1 && index > 0 ? null : index;
  };
  // Says what is shown instead, where the place is not stored.
  const goTo = async (place) => {
    const [, start, index] = place.trim().match(/^(.*?)(?::h(\d+))?$/);
    const found = nearestPlace(start, Object.keys(places));
    if (found === null) return turnable();
    const parts = places[found].split("-").map(Number);
    const chosen = Object.fromEntries(names.map((name, i) => [name, grid[name][parts[i]]]));
    await show(places[found], { ...model.get("values"), ...chosen }, index === undefined ? 1 : Number(index));
    return found === start ? "" : `${start} is not stored here; ${found} is the nearest that is.`;
  };
  const answer = async ({ events, asked, view }) => {
    const wanted = { ...model.get("values") };
    let problem = "";
    for (const event of events) {
      problem = (await ("place" in event ? goTo(event.place).catch(String) : follow(wanted, event))) || problem;
    }
    if (nameOf(wanted) !== nameOf(model.get("values")) && !events.some((event) => "place" in event))
      await show(nameOf(wanted), wanted, now()).catch((error) => (problem = String(error)));
    model.emit("msg:custom", { answered: asked, view, film: number, problem });
  };
  const draw = async ({ want: index, film: asked }) => {
    const told = { film: asked, index };
    try {
      const { bytes, under } = await film.frame(index);
      model.emit("msg:custom", { ...told, under, drawn_in: 0 }, [bytes]);
    } catch (error) {
      model.emit("msg:custom", { ...told, failed: String(error) });
    }
  };
  const model = standalone({ ...state, frames: [], under: [], kept: -1, incomplete: false }, (message) => {
    if ("want" in message) draw(message);
    if ("events" in message) answer(message);
  });
  const follows = () => {
    const { descriptions, places } = film.head;
    model.update({ description: descriptions[model.get("index")], place: places[model.get("index")] });
  };
  await show(nameOf(values), values, state.index);
  model.on("change:index", follows);
  model.goTo = async (place) => model.update({ problem: await goTo(place).catch(String) });
  return model;
}

export default { bakedModel };
