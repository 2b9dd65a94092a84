"""Write a notebook as one HTML file: `python -m gmm_teach.page notebooks/05_chicken_and_egg.ipynb`."""

import argparse
from pathlib import Path


def main(arguments=None) -> None:
    """Run each notebook and write its page beside it, or into another folder."""
    parser = argparse.ArgumentParser(prog="python -m gmm_teach.page", description=__doc__)
    parser.add_argument("notebook", type=Path, nargs="+")
    parser.add_argument("--to", type=Path, help="the folder of the pages (default: that of the notebook)")
    parser.add_argument(
        "--slides", action="store_true", help="slides: arrow keys turn them, S is the speaker's view"
    )
    asked = parser.parse_args(arguments)
    from .notebook import page_of

    for notebook in asked.notebook:
        ending = ".slides.html" if asked.slides else ".html"
        path = (asked.to or notebook.parent) / f"{notebook.stem}{ending}"
        path.write_text(page_of(notebook, slides=asked.slides), encoding="utf-8")
        print(f"{path}: {path.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
