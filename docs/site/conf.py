"""Sphinx's settings for the site, which tools/build_site.py builds."""

import os

from docutils.nodes import SkipNode

from gmm_teach import __version__
from gmm_teach.page.words_of_a_page import equation

# The public repository as owner/name, for links to Colab and Binder; where it is empty there are none.
repository = os.environ.get("GITHUB_REPOSITORY", "")

project, author, version = "gmm_teach", "The gmm_teach maintainers", __version__
copyright = "the gmm_teach maintainers"
extensions = ["myst_nb", "sphinx.ext.autodoc", "sphinx.ext.autosummary", "sphinx.ext.napoleon"]
exclude_patterns = ["symbols.md", "one_file", "slides", "notebooks"]
templates_path = ["_templates"]
myst_enable_extensions = ["dollarmath", "colon_fence"]
myst_heading_anchors = 3
nb_execution_mode = "off"  # tools/build_site.py has run them
nb_merge_streams = True
autodoc_typehints = "none"
nitpick_ignore_regex = [("py:.*", r".*")]  # types of parameters are words
html_theme = "pydata_sphinx_theme"
html_title = "gmm_teach"
html_favicon = "_static/favicon.svg"
html_math_renderer = "mathml"
html_static_path = ["_static"]
html_css_files = ["gmm.css"]
html_js_files = [("gmm.js", {"type": "module"}), ("one_file.js", {"type": "module"})]
html_use_index = False
html_copy_source = False
html_show_sourcelink = False
html_context = {"repository": repository, "default_mode": "auto"}
html_sidebars = {"**": []}  # pictures take the width
html_theme_options = {
    "header_links_before_dropdown": 8,
    "navbar_persistent": ["search-button"],
    "navbar_end": ["theme-switcher"],
    "article_header_end": ["lesson-links"],
    "show_prev_next": True,
    "back_to_top_button": False,
    "secondary_sidebar_items": ["page-toc"],
    "footer_start": ["copyright"],
    "footer_end": [],
}


def setup(app):
    """Formulas as MathML, as in the other pages; folds with names."""

    def inline(self, node):
        self.body.append(equation(node.astext(), display=False))
        raise SkipNode

    def block(self, node):
        self.body.append(equation(node.astext(), display=True))
        raise SkipNode

    def mend(app, pagename, templatename, context, doctree):
        """A fold is called by the words that it shows; the first picture does not wait to be near."""
        body = context.get("body", "").replace(' aria-label="Toggle hidden content"', "")
        context["body"] = body.replace(' loading="lazy"', ' fetchpriority="high"', 1)

    app.connect("html-page-context", mend)
    app.add_html_math_renderer("mathml", (inline, None), (block, None))
