// A film whose pictures Python draws when the page asks for them; once all are here no kernel is needed.

const CUT_OFF = "The kernel stopped before all pictures of this film were here: run the cell again.";

function renderPlayer({ model, el }) {
  const complain = (text) => (problem.textContent = text);
  const source = drawnByPython(model, complain);
  const shown = stage({ model, el, source });
  const problem = problemOf(model, shown.root);
  const lose = () => source.missing() && complain(CUT_OFF);
  model.on("comm_live_update", lose); // ipywidgets tells its models when the kernel is gone
  return () => {
    source.stop();
    shown.destroy();
    model.off("comm_live_update", lose);
  };
}

export default { initialize, render: renderPlayer };
