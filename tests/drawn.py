"""What a figure's axes hold, for tests of the numbers and texts behind the artists."""

import numpy as np
from matplotlib.text import Text


def lines(ax):
    """x and y of each line, as (2, n), by its label."""
    return {line.get_label(): np.array(line.get_data()) for line in ax.lines}


def curves(ax):
    """y of each line, by its label."""
    return {line.get_label(): line.get_ydata() for line in ax.lines}


def letters_at(ax):
    """Where the letters of components are, (K, 2)."""
    return next(c for c in ax.collections if len(c.get_sizes()) > 1).get_offsets()[::2]


def at_least_12_points(figure):
    """Whether every text that the figure may show has 12 points or more."""
    return all(text.get_fontsize() >= 12 for text in figure.findobj(Text) if text.get_text())


def labels_at_least_12_points(figure):
    """Whether titles, labels and texts of all axes that are seen have 12 points or more."""
    for ax in figure.axes:
        labels = [ax.title, ax.xaxis.label, ax.yaxis.label, *ax.get_xticklabels(), *ax.get_yticklabels()]
        written = [text for text in [*labels, *ax.texts] if text.get_text() and ax.get_visible()]
        if any(text.get_fontsize() < 12 for text in written):
            return False
    return True
