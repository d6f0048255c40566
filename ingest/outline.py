"""The outline of a text: which paragraph is a heading, where a heading runs into its paragraph, what stands under what.

The ladder is the notice's own: kinds of numbers nest in the order in which it first uses them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest.document import Part
from ingest.layout import Placed
from ingest.normalize import squeeze
from ingest.numbering import LADDER, Marker, bare_figure, find_marker
from ingest.run_ins import find_run_ins

BOLD = 7  # the level that readers give to bold lines
RUN_IN = 8  # the level of run-in headings without numbers, within any other
LONGEST_HEADING = 60
LONGEST_RUN_IN = 26  # characters of a run-in heading; sentences of the same series are mostly longer
_UNITS_LINE = re.compile(r"^（?(?:责任|牵头|配合|主办|承办|协办|参与|实施|主管|督办)(?:单位|部门|人|领导|科室|处室|股室)?(?:及[^：]{1,10})?：|^（?(?:完成|办结|整改|实施|推进)?(?:时间|时限|期限|节点)(?:要求|安排|节点)?：")
_HEAD_END = re.compile(r"[。：:．.]\s*$")
_STOP = re.compile(r"[。：:；;！？!?]")
_ARTICLE_NAME = re.compile(r"(第\S{1,5}条\s*(?:[【〔\[][^】〕\]。，]{2,24}[】〕\]]|[（(][^（）()。，\d]{2,16}[)）]))[：:]?\s*(?=\S)")  # 第三条 【适用范围】
_ALWAYS_HEADING = {"part", "chapter", "section"}
_DEMAND = re.compile(r"应当|不得|必须|下列|如下|以下|有：|包括：|是：|为：|之一")


@dataclass(frozen=True, slots=True)
class Node:
    """What the outline says of one paragraph: offsets are in the paragraph's own text."""

    parent: int | None = None
    level: int | None = None
    number: str | None = None
    heading: tuple[int, int] | None = None
    body: int = 0  # where the body begins
    own_line: bool = False


@dataclass(slots=True)
class _Item:
    """A numbered or marked paragraph while the outline is made."""

    index: int
    marker: Marker | None
    text: str
    heading: int | None = None  # the level that the format's mark gives
    stop: int | None = None  # where its first sentence ends
    content: bool = False  # something stands under it
    series: tuple[int, ...] = ()


def _first_stop(text: str, start: int) -> int | None:
    """The offset of the first full stop, colon or semicolon outside brackets and quotes."""
    depth, quoted, inside = 0, False, None
    for i in range(start, len(text)):
        char = text[i]
        if char in "（(《〔":
            depth += 1
        elif char in "）)》〕":
            depth = max(0, depth - 1)
        elif char in "“”\"":
            quoted = char == "“"
        elif _STOP.match(char) and not (char == ":" and text[i - 1 : i].isdigit() and text[i + 1 : i + 2].isdigit()):
            if depth == 0 and not quoted:
                return i
            inside = i if inside is None else inside
    return inside if depth or quoted else None  # a bracket that is never closed hides nothing


class _Outline:
    def __init__(self, placed: Sequence[Placed]) -> None:
        self.placed = placed
        self.items = {item.index: item for item in self._find_items()}
        self.named_in_brackets = sum(_ARTICLE_NAME.match(item.text) is not None for item in self.items.values())
        self._mark_content()
        self._find_series()

    def _find_items(self) -> list[_Item]:
        items = []
        for i, place in enumerate(self.placed):
            if place.part is not Part.BODY or place.paragraph.cells:
                continue
            text = place.paragraph.text
            marker = find_marker(text) or bare_figure(text, self._following(i))
            if marker and marker.kind == "counted" and re.search(r"[。；;，,](?:二|三|四)(?:是|要)", text):
                marker = None  # the whole series stands in one paragraph
            if marker is None and not self._marked_heading(i):
                continue
            items.append(_Item(i, marker, text, place.paragraph.heading, _first_stop(text, marker.end if marker else 0)))
        return self._with_run_ins(items)

    def _with_run_ins(self, items: list[_Item]) -> list[_Item]:
        """The items, and between them the paragraphs of a series of run-in headings without numbers."""
        known = {item.index for item in items}

        def is_open(i: int) -> bool:
            return i not in known and self.placed[i].part is Part.BODY and not self.placed[i].paragraph.cells

        texts = [place.paragraph.text for place in self.placed]
        series = find_run_ins(texts, is_open, known.__contains__)
        items += [_Item(i, None, texts[i], RUN_IN, stop) for i, stop in series.items()]
        return sorted(items, key=lambda item: item.index)

    def _following(self, i: int) -> str:
        """The text of the paragraph behind paragraph `i`, '' at the end."""
        return self.placed[i + 1].paragraph.text if i + 1 < len(self.placed) else ""

    def _marked_heading(self, i: int) -> bool:
        """Whether a paragraph without a number is a heading by the format's mark, its form being one."""
        place = self.placed[i]
        text = place.paragraph.text
        if _UNITS_LINE.match(squeeze(text).text) or len(text) > 40 or re.search(r"[。；，：]", text):
            return re.match(r"专栏\s*\d{1,2}", text) is not None and len(text) <= 40
        return place.paragraph.heading is not None or re.match(r"专栏\s*\d{1,2}", text) is not None

    def _is_units_line(self, i: int) -> bool:
        return _UNITS_LINE.match(squeeze(self.placed[i].paragraph.text).text) is not None

    def _mark_content(self) -> None:
        """Tell the items that have a paragraph, a table or an item of an inner kind under them."""
        for item in self.items.values():
            i = item.index + 1
            while i < len(self.placed) and self._same_text(item.index, i) and self._is_units_line(i):
                i += 1
            if i >= len(self.placed) or not self._same_text(item.index, i):
                continue
            below = self.items.get(i)
            if below is None or below.heading == RUN_IN:
                item.content = True
            elif below.marker is None or item.marker is None:
                item.content = item.marker is None and below.marker is not None
            else:
                item.content = below.marker.kind != item.marker.kind and (below.marker.ordinal == 1 or LADDER[below.marker.kind] > LADDER[item.marker.kind])

    def _same_text(self, i: int, j: int) -> bool:
        return self.placed[j].part is Part.BODY and self.placed[j].notice == self.placed[i].notice

    def _find_series(self) -> None:
        """Siblings: items of one kind that count on, 一 二 三, with nothing of an outer kind between."""
        runs: dict[tuple[int, str], list[int]] = {}
        for item in self.items.values():
            if item.marker is None:
                continue
            key = (self.placed[item.index].notice, item.marker.kind)
            run = runs.get(key)
            previous = self.items[run[-1]].marker if run else None
            if run is None or previous is None or not previous.ordinal < item.marker.ordinal <= previous.ordinal + 2:
                run = runs[key] = []
            run.append(item.index)
            for outer in [k for k in runs if k[0] == key[0] and LADDER[k[1]] > LADDER[key[1]] and item.marker.ordinal == 1]:
                del runs[outer]
            item.series = ()
            self._share(run)

    def _share(self, run: list[int]) -> None:
        series = tuple(run)
        for index in run:
            self.items[index].series = series

    def _is_run_in(self, item: _Item) -> bool:
        """Whether the item's first sentence is short, so that it can be a heading run into its paragraph."""
        marker, stop = item.marker, item.stop
        if marker is None or stop is None or self._alone(item) or item.text[stop] in "；;！？!?":
            return False
        head = squeeze(re.sub(r"[（(][^（()）]*[)）]$", "", item.text[marker.end : stop])).text
        if not 2 <= len(head) <= LONGEST_RUN_IN or head.count("，") > 2 or re.search(r"[%％]", head):
            return False
        return not (item.text[stop] in "：:" and _DEMAND.search(head + "："))

    def _alone(self, item: _Item) -> bool:
        """Whether nothing follows the first sentence, save perhaps the units in brackets."""
        rest = item.text[(item.stop or 0) + 1 :].strip()
        return len(rest) < 2 or re.fullmatch(r"[（(][^（()）]*(?:[（(][^（()）]*[)）][^（()）]*)*[)）]。?", rest) is not None

    def _leaf_like(self, item: _Item) -> bool:
        """Whether the item has one short sentence alone, or a heading line: it speaks neither for nor against run-ins."""
        return item.stop is None or (self._alone(item) and item.stop <= LONGEST_RUN_IN + 8)

    def run_in(self, item: _Item) -> bool:
        """A run-in heading: its whole series has a short first sentence."""
        if item.heading == RUN_IN and item.marker is None:
            return True
        if not self._is_run_in(item) or (item.marker and item.marker.kind in _ALWAYS_HEADING):
            return False
        others = [self.items[i] for i in item.series if i != item.index]
        return all(self._is_run_in(other) or self._leaf_like(other) for other in others)

    def own_line(self, item: _Item) -> bool:
        """A heading on a line of its own."""
        start = item.marker.end if item.marker else 0
        text = item.text.rstrip()
        if len(text) <= start or item.heading == RUN_IN and item.marker is None:
            return False
        if item.marker is None or item.marker.kind in _ALWAYS_HEADING:
            return len(text) <= LONGEST_HEADING
        if len(text) - start > LONGEST_HEADING or item.marker.kind in ("article", "counted"):
            return item.marker.kind == "article" and item.stop is None and item.content and len(text) - start <= 30
        if item.stop is None:
            return item.content or item.marker.kind == "cn" or self.placed[item.index].paragraph.heading is not None
        if item.stop < len(text) - 1 or len(text) - start > 40:
            return False
        if text[-1] in "：:":
            return item.content and (item.marker.kind == "cn" or not _DEMAND.search(text)) and len(text) - start <= 26
        if text[-1] != "。" or not item.content:
            return False
        others = [self.items[i] for i in item.series if i != item.index]
        return not others or sum(other.content for other in others) >= 0.5 * len(others)


def _level_items(nodes: list[Node], items: dict[int, _Item], placed: Sequence[Placed]) -> None:
    """Fill in parents and levels, text by text."""
    order: list[str] = []
    open_nodes: list[tuple[str, int]] = []
    notice: int | None = None
    kinds: dict[int, str] = {}
    starts = 0
    for i, place in enumerate(placed):
        if place.part is not Part.BODY:
            if place.part is Part.TITLE:
                open_nodes = []
            continue
        if place.notice != notice:
            _number_levels(nodes, kinds, order, starts, i)
            notice, order, open_nodes, starts = place.notice, [], [], i
        item = items.get(i)
        if item is None:
            nodes[i] = replace(nodes[i], parent=open_nodes[-1][1] if open_nodes else None)
            continue
        kind = item.marker.kind if item.marker else "box" if place.paragraph.text.startswith("专栏") else f"mark{item.heading or 0}"
        _learn(order, kind, item, open_nodes, items)
        while open_nodes and order.index(open_nodes[-1][0]) >= order.index(kind):
            open_nodes.pop()
        nodes[i] = replace(nodes[i], parent=open_nodes[-1][1] if open_nodes else None)
        kinds[i] = kind
        open_nodes.append((kind, i))
    _number_levels(nodes, kinds, order, starts, len(placed))


def _learn(order: list[str], kind: str, item: _Item, open_nodes: list[tuple[str, int]], items: dict[int, _Item]) -> None:
    """Put a kind of number that this text has not used before into its order."""
    if kind in order:
        return
    if not open_nodes:
        order.insert(0 if order and _outer(kind, order[0]) else len(order), kind)
        return
    if kind.startswith("mark"):
        level = int(kind[4:])
        inside = [k for k, i in open_nodes if (items[i].heading or 9) < level or (items[i].heading is None and level >= BOLD)]
        order.insert(order.index(inside[-1]) + 1 if inside else 0, kind)
        return
    top_kind, top = open_nodes[-1]
    directly_under = top == item.index - 1 and items[top].content
    if _outer(kind, top_kind) and not directly_under:
        order.insert(next(n for n, other in enumerate(order) if _outer(kind, other)), kind)
    else:
        order.insert(order.index(top_kind) + 1, kind)


def _outer(kind: str, other: str) -> bool:
    """Whether the usual ladder puts `kind` outside `other`; a 专栏 stands among the items of （一）."""
    ranks: dict[str, float] = {**LADDER, "box": LADDER["cn_paren"] + 0.5}
    return ranks.get(kind, -1) < ranks.get(other, -1)


def _number_levels(nodes: list[Node], kinds: dict[int, str], order: list[str], start: int, end: int) -> None:
    for i in range(start, end):
        if i in kinds and nodes[i].level is None:
            nodes[i] = replace(nodes[i], level=order.index(kinds[i]) + 1)


def outline(placed: Sequence[Placed]) -> list[Node]:
    """A node for each paragraph."""
    made = _Outline(placed)
    nodes = [Node() for _ in placed]
    for i, item in made.items.items():
        marker, text = item.marker, item.text
        start = marker.end if marker else 0
        number = marker.printed if marker else None
        if made.own_line(item):
            end = len(_HEAD_END.sub("", text)) if text[-1:] in "。：:" else len(text)
            nodes[i] = Node(number=number, heading=(0, end), body=len(text), own_line=True)
        elif item.stop is not None and made.run_in(item):
            body = item.stop + 1
            while body < len(text) and text[body] == " ":
                body += 1
            nodes[i] = Node(number=number, heading=(0, item.stop), body=body)
        else:
            name = _ARTICLE_NAME.match(text) if marker and marker.kind == "article" else None
            if name and (text[name.end(1) - 1] != "）" or made.named_in_brackets >= 3):
                nodes[i] = Node(number=number, heading=(0, name.end(1)), body=name.end())
                continue
            cited = (0, len(marker.printed)) if marker and marker.kind == "article" else None  # 第五条 is how a clause is cited
            nodes[i] = Node(number=number, heading=cited, body=0 if marker and marker.kind == "counted" else start)
    _level_items(nodes, made.items, placed)
    return nodes
