"""The notice among what its site puts around it, told by structure: where the sentences stand, where links stand close.

Nothing that holds sentences is given up: a line of the site too many is read over, a duty lost is not seen. Names of
classes only help to tell menus and footers that hold no sentence, and where the editors of common CMSs keep the text.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from ingest.lines import Line
from ingest.normalize import squeeze
from ingest.numbering import find_marker
from ingest.part_forms import ATTACHED, ATTACHMENT_NOTE, DATE_LINE, IMPRINT, NOTE, NUMBER_LINE, SIGNED, is_recipients
from ingest.readers.html_lines import Written
from ingest.titles import ends_as_title, is_organ
from ingest.webpage import is_foot, is_label, kept_in_head, labelled_value

LONGEST_VALUE = 80  # characters of a value in a page's data
LABEL = 8  # characters: a line of more, with a full stop, is a sentence
SENTENCE = 25  # characters: a line of more, with a comma, is one without it
MOST_PROSE = 0.9  # of the page's sentences stand in the element that holds the notice
COPIED = 3  # sentences at least of a copy of the notice
LINKED = 0.5  # of the characters of a menu are links
FEW_LINKS = 2
# The element in which the CMSs of gov.cn, of TRS, Hanweb, JPage and others, and their editors, keep the text.
_KNOWN = re.compile(r"ucap-?content|trs_?(?:ue)?editor|^zoom|article-?con|pages_content|news-?con|^vsb_content|xxgk-?con|view ?trs|bt_content|conTxt", re.IGNORECASE)
_CHROME = re.compile(
    r"(?:^|[^a-z])(?:nav|navbar|menu|crumbs?|breadcrumbs?|position|dqwz|location|foot|footer|copyright|share|bdshare|print|qrcode|ewm|side|sidebar|related|relate|reldocuments|recommend|search|login"
    r"|toolbar|banner|logo|pager|pagination|friendlinks?|links?|xgwz|xglj|xgjd|comments?|popup|mask|alert|topbar|header|bottom|hot|rank)(?:$|[^a-z])"
)
_PARAGRAPHS = frozenset(("p", "pre", "h1", "h2", "h3", "h4", "h5", "h6", "li", "dt", "dd", "blockquote", "table"))


@dataclass(slots=True)
class _Sum:
    """What stands in an element: characters, those of links and of sentences, lines with links, files linked to."""

    text: int = 0
    links: int = 0
    prose: int = 0
    linked: int = 0
    files: int = 0

    def add(self, other: _Sum) -> None:
        self.text += other.text
        self.links += other.links
        self.prose += other.prose
        self.linked += other.linked
        self.files += other.files


@dataclass(slots=True)
class Chosen:
    """The lines of the notice, and all that is not the site's own: among those are the files it links to."""

    notice: list[Written]
    around: list[Written] = field(default_factory=list)


def _prose(entry: Written) -> int:
    """How many characters of a line are of the notice's sentences or rows."""
    text = squeeze(entry.text).text
    if entry.links > LINKED * len(text) or is_foot(text):
        return 0
    told = bool(entry.line.cells) or (len(text) > LABEL and re.search("[。；]|：$", text)) or (len(text) >= SENTENCE and ("，" in text or find_marker(text)))
    return len(text) if told else 0


def _sums(root: Any, written: Sequence[Written]) -> dict[Any, _Sum]:
    """What stands in each element, all those inside it included."""
    sums: dict[Any, _Sum] = defaultdict(_Sum)
    for entry in written:
        length = len("".join(entry.text.split()))
        sums[entry.at].add(_Sum(length, min(entry.links, length), _prose(entry), int(entry.links > 0), len(entry.files)))
    for element in reversed(list(root.iter())):  # children before parents
        parent = element.getparent()
        if element in sums and parent is not None and element is not root:
            sums[parent].add(sums[element])
    return sums


def _is_chrome(element: Any, held: _Sum, whole: _Sum) -> bool:
    """Whether an element is the site's: a menu, a list of links, a footer."""
    if held.prose > 0.2 * whole.prose:
        return False
    files = 2 * held.files >= max(held.linked, 1)  # a list of files is the notice's attachments, a file in a menu is not
    if held.links >= LINKED * held.text and held.linked and not files:
        links = sum(1 for anchor in element.iter("a") if anchor.get("href"))
        if links > FEW_LINKS and held.prose < 0.2 * held.text:
            return True
    named = element.tag in ("aside", "footer") or _CHROME.search(f"{element.get('class') or ''} {element.get('id') or ''}".lower()) is not None
    return named and not files and (held.prose == 0 or held.links > 0.3 * held.text)


def _dropped(root: Any, sums: dict[Any, _Sum]) -> set[Any]:
    """The elements that are the site's, and those inside them."""
    dropped: set[Any] = set()
    for element in root.iter():
        if element is root or element not in sums or element.tag == "body":
            continue
        if element.getparent() in dropped or _is_chrome(element, sums[element], sums[root]):
            dropped.add(element)
    return dropped


def _holder(root: Any, sums: dict[Any, _Sum], dropped: set[Any]) -> Any:
    """The innermost element that holds nearly all sentences, but more than a paragraph of them."""
    element = root
    while True:
        children = [child for child in element if child in sums and child not in dropped]
        best = max(children, key=lambda child: sums[child].prose, default=None)
        if best is None or best.tag in _PARAGRAPHS and best.tag != "table" or sums[best].prose < MOST_PROSE * sums[element].prose or not sums[best].prose:
            return element
        if element is not root and _KNOWN.search(f"{element.get('id') or ''} {element.get('class') or ''}"):
            return element
        if not any(child in sums for child in best):  # the next is a paragraph, or a table of data
            return element
        element = best


def _kept_behind(entry: Written) -> bool:
    """Whether a line behind the notice, outside the element that holds it, is of its end: signature, date, imprint, attachment."""
    word = squeeze(entry.text).text
    if entry.line.cells or is_foot(word):
        return bool(entry.line.cells)
    told = (DATE_LINE, SIGNED, IMPRINT, ATTACHED, ATTACHMENT_NOTE, NOTE)
    return any(form.match(word) for form in told) or is_organ(word) or word.startswith("（此件")


def choose(root: Any, written: Sequence[Written]) -> Chosen:
    """The lines of the notice among those of its page."""
    sums = _sums(root, written)
    if root not in sums or not sums[root].prose:
        return Chosen(list(written), list(written))
    dropped = _dropped(root, sums)
    holder = _holder(root, sums, dropped)
    inside = set(holder.iter())
    outer = set(holder.iterancestors())
    left = [entry for entry in written if entry.at not in dropped]
    places = [i for i, entry in enumerate(left) if entry.at in inside or sums[_branch(entry.at, outer)].prose > 0]
    if not places:
        return Chosen(left, left)
    first, last = places[0], places[-1]
    opening = [squeeze(entry.text).text for entry in left[first : first + 12]]
    kept: list[Written] = []
    for i, entry in enumerate(left):
        if first <= i <= last:
            kept.append(entry)
        elif i < first:
            word = squeeze(entry.text).text
            labelled = i > 0 and kept[-1:] == [left[i - 1]] and is_label(squeeze(left[i - 1].text).text) and not is_label(word) and len(word) <= LONGEST_VALUE
            if labelled:  # a label and its value in blocks of their own
                kept[-1] = replace(entry, line=replace(entry.line, text=labelled_value(left[i - 1].text, entry.text)))
            elif kept_in_head(word, opening) or is_recipients(word) or (entry.line.heading is not None and ends_as_title(word) and not any(word in other for other in opening)):
                kept.append(entry)
        elif _kept_behind(entry):
            kept.append(entry)
    return Chosen(_without_copy(kept), left)


def _without_copy(entries: list[Written]) -> list[Written]:
    """The lines without a second copy of the notice: some pages hold one for telephones or for the printer."""
    texts = [squeeze(entry.text).text for entry in entries]
    places: dict[str, int] = {}
    j = 0
    while j < len(texts):
        i = places.setdefault(texts[j], j) if len(texts[j]) >= SENTENCE else j
        end = j + 1
        if i < j:
            while end < len(texts) and i + end - j < j and texts[i + end - j] == texts[end]:
                end += 1
            begin = j
            while i - (j - begin) > 0 and begin - 1 > i and texts[i - (j - begin) - 1] == texts[begin - 1]:
                begin -= 1
            if sum(len(text) >= SENTENCE for text in texts[begin:end]) >= COPIED and sum(map(len, texts[begin:end])) >= 0.4 * sum(map(len, texts)):
                return entries[:begin] + entries[end:]
        j = end
    return entries


def _branch(element: Any, outer: set[Any]) -> Any:
    """The outermost element around `element` that does not hold the notice."""
    while (parent := element.getparent()) is not None and parent not in outer:
        element = parent
    return element


def with_title(root: Any, lines: Sequence[Line]) -> list[Line]:
    """The lines with the title that the page gives in its head, where the text itself bears none."""
    title = _page_title(root)
    word = squeeze(title or "").text
    opening = "".join(squeeze(line.text).text for line in lines[:40])
    if not title or not ends_as_title(word, strict=True) or re.sub(r"[（〔].*$", "", word)[-10:] in opening or _titled(lines):
        return list(lines)
    at = next((i for i, line in enumerate(lines[:10]) if not NUMBER_LINE.match(squeeze(line.text).text) and not kept_in_head(squeeze(line.text).text, ())), 0)
    return [*lines[:at], Line(title, heading=1, centred=True, ends_paragraph=True), *lines[at:]]


def _titled(lines: Sequence[Line]) -> bool:
    """Whether one of the first lines, before recipients and sentences, ends like a title."""
    for line in lines[:15]:
        word = squeeze(line.text).text
        if is_recipients(word) or "。" in word or len(word) > 80:
            return False
        if not line.cells and len(word) >= 4 and ends_as_title(word, strict=True):
            return True
    return False


def _page_title(root: Any) -> str | None:
    """The title in the page's data (ArticleTitle), else in `<title>` without the site's name."""
    for meta in root.iter("meta"):
        if (meta.get("name") or "").lower() in ("articletitle", "title") and (content := (meta.get("content") or "").strip()):
            return " ".join(content.split())
    for element in root.iter("title"):
        parts = [part.strip() for part in re.split(r"\s[-|–—_]\s|[|_]|-{1,2}(?=[\u4e00-\u9fff]{2,20}(?:网|政府|局|委|厅|平台)\b|[\u4e00-\u9fff]*$)", " ".join("".join(element.itertext()).split()))]
        titles = [part for part in parts if ends_as_title(squeeze(part).text, strict=True)]
        return max(titles, key=len, default=None)
    return None
