"""Show the package's own code in a notebook, so that what is read is what runs."""

import inspect
from textwrap import dedent


class Source:
    """The source text of a function: highlighted in Jupyter, plain elsewhere."""

    def __init__(self, text):
        self.text = text

    def __repr__(self):
        return self.text

    def _repr_markdown_(self):
        return f"```python\n{self.text}\n```"


def show_source(function):
    """Return the full source of a function, class or module of this package, for display."""
    return Source(dedent(inspect.getsource(function)).rstrip())
