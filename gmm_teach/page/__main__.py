"""Write a notebook as one HTML file: `python -m gmm_teach.page notebooks/05_chicken_and_egg.ipynb`."""

import argparse
from pathlib import Path


def main(arguments=None) -> None:
    """Run each notebook and write its page beside it, or into another folder."""
    parser = argparse.ArgumentParser(prog="python -m gmm_teach.page", description=__doc__)
    parser.add_argument("notebook", type=Path, nargs="+")
    parser.add_argument("--to", type=Path, help="the folder of the pages (default: that of the notebook)")
    asked = parser.parse_args(arguments)
    from .notebook import page_of

    for notebook in asked.notebook:
        path = (asked.to or notebook.parent) / f"{notebook.stem}.html"
        path.write_text(page_of(notebook), encoding="utf-8")
        print(f"{path}: {path.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
