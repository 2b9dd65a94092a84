// A widget's model where there is no kernel: its values, and who listens to them.
function standalone(values, hear = () => {}) {
  const listeners = new Map();
  const emit = (event, ...told) => {
    for (const call of [...(listeners.get(event) ?? [])]) call(...told);
  };
  const update = (changes) => {
    const changed = Object.keys(changes).filter((name) => values[name] !== changes[name]);
    Object.assign(values, changes);
    for (const name of changed) emit(`change:${name}`);
  };
  return {
    get: (name) => values[name],
    set: (name, value) => update({ [name]: value }),
    update,
    emit,
    save_changes: () => {},
    send: (message) => queueMicrotask(() => hear(message)), // later, as a kernel does
    on: (event, call) => listeners.set(event, [...(listeners.get(event) ?? []), call]),
    off: (event, call) =>
      listeners.set(
        event,
        (listeners.get(event) ?? []).filter((one) => one !== call),
      ),
  };
}

export default { standalone };
