"""What stays in the pictures of a figure, drawn in parts: what was drawn before is not drawn again."""

from matplotlib.transforms import Bbox, TransformedBbox

MOST_KEPT = 12  # drawn parts of a figure


class Still:
    """What no half-step moves in a figure: it stands in boxes, in parts that may cover one another."""

    def __init__(self, figure):
        self.figure, self.regions = figure, {}

    def draw(self, boxes) -> None:
        """Draw the parts of each box onto an empty figure.

        boxes maps (left, bottom, right, top), shares of the figure, to pairs (artist, key). A key names all
        that the look of its part depends on: the first parts of a box that were drawn before are not drawn
        again. A part whose key is None is, and all that follow it.
        """
        renderer = self.figure.canvas.get_renderer()
        renderer.clear()
        self.figure.patch.draw(renderer)
        for box, parts in boxes.items():
            self._draw_box(box, parts, renderer)
        for name in list(self.regions)[:-MOST_KEPT]:
            del self.regions[name]

    def _draw_box(self, box, parts, renderer):
        canvas, place = self.figure.canvas, TransformedBbox(Bbox.from_extents(box), self.figure.transFigure)
        names = _names((self.figure.dpi, box), [key for _, key in parts])
        kept = max((n for n, name in enumerate(names, 1) if name in self.regions), default=0)
        if kept:
            canvas.restore_region(self._use(names[kept - 1]))
        for n, (artist, _) in enumerate(parts[kept:], kept):
            artist.draw(renderer)
            if n < len(names):
                self.regions[names[n]] = canvas.copy_from_bbox(place)

    def _use(self, name):
        """What is kept under a name, which is now the last that was used."""
        self.regions[name] = region = self.regions.pop(name)
        return region


def _names(begin, keys):
    """Of the parts until the first without a key, each with those under it."""
    named = keys[: keys.index(None)] if None in keys else keys
    return [(*begin, *named[:n]) for n in range(1, len(named) + 1)]
