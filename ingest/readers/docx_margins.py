"""Headers and footers of DOCX: what of 版头 and 版记 stands in them alone is part of the notice, the rest is furniture of the page."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from ingest.lines import Line
from ingest.normalize import squeeze
from ingest.part_forms import IMPRINT, MARK, NUMBER_LINE
from ingest.readers.docx_styles import W, switch

_HELD = re.compile(r"^(?:\d{6}|(?:绝密|机密|秘密)(?:★.*)?|特急|加急|平急|特提|签发人：.+)$")
_ENDS = 15  # lines of the body in which 版头 or 版记 stand, if it has them

ReadMargin = Callable[[str, str], list[Line]]


def is_head(text: str) -> bool:
    """Whether a line can only be one of 版头 (GB/T 9704-2012, 7.2)."""
    word = squeeze(text).text
    return any(form.match(word) is not None for form in (NUMBER_LINE, MARK, _HELD))


def _is_imprint(text: str) -> bool:
    return IMPRINT.match(squeeze(text).text) is not None


def _reference(kind: str, section: Any) -> str:
    """The identifier of the header or footer of a section's first page, '' where it has none."""
    found = {element.get(f"{W}type") or "default": element for element in section.findall(f"{W}{kind}Reference")}
    reference = found.get("first" if switch(section, "titlePg") else "default")
    return "" if reference is None else next((text for name, text in reference.items() if name.endswith("}id")), "")


def with_margins(lines: Sequence[Line], body: Any, read: ReadMargin) -> list[Line]:
    """The lines of the body with what of 版头 and 版记 its first header and its last footer alone hold; `read` gives their lines."""
    sections = list(body.iter(f"{W}sectPr"))
    if not sections:
        return list(lines)
    told = [{squeeze(line.text).text for line in part} for part in (lines[:_ENDS], lines[-_ENDS:])]
    top = [line for line in read("header", _reference("header", sections[0])) if is_head(line.text) and squeeze(line.text).text not in told[0]]
    foot = [line for line in read("footer", _reference("footer", sections[-1])) if _is_imprint(line.text) and squeeze(line.text).text not in told[1]]
    last = lines[-1].paragraph if lines else 0
    return [*top, *lines, *(replace(line, paragraph=last) for line in foot)]
