// Put into the page by the tests: watches one Stage, as `window.watch`.
// drawn and painted: milliseconds from each key press until the canvas had the new picture, and until
// the browser had painted it. frames and blanks: canvases looked at, and those with one colour or no size.
(stage, { sample }) => {
  const canvas = stage.querySelector("canvas");
  const watch = (window.watch = { drawn: [], painted: [], frames: 0, blanks: 0, on: true });
  const soon = (action) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = action;
    port2.postMessage(null);
  };
  const afterPaint = (action) => requestAnimationFrame(() => soon(action));

  let pressed = null; // when the key went down, by the browser's own clock
  const press = (event) => (pressed = event.timeStamp);
  window.addEventListener("keydown", press, true);
  const observer = new MutationObserver(() => {
    const since = pressed;
    watch.drawn.push(performance.now() - since);
    afterPaint(() => watch.painted.push(performance.now() - since));
  });
  observer.observe(stage, { attributeFilter: ["data-shown"] });
  watch.stop = () => {
    watch.on = false;
    observer.disconnect();
    window.removeEventListener("keydown", press, true);
    return { ...watch };
  };
  if (!sample) return;

  const small = new OffscreenCanvas(90, 45).getContext("2d", { willReadFrequently: true });
  const isBlank = () => {
    const box = canvas.getBoundingClientRect();
    if (!canvas.width || !canvas.height || !box.width || !box.height) return true;
    small.clearRect(0, 0, 90, 45);
    small.drawImage(canvas, 0, 0, 90, 45);
    const pixels = new Uint32Array(small.getImageData(0, 0, 90, 45).data.buffer);
    return pixels.every((pixel) => pixel === pixels[0]);
  };
  const look = () => {
    watch.frames += 1;
    watch.blanks += isBlank();
  };
  const lookAtEveryFrame = () => {
    if (!watch.on) return;
    look();
    soon(look); // and once more just after the paint
    requestAnimationFrame(lookAtEveryFrame);
  };
  lookAtEveryFrame();
};
