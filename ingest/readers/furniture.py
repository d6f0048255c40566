"""What stands on printed pages beside the text: page numbers, running heads and feet, words printed across every page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from ingest.lines import Line
from ingest.normalize import clean

if TYPE_CHECKING:
    from ingest.readers.printed import Page

_EDGE = 0.09  # share of the page's height at its top and foot where running heads and page numbers stand
_FOOT = 0.85  # … below which a figure alone is a page number
_DASH = "—–\\-－─―_~·•"
_PAGE_NUMBER = re.compile(
    rf"^[{_DASH}\s]*\d{{1,4}}[{_DASH}\s]*$|^\d{{1,3}}\s*/\s*\d{{1,3}}$|^第?\s*\d{{1,4}}\s*页(?:\s*[，,/（(]?\s*共?\s*\d{{1,4}}\s*页[）)]?)?$|^(?:Page|P\.?)\s*\d{{1,4}}(?:\s*of\s*\d{{1,4}})?$|^[{_DASH}\s]*[ⅰ-ⅻⅠ-Ⅻ][{_DASH}\s]*$",
    re.IGNORECASE,
)
_EVERYWHERE = 0.6  # share of the pages on which the same words stand at the same place


def without_furniture(pages: Sequence[Page]) -> list[tuple[Line, ...]]:
    """The lines of each page without page numbers, running heads (of several lines too) and repeated marks."""
    running = _running(pages)
    marks = _marks(pages)
    kept = []
    for page in pages:
        dropped = {id(line) for line in page.lines if _is_page_number(line, page) or (line.text, _spot(line)) in marks}
        for ordered in (page.lines, tuple(reversed(page.lines))):
            dropped |= _at_edge(ordered, page, running, dropped)
        kept.append(tuple(line for line in page.lines if line.cells or id(line) not in dropped))
    return kept


def _shape(line: Line) -> str:
    """A line's words, whatever page they number."""
    return re.sub(r"\d+", "0", re.sub(r"\s+", "", clean(line.text)))


def _spot(line: Line) -> tuple[int, int]:
    return (round(line.box[0] / 6), round(line.box[1] / 6)) if line.box else (0, 0)


def _near_edge(page: Page) -> Callable[[Line], bool]:
    def near(line: Line) -> bool:
        return line.box is not None and (line.box[1] < page.height * _EDGE or line.box[3] > page.height * (1 - _EDGE))

    return near


def _running(pages: Sequence[Page]) -> set[str]:
    """The words that stand at the top or foot of several pages."""
    counts = Counter(text for page in pages for text in {_shape(line) for line in filter(_near_edge(page), page.lines) if not line.cells})
    return {text for text, count in counts.items() if count >= 3 or (count >= 2 and len(pages) <= 3 and len(text) > 12)}


def _at_edge(lines: Sequence[Line], page: Page, running: set[str], dropped: set[int]) -> set[int]:
    """Of the lines from one end of the page inwards those that run over the pages; the first line of text ends them."""
    found: set[int] = set()
    near = _near_edge(page)
    for line in lines:
        if id(line) in dropped:
            continue
        if line.cells or not near(line):
            break
        if _shape(line) in running:
            found.add(id(line))
    return found


def _marks(pages: Sequence[Page]) -> set[tuple[str, tuple[int, int]]]:
    """Words that stand at the same place of most pages and there across the text or beside its column: a watermark, a slogan."""
    if len(pages) < 3:
        return set()
    counts = Counter(key for page in pages for key in {(line.text, _spot(line)) for line in _apart(page)})
    return {key for key, count in counts.items() if count >= max(3, _EVERYWHERE * len(pages))}


def _apart(page: Page) -> list[Line]:
    """The lines of a page that overlap another one or stand beside its text."""
    lines = [line for line in page.lines if line.box and not line.cells]
    found = []
    for i, line in enumerate(lines):
        for other in (*lines[max(0, i - 3) : i], *lines[i + 1 : i + 4]):
            if line.box and other.box and min(line.box[3], other.box[3]) - max(line.box[1], other.box[1]) > 0.3 * (line.box[3] - line.box[1]):
                found.append(line)
                break
    return found


def _is_page_number(line: Line, page: Page) -> bool:
    """Whether a line numbers its page; at the top of a page it does so only between dashes or beside 页."""
    if line.cells or line.box is None or _PAGE_NUMBER.match(line.text.strip()) is None:
        return False
    return line.box[3] > page.height * _FOOT or (line.box[3] < page.height * _EDGE and not line.text.strip().isdecimal())
