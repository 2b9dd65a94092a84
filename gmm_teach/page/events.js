// From the page to Python: what the reader does.

const PATIENCE = 5000; // milliseconds
const NO_ANSWER =
  "No answer from Python yet. If its kernel has stopped, so have the controls; the pictures that are here still step.";
const LOST = "The kernel was restarted, and these controls are cut off from it: run the cell again.";

// What the reader does goes to Python as events, in their order; while it works on some, the next wait here,
// and of one control's many values, or the places of a drag, the latest is sent.
function events(model, { changed, answered, complain }) {
  const view = Math.random().toString(36).slice(2);
  let [asked, heard, queue, sent] = [0, 0, [], []];
  let patience = null;
  let lost = false;
  let early = null;
  const send = () => {
    if (asked > heard || !queue.length) return;
    asked += 1;
    model.send({ events: queue, asked, view });
    [sent, queue] = [queue, []];
    clearTimeout(patience);
    patience = setTimeout(() => asked > heard && complain(NO_ANSWER), PATIENCE);
  };
  const tell = (event) => {
    if (lost) {
      complain(LOST);
      return answered();
    }
    const before = queue.at(-1);
    if (event.set && before?.set) Object.assign(before.set, event.set);
    else if (event.drag && before?.drag) before.drag = event.drag;
    else queue.push(event);
    send();
    changed();
  };
  const hear = (message) => {
    if (message.view !== view) return;
    early = message.film > model.get("film") ? message : null; // it has overtaken the values that it is about
    if (early) return;
    heard = message.answered;
    sent = [];
    complain(message.problem);
    send();
    answered();
    changed();
    if (!message.problem) goOn();
  };
  // A picture that takes long fills in, for as long as the reader has no other wish.
  const goOn = () => {
    if (model.get("incomplete") && !lost && asked === heard) tell({ more: model.get("film") });
  };
  const hearAgain = () => {
    if (early) hear(early);
    else goOn();
  };
  const lose = () => {
    lost = true;
    [heard, sent, queue] = [asked, [], []];
    complain(LOST);
    changed();
  };
  model.on("msg:custom", hear);
  model.on("change:film", hearAgain);
  model.on("comm_live_update", lose); // ipywidgets tells its models when the kernel is gone
  queueMicrotask(goOn);
  return {
    tell,
    busy: () => asked > heard,
    waits: (name) => [...sent, ...queue].some(({ set }) => set && name in set),
    stop: () => {
      clearTimeout(patience);
      model.off("msg:custom", hear);
      model.off("change:film", hearAgain);
      model.off("comm_live_update", lose);
    },
  };
}

export default { events };
