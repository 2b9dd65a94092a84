"""The Explorer as a widget whose data can be had back, with what its reader has put in."""

import numpy as np

from ..datasets import Dataset
from ..words import count
from .live import Live
from .readers_data import YOURS


class LiveExplorer(Live):
    """A `Live` of the `Explorer`; `data` are what it fits now."""

    @property
    def data(self) -> Dataset:
        """The points, the reader's own last, as a `Dataset`: z is 1 for their own, and 0 for the others.

        `gt.datasets.to_csv` writes it to a file, from which `gt.datasets.dataset_from_csv` reads it again.
        """
        with self._lock:
            data, n = self.scene.data, len(self.scene.edits.added)
            z = np.zeros(len(data.X), dtype=int)
            z[len(z) - n :] = 1
            about = f"{self.values['data']} with {count(n, 'point')} of a reader's own, for which z is 1."
            if self.values["data"] == YOURS:
                about = f"{about} {data.about}"  # which columns and rows are left out
            return Dataset(np.array(data.X), z, None, about, tuple(data.columns))
