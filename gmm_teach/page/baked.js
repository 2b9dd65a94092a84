// A live picture without Python: its films are stored for some combinations of its controls' values.

const OWN = "Points of your own and moved starts work in the notebook; this is the run without them.";
const listed = (words) => words.join(", ").replace(/, ([^,]*)$/, " and $1") || "nothing";

// `films` has the stored combinations of `grid`, or those that `said` names: of each combination that differs only
// in what is said, its film and the end of its captions. `words` say how to read a place.
async function bakedModel({ state, values, grid, films, words, said }) {
  const { names, nearest, onward, nameOf, closest } = combinations(grid, Object.keys({ ...films, ...said }));
  const told = (chosen) => said[nameOf(chosen)] ?? [nameOf(chosen), ""];
  let film = null;
  let number = 0;
  let turn = 0;
  const label = (name) => state.controls.find((spec) => spec.name === name)?.label ?? name;
  const kind = (name) => state.controls.find((spec) => spec.name === name)?.kind;
  const inView = (name) => kind(name) && !model.get("hidden").includes(name);
  const turnable = () => `here ${listed(names.filter(inView).map(label))} can be turned.`;
  // Each takes wanted values over into `wanted`, and says what of them is not stored.
  const take = (wanted, name, value, pressed) => {
    const now = wanted[name];
    if (value === now) return "";
    if (name === "speed" && value in state.intervals) wanted.speed = value;
    const stored = name in grid ? nearest(name, value) : undefined;
    if (wanted[name] === value) return "";
    if (stored === undefined) return `${label(name)} works in the notebook; ${turnable()}`;
    const stands = pressed && kind(name) === "number" && stored === now;
    wanted[name] = stands ? onward(name, now, value) : stored;
    if (wanted[name] === value) return "";
    const what = stands ? `the next that is stored here, ${value} is not` : `the nearest to ${value} that is stored here`;
    return `${label(name)} ${wanted[name]} is ${what}.`;
  };
  const set = (wanted, changes, pressed = false) => {
    const problems = Object.entries(changes).map(([name, value]) => take(wanted, name, value, pressed));
    const found = closest(wanted, Object.keys(changes));
    const moved = names.filter((name) => found[name] !== wanted[name]).map((name) => `${label(name)} ${found[name]}`);
    if (moved.length) problems.push(`These values are not stored together; shown is ${listed(moved)}.`);
    Object.assign(wanted, found);
    return problems.findLast(Boolean) ?? "";
  };
  const follow = (wanted, event) => {
    if (event.set) return set(wanted, event.set);
    if (event.press in film.head.pressed) return set(wanted, film.head.pressed[event.press], true);
    if ("more" in event) return "";
    return `${"press" in event ? "That works" : "Clicks and drags work"} in the notebook; ${turnable()}`;
  };
  const wordsNow = (head, index, chosen, hidden) => ({
    description: head.descriptions[index] + told(chosen)[1],
    place: placeHere(head.places[index], words, chosen.speed, hidden),
    interval: state.intervals[chosen.speed] ?? head.interval,
  });
  // Show a film at the picture that `at` finds in it.
  const show = async (chosen, at, hidden = model.get("hidden")) => {
    const mine = ++turn;
    const [name, end] = told(chosen);
    const opened = name === film?.name ? film : { ...(await openFilm(films[name])), name };
    if (mine !== turn) return; // a later wish
    film = opened;
    number += 1;
    const { layers, pressed, descriptions, places, ...traits } = film.head;
    traits.captions = traits.captions.map((caption) => caption + end);
    const index = Math.max(0, Math.min(at(film.head), traits.captions.length - 1));
    const said = wordsNow(film.head, index, chosen, hidden);
    model.update({ ...traits, ...said, hidden, index, values: chosen, film: number, problem: "" });
  };
  const same = () => {
    const index = model.get("index");
    const atEnd = index > 0 && index === model.get("captions").length - 1;
    return (head) => (atEnd ? head.captions.length : index);
  };
  const halfStep = (place) => Number(place.split(":h").at(-1));
  const goTo = async (wanted, text) => {
    const { values, index, hidden, own } = readPlace(text, words);
    const problem = set(wanted, values);
    const at = (head) => head.places.findLastIndex((place) => halfStep(place) <= index);
    await show(wanted, at, [...new Set([...state.hidden, ...hidden])]);
    return own ? OWN : problem;
  };
  const answer = async ({ events, asked, view }) => {
    let problem = "";
    try {
      for (const event of events) {
        const wanted = { ...model.get("values") };
        const before = nameOf(wanted);
        problem = ("place" in event ? await goTo(wanted, event.place) : follow(wanted, event)) || problem;
        if ("place" in event) continue;
        if (nameOf(wanted) !== before) await show(wanted, same());
        else model.update({ values: wanted, ...wordsNow(film.head, model.get("index"), wanted, model.get("hidden")) });
      }
    } catch (error) {
      problem = error.message;
    }
    model.emit("msg:custom", { answered: asked, view, film: number, problem });
  };
  const draw = async (index, asked) => {
    const told = { film: asked, index };
    try {
      const { bytes, under } = await film.frame(index);
      model.emit("msg:custom", { ...told, under, drawn_in: 0 }, [bytes]);
    } catch (error) {
      model.emit("msg:custom", { ...told, failed: String(error) });
    }
  };
  const still = { frames: [], under: [], kept: -1, incomplete: false, handles: [], still: true, no_place: "" };
  const model = standalone({ ...state, ...still }, (message) => {
    if ("want" in message) for (const index of message.want) draw(index, message.film);
    if ("events" in message) answer(message);
  });
  await show(values, () => state.index);
  model.on("change:index", () =>
    model.update(wordsNow(film.head, model.get("index"), model.get("values"), model.get("hidden"))),
  );
  model.goTo = async (text) => {
    const wanted = { ...model.get("values") };
    model.update({ problem: await goTo(wanted, text).catch((error) => error.message) });
  };
  model.link = (place) => `${location.href.split("#")[0]}#${place}`;
  return model;
}

export default { bakedModel };
