"""nbconvert's exporters of a notebook as one HTML file: a page, or slides."""

from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from jinja2 import pass_context
from nbconvert import HTMLExporter, SlidesExporter
from pygments.formatters import HtmlFormatter
from traitlets import Unicode

from . import FOLDER, read, script, script_of_page
from .cells import OUTCOME, folding, is_folded, minutes_of, title_of
from .running import Run
from .words_of_a_page import for_a_page


class PageExporter(HTMLExporter):
    """One page of a notebook, in the template gmm_page.

    html names what makes HTML of a widget while the notebook is run; empty for one that was run by `Run`.
    """

    export_from_notebook = None
    html = Unicode("in_page")

    def __init__(self, **options):
        folders = [str(FOLDER / "templates")]
        looks = {"template_name": "gmm_page", "exclude_anchor_links": True}
        super().__init__(extra_template_basedirs=folders, **looks | options)
        if self.html:
            self.register_preprocessor(Run(html=self.html), enabled=True)

    def default_filters(self) -> Iterator[tuple]:
        """Those of nbconvert, but for formulas, which are MathML here."""
        for name, function in super().default_filters():
            yield (name, self._markdown) if name == "markdown2html" else (name, function)
        yield "folding", folding
        yield "is_folded", is_folded

    def from_notebook_node(self, nb, resources=None, **options) -> tuple:
        """The page, and the resources."""
        resources = self._init_resources(resources)
        colours = HtmlFormatter(style="default").get_style_defs(".highlight")
        resources["style"] = read("notebook.css") + colours + self._more_style()
        resources["title"], resources["outcome"] = title_of(nb), OUTCOME
        resources["script"] = script_of_page() + self._more_script(nb)
        return super().from_notebook_node(nb, resources, **options)

    def _more_style(self):
        return ""

    def _more_script(self, nb):
        return f'\n<script type="module">{script("reach.js")}\nreachWhatScrolls();</script>'

    @pass_context
    def _markdown(self, context, source):
        return for_a_page(self.markdown2html(context, source))


class DeckExporter(PageExporter, SlidesExporter):
    """The slides of a notebook, in the template gmm_deck; other prose goes to the speaker's notes."""

    export_from_notebook = None

    def __init__(self, **options):
        super().__init__(template_name="gmm_deck", **options)

    def _more_style(self):
        return _of_reveal("dist/reveal.css") + read("deck.css")

    def _more_script(self, nb):
        libraries = [_of_reveal("dist/reveal.js"), _of_reveal("plugin/notes/notes.js")]
        scripts = [
            f"<script>{text.replace('</script', '<' + chr(92) + '/script')}</script>" for text in libraries
        ]
        present = f"{script('deck.js')}\npresent({60 * minutes_of(nb)});"
        return "\n".join(["", *scripts, f'<script type="module">{present}</script>'])


def _of_reveal(name):
    """A file of reveal.js, which sphinx-revealjs brings."""
    folder = Path(find_spec("sphinx_revealjs").origin).parent / "_static" / "revealjs"
    return (folder / name).read_text(encoding="utf-8")
