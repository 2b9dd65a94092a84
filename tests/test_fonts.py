"""Names in Chinese, Japanese and Korean, where the machine has a font for them and where it has none."""

import logging
import os
import warnings

import numpy as np
import pytest
from matplotlib.font_manager import fontManager

import gmm_teach as gt
from gmm_teach.figures.choices import shape_table
from gmm_teach.frames import picture, png
from gmm_teach.plots import FontWarning, drawable, fonts, settings

pytestmark = pytest.mark.slow

NAMES = ("花瓣长度", "データの幅", "한국어")
DATA = gt.datasets.load("document_c")
TRACE = gt.run_em(DATA.X, gt.starts.from_rows(DATA.X, [20, 10, 96]), max_iter=1)


def forget():
    fonts.families.cache_clear()
    fonts._say_once.cache_clear()
    settings._own.cache_clear()


@pytest.fixture
def with_font():
    forget()
    if fonts.families() == [fonts.OWN]:
        required = os.environ.get("GMM_TEACH_REQUIRE_BROWSER") == "1"
        (pytest.fail if required else pytest.skip)("no CJK font: apt install fonts-wqy-zenhei")


@pytest.fixture
def without_font(monkeypatch):
    monkeypatch.setattr(fonts, "CJK_FONTS", ())
    forget()
    yield
    forget()


@pytest.mark.usefixtures("with_font")
def test_names_are_drawn_with_the_fonts_of_the_machine(caplog):
    caplog.set_level(logging.WARNING)
    drawn = {picture(TRACE, columns=[name, name], title=name) for name in NAMES}
    drawn |= {png(shape_table([1, 2], {name: [1.0, 2.0]})) for name in NAMES}
    assert len(drawn) == 6
    assert list(map(drawable, NAMES)) == list(NAMES)
    assert caplog.records == []


@pytest.mark.usefixtures("with_font")
def test_a_font_that_came_after_matplotlib_looked_is_found(monkeypatch):
    known = [entry for entry in fontManager.ttflist if entry.name.startswith("DejaVu")]
    monkeypatch.setattr(fontManager, "ttflist", known)
    forget()
    assert len(fonts.families()) > 1
    forget()


@pytest.mark.usefixtures("without_font")
def test_without_a_font_one_sentence_says_what_to_install():
    with pytest.warns(FontWarning, match="install Noto Sans CJK .*apt install fonts-noto-cjk") as told:
        drawn = picture(TRACE, columns=["花瓣 cm", "y"])
    assert len(told) == 1
    assert drawn == picture(TRACE, columns=["?? cm", "y"])


@pytest.mark.usefixtures("without_font")
def test_the_sentence_is_said_once_whatever_is_drawn():
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        picture(TRACE, columns=NAMES[:2], title=NAMES[2])
        demo = gt.widgets.explorer(DATA.X, columns=NAMES[:2])
        demo.set(K=4)
    assert [one.category for one in told] == [FontWarning]
    assert demo.problem == ""


@pytest.mark.usefixtures("without_font")
def test_other_texts_are_left_as_they_are():
    assert drawable("width µ, αβγ, é, −1 ×\n") == "width µ, αβγ, é, −1 ×\n"
    assert drawable(np.int64(3)) == "3"
