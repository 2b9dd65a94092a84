// The frames of a film that Python draws when the page asks for them.

const MOST_IN_FLIGHT = 16;
const MEASURED = 3; // requests, the fastest of which says how far Python is: a busy page is slow, not far
const CLOSE_BY = 50; // milliseconds on the line
const CALM = 500; // milliseconds since the reader has changed the film
const OVERDUE = 10_000; // milliseconds, after which a frame is asked for again: servers drop what comes too fast

// Where the page says what has failed in Python.
function problemOf(model, root) {
  const problem = element("p", root, { className: "gmm-problem", textContent: model.get("problem") });
  problem.setAttribute("role", "alert");
  return problem;
}

// Frames are asked for, the nearest first: where Python is near, one at a time once the reader is calm, so that
// a change does not wait behind them; several in one message where the line is what takes long.
function drawnByPython(model, complain) {
  let film, frames, waiting, inFlight, failed;
  let changed = -Infinity;
  let later = null;
  let most = 1;
  const lines = []; // milliseconds on the line, of the last requests that were alone on it
  let early = []; // frames that have overtaken the captions of their film
  const fresh = () => {
    if (film !== undefined) changed = performance.now();
    film = model.get("film");
    [frames, waiting, inFlight, failed] = [new Map(), new Map(), new Map(), new Set()];
    const under = model.get("under");
    const kept = model.get("kept") === film ? model.get("frames") : [];
    kept.forEach((bytes, index) => frames.set(index, { bytes, under: under[index] }));
    for (const { message, layer } of early) if (message.film === film) frames.set(message.index, layer);
    early = [];
  };
  const want = (indices) => {
    const sent = performance.now();
    const requests = indices.map((index, place) => [index, { sent, alone: place === 0 && inFlight.size === 0 }]);
    for (const [index, request] of requests) inFlight.set(index, request);
    model.send({ want: indices, film });
    setTimeout(() => {
      const late = requests.filter(([index, request]) => inFlight.get(index) === request);
      for (const [index] of late) inFlight.delete(index);
      if (late.length) ask();
    }, OVERDUE);
  };
  const ask = () => {
    if (film !== model.get("film")) fresh();
    const at = model.get("index");
    const missing = [...model.get("captions").keys()].filter(
      (index) => !frames.has(index) && !inFlight.has(index) && !failed.has(index),
    );
    missing.sort((one, other) => Math.abs(one - at) - Math.abs(other - at));
    const wait = most === 1 ? changed + CALM - performance.now() : 0;
    clearTimeout(later);
    if (wait > 0) later = setTimeout(ask, wait);
    const room = wait > 0 || inFlight.size > most / 2 ? 0 : most - inFlight.size;
    const next = missing.slice(0, Math.max(room, missing[0] === at ? 1 : 0));
    if (next.length) want(next);
  };
  const measure = ({ sent, alone }, drawnIn) => {
    if (alone) lines.unshift(performance.now() - sent - drawnIn);
    if (lines.length < MEASURED) return;
    lines.length = MEASURED;
    const line = Math.min(...lines);
    const onTheWay = Math.round(line / Math.max(drawnIn, 10)); // while one is drawn and sent
    most = line < CLOSE_BY ? 1 : Math.min(MOST_IN_FLIGHT, 1 + 2 * onTheWay);
  };
  const arrive = (message, buffers) => {
    if (!("index" in message)) return;
    const layer = { bytes: buffers[0], under: message.under };
    if (message.film > model.get("film")) early.push({ message, layer });
    if (message.film !== model.get("film")) return;
    if (film !== model.get("film")) fresh();
    const { index } = message;
    if (inFlight.has(index)) measure(inFlight.get(index), message.drawn_in ?? 0);
    inFlight.delete(index);
    if ("failed" in message) {
      failed.add(index);
      waiting.get(index)?.reject(new Error(message.failed));
      complain(message.failed);
    } else {
      frames.set(index, layer);
      waiting.get(index)?.resolve(layer);
    }
    waiting.delete(index);
    ask();
  };
  const layer = (index) => {
    if (film !== model.get("film")) fresh();
    if (frames.has(index)) return frames.get(index);
    if (index === model.get("index")) failed.delete(index); // who looks at it may ask again
    if (!waiting.has(index)) {
      const request = {};
      request.promise = new Promise((...ends) => ([request.resolve, request.reject] = ends));
      waiting.set(index, request);
    }
    const { promise } = waiting.get(index);
    ask();
    return promise;
  };
  const stop = () => {
    clearTimeout(later);
    inFlight = new Map();
    model.off("msg:custom", arrive);
  };
  fresh();
  model.on("msg:custom", arrive);
  const missing = () => frames.size < model.get("captions").length;
  return { layer, film: () => model.get("film"), missing, stop };
}

export default { drawnByPython, problemOf };
