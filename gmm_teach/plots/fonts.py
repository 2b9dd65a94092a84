"""The fonts of the pictures: matplotlib's own, and for Chinese, Japanese and Korean the machine's."""

import warnings
from contextlib import suppress
from dataclasses import replace
from functools import cache

from matplotlib.font_manager import findfont, findSystemFonts, fontManager, get_font

OWN = "DejaVu Sans"  # comes with matplotlib
SAMPLES = "数の한"  # a Chinese, a Japanese and a Korean character
CJK_FONTS = (  # the first that has a sample is taken
    "Noto Sans CJK SC",
    "Noto Sans CJK JP",
    "Noto Sans CJK KR",
    "Noto Sans SC",
    "Noto Sans JP",
    "Noto Sans KR",
    "Source Han Sans SC",
    "Source Han Sans JP",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
    "Droid Sans Fallback",
    "IPAexGothic",
    "IPAGothic",
    "NanumGothic",
    "Microsoft YaHei",
    "SimHei",
    "Yu Gothic",
    "MS Gothic",
    "Malgun Gothic",
    "PingFang SC",
    "Hiragino Sans GB",
    "Hiragino Sans",
    "Heiti TC",
    "Apple SD Gothic Neo",
    "AppleGothic",
    "Arial Unicode MS",
)
WHAT_TO_INSTALL = (
    "a name has characters that no font here can draw; each is shown as ? instead. For Chinese, Japanese and "
    "Korean install Noto Sans CJK (Debian and Ubuntu: apt install fonts-noto-cjk), then restart the kernel"
)


class FontWarning(UserWarning):
    """A text cannot be drawn as it is."""


def drawable(text) -> str:
    """The text, with ? for each character that no font of the course has; a FontWarning says what to do."""
    text = str(text)
    if text.isascii():
        return text
    missing = {character for character in text if character.isprintable() and not _can_draw(character)}
    if missing:
        _say_once(WHAT_TO_INSTALL)
    return "".join("?" if character in missing else character for character in text)


@cache
def families() -> list[str]:
    """The families that a text is drawn with: for each character, the first that has it."""
    entries = _cjk_entries() or _newly_installed()
    chosen = []
    for sample in SAMPLES:
        if not any(_has(entry.fname, sample) for entry in chosen):
            chosen += [entry for entry in entries if _has(entry.fname, sample)][:1]
    return [OWN, *map(_in_all_weights, chosen)]


def _cjk_entries():
    """matplotlib's entries of those fonts that it knows here, in the order of CJK_FONTS."""
    known = [entry for entry in fontManager.ttflist if entry.name in CJK_FONTS]
    return sorted(known, key=lambda entry: CJK_FONTS.index(entry.name))


def _newly_installed():
    """Those entries, once matplotlib has read the fonts that came after it wrote down which there are."""
    for path in set(findSystemFonts()) - {entry.fname for entry in fontManager.ttflist}:
        with suppress(Exception):  # a file that is no font
            fontManager.addfont(path)
    return _cjk_entries()


def _in_all_weights(entry):
    """A new name for the font, in each weight of the course: of others matplotlib writes to the log."""
    name = f"{entry.name} of gmm_teach"
    fontManager.ttflist += [replace(entry, name=name, weight=weight) for weight in ("normal", "bold")]
    return name


@cache
def _say_once(sentence):
    warnings.warn(sentence, FontWarning, stacklevel=3)


def _can_draw(character):
    return any(_has(findfont(family), character) for family in families())


def _has(path, character):
    return get_font(path).get_char_index(ord(character)) != 0
