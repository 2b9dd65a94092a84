"""Show the package's own code in a notebook, so that what is read is what runs."""

import inspect
import re
from textwrap import dedent


class Source:
    """The source text of a function: highlighted in Jupyter, plain elsewhere."""

    def __init__(self, text: str):
        self.text = text

    def __repr__(self) -> str:
        return self.text

    def _repr_markdown_(self) -> str:
        return f"```python\n{self.text}\n```"


def show_source(function) -> Source:
    """Return the full source of a function, class or module of this package, for display.

    A decorator above it, which leaves the lesson as it is, is not shown. Raises TypeError for any other
    object.

    >>> import gmm_teach as gt
    >>> gt.show_source(gt.loops.e_step)  # doctest: +ELLIPSIS
    def e_step(X: np.ndarray, mixture: Mixture) -> tuple[np.ndarray, float]:
    ...
    """
    shown = inspect.unwrap(function) if callable(function) else function
    name = shown.__name__ if inspect.ismodule(shown) else getattr(shown, "__module__", "")
    kinds = (inspect.ismodule, inspect.isclass, inspect.isfunction, inspect.ismethod)
    if any(is_kind(shown) for is_kind in kinds) and f"{name}.".startswith(f"{__package__}."):
        try:
            return Source(re.sub(r"\A(@.*\n)+", "", dedent(inspect.getsource(shown)).rstrip()))
        except (OSError, TypeError):
            pass
    given = "the " + type(function).__name__
    given += f" {function.__name__}" if hasattr(function, "__name__") else ""
    raise TypeError(
        f"show_source shows functions, classes and modules of {__package__}, got {given}; "
        "help(...) tells of any other object"
    )
