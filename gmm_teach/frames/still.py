"""What stays in the pictures of a figure, drawn in parts, so that what is as before is not drawn again."""


class Still:
    """What no half-step moves in a figure, in parts; the first parts that are as before are kept."""

    def __init__(self, figure):
        self.figure, self.keys, self.regions = figure, [], []

    def draw(self, parts) -> None:
        """Draw the artists of `parts`, pairs (artist, key), onto an empty figure.

        A key names all that the look of its part depends on. Where a key is new, its part is drawn, and all
        that follow it: those that change least come first.
        """
        canvas, kept = self.figure.canvas, self._kept([key for _, key in parts])
        del self.keys[kept:], self.regions[kept:]
        renderer = canvas.get_renderer()
        if kept:
            canvas.restore_region(self.regions[-1])
        else:
            renderer.clear()
            self.figure.patch.draw(renderer)
        for artist, key in parts[kept:]:
            artist.draw(renderer)
            self.regions.append(canvas.copy_from_bbox(self.figure.bbox))
            self.keys.append(key)

    def _kept(self, keys):
        """How many of the first parts are as they were."""
        pairs = zip(self.keys, keys, strict=False)
        return next((i for i, (old, new) in enumerate(pairs) if old != new), min(len(self.keys), len(keys)))
