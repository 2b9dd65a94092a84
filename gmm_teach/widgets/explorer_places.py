"""The Explorer's place as a text, and back: the controls' values, and what the reader has put in."""

import numpy as np

from ..validate import check_choice
from . import places
from .controls import checked
from .explorer_data import data_named
from .explorer_edits import GO_ON, Edits


class Placed:
    """The part of the `Explorer` that writes and reads its place."""

    def place(self, values, index) -> str:
        """Where this is, for `Live.place`; empty where no text leads there, as `no_place` says."""
        added = self.edits.added
        too_many = places.TOO_MANY.format(len(added)) if len(added) > places.MOST_POINTS else ""
        self.no_place = places.WENT_ON if self._goes_on(values) else too_many
        if self.no_place:
            return ""
        means = self.edits.on_rows(self.data.X) if values["start"] == "by hand" else ()
        return places.write(places.Place(values, int(self.shown[index]), added, means, self.hidden))

    def _goes_on(self, values):
        """Has this run gone on from the one before it?"""
        return values["start"] == GO_ON and self.edits.onward is not None

    def go_to(self, place) -> tuple[dict, int]:
        """The values and the half-step of a place, whose points and means are now the reader's."""
        found = places.read(place)
        for name in found.hidden:
            check_choice("control", name, [spec["name"] for spec in self.controls])
        data = checked(self.controls[0], found.values["data"])
        self.edits = Edits.placed(found, data_named(data, self.own).X)
        self.hidden = found.hidden
        return found.values, found.index

    def picture_of(self, half_step) -> int:
        """The number of the picture that shows a half-step, or the nearest before it."""
        return int(np.searchsorted(self.shown, half_step, side="right")) - 1

    def words_of_places(self) -> dict:
        """What a page needs to read places."""
        return {"words": places.WORDS, "plain": places.PLAIN}
