"""Pages, slides and handouts of notebooks: `python -m gmm_teach.page notebooks/05_chicken_and_egg.ipynb`.

A file has all inside: it needs neither Python nor a network.
"""

import argparse
from pathlib import Path


def main(arguments=None) -> None:
    """Run each notebook and write its page beside it, or into another folder."""
    parser = argparse.ArgumentParser(prog="python -m gmm_teach.page", description=__doc__)
    parser.add_argument("notebook", type=Path, nargs="+")
    parser.add_argument("--to", type=Path, help="the folder of the pages (default: that of the notebook)")
    kind = parser.add_mutually_exclusive_group()
    kind.add_argument(
        "--slides", action="store_true", help="arrow keys turn them, S opens the speaker's view"
    )
    kind.add_argument("--pdf", action="store_true", help="a handout with its answers at the end, by Chromium")
    asked = parser.parse_args(arguments)
    from .handout import print_pdf
    from .notebook import handout_of, page_of, slides_of

    for notebook in asked.notebook:
        folder = asked.to or notebook.parent
        if asked.pdf:
            path = folder / f"{notebook.stem}.pdf"
            print_pdf(handout_of(notebook), path)
        else:
            path = folder / f"{notebook.stem}{'.slides' if asked.slides else ''}.html"
            path.write_text((slides_of if asked.slides else page_of)(notebook), encoding="utf-8")
        print(f"{path}: {path.stat().st_size / 1e6:.1f} MB", flush=True)


if __name__ == "__main__":
    main()
