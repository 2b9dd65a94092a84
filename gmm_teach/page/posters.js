// JupyterLab shows an error in place of a saved widget that the kernel of another time had. So of a widget with
// a poster only the poster is saved, with a mark that says for which widget it stands. Where the page alone is
// loaded again, the kernel still has that widget: it is brought back.

const VIEW = "application/vnd.jupyter.widget-view+json";
const STATE = "application/vnd.jupyter.widget-state+json";
const MARK = "gmm_teach";
const FOLLOWED = Symbol.for("gmm_teach: posters are saved");

const hasPoster = (data) => [data["text/html"]].flat().join("").startsWith('<div class="gmm-poster">');

// The JSON of a notebook as it is to be saved; widgets whose state is saved too stay as they are.
function withPosters(notebook) {
  const stored = notebook.metadata.widgets?.[STATE]?.state ?? {};
  const saved = (output) => {
    const { [VIEW]: view, ...data } = output.data ?? {};
    if (!view || !hasPoster(data) || view.model_id in stored) return output;
    return { ...output, data, metadata: { ...output.metadata, [MARK]: view } };
  };
  const cells = notebook.cells.map((cell) =>
    cell.outputs ? { ...cell, outputs: cell.outputs.map(saved) } : cell,
  );
  return { ...notebook, cells };
}

function bringBack(manager, notebook) {
  const { dirty } = notebook;
  for (const { outputs } of notebook.cells)
    for (let i = 0; i < (outputs?.length ?? 0); i++) {
      const { data, metadata } = outputs.get(i);
      const view = metadata[MARK];
      if (view && !data[VIEW] && manager.has_model(view.model_id))
        outputs.get(i).setData({ data: { ...data, [VIEW]: view }, metadata });
    }
  notebook.dirty = dirty;
}

// JupyterLab and Notebook 7 name the notebook to a widget; elsewhere nothing is done.
function initialize({ model }) {
  const manager = model.widget_manager;
  const notebook = manager?.context?.model;
  if (!notebook?.cells) return;
  if (!notebook[FOLLOWED]) {
    const toJSON = notebook.toJSON.bind(notebook);
    Object.assign(notebook, { [FOLLOWED]: true, toJSON: () => withPosters(toJSON()) });
  }
  bringBack(manager, notebook);
}

export default { initialize };
