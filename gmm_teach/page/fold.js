// A picture of two columns on a narrow page: the right one stands below the left one.

const NARROW = 500; // pixels of the Stage

// How a picture is laid out on its canvas. `split` is where its columns part, as a share of its width; 0 for one.
function layout(split, stageWidth) {
  if (!split || stageWidth >= NARROW) {
    return {
      folded: false,
      size: (bitmap) => [bitmap.width, bitmap.height],
      draw: (context, bitmap) => context.drawImage(bitmap, 0, 0),
      onCanvas: (area) => area,
    };
  }
  const width = Math.max(split, 1 - split);
  const draw = (context, bitmap) => {
    const cut = Math.round(split * bitmap.width);
    context.fillStyle = "#ffffff";
    context.fillRect(0, 0, context.canvas.width, context.canvas.height);
    context.drawImage(bitmap, 0, 0, cut, bitmap.height, 0, 0, cut, bitmap.height);
    const rest = bitmap.width - cut;
    context.drawImage(bitmap, cut, 0, rest, bitmap.height, 0, bitmap.height, rest, bitmap.height);
  };
  const onCanvas = (area) => {
    if (!area.length) return area;
    const [left, top, right, bottom, ...limits] = area;
    const [across, down] = (left + right) / 2 < split ? [0, 0] : [split, 1];
    return [(left - across) / width, (top + down) / 2, (right - across) / width, (bottom + down) / 2, ...limits];
  };
  return {
    folded: true,
    size: (bitmap) => [Math.round(width * bitmap.width), 2 * bitmap.height],
    draw,
    onCanvas,
  };
}

export default { layout };
