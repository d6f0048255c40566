"""Saved web pages: the notice that stands on them, without menus, side columns and footers of the site."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from typing import Any
from urllib.parse import unquote

from ingest.errors import IngestError
from ingest.limits import DEFAULT_LIMITS, Limits
from ingest.lines import Line, Reading
from ingest.numbering import find_marker
from ingest.readers import html_content, html_lines, html_source, mhtml
from ingest.readers.html_lines import Written

LITTLE = 60  # characters: less is no notice, the rest may be hidden until a script shows it
SHORT = 400  # characters of a notice that only carries what a file linked to holds
NAMED = 3  # files that a warning names


def read_lines(data: bytes, path: str, limits: Limits = DEFAULT_LIMITS) -> Reading:
    """The lines of the notice on a page or in a page saved as one file (MHTML)."""
    if mhtml.is_mhtml(data):
        data, _ = mhtml.page_of(data, path)
    root, flattened = html_source.parse(html_source.decode(data, path))
    written = _written(root)
    if not written:
        raise IngestError(path, _why_empty(root))
    chosen = html_content.choose(root, written)
    lines = html_content.with_title(root, [entry.line for entry in chosen.notice or written])
    return Reading(lines, warnings=tuple(_warnings(root, lines, chosen.around, flattened)))


def _written(root: Any) -> list[Written]:
    """The lines of a page; where it shows next to nothing, those too that a script would show."""
    written = html_lines.write(root)
    if _length(entry.line for entry in written) < LITTLE:
        hidden = html_lines.write(root, hidden=True)
        if _length(entry.line for entry in hidden) > LITTLE:
            return hidden
    return written


def _length(lines: Any) -> int:
    return sum(len("".join((line.text or "".join(line.cells)).split())) for line in lines)


def _why_empty(root: Any) -> str:
    """What to do about a page without a word."""
    frame = next((element.get("src") for tag in ("frame", "iframe") for element in root.iter(tag) if element.get("src")), None)
    if frame:
        return f"the page shows another in a frame ({frame}); save that one or give its address"
    if any(True for _ in root.iter("script")):
        return "the page holds no text, scripts fetch it when it is shown; open it in a browser, save the whole page and give that file"
    if any(True for _ in html_lines.iter_images(root)):
        return "the page holds pictures only; save them and give the picture files"
    return "the page holds no text; check that it was saved whole"


def _warnings(root: Any, lines: Sequence[Line], around: Sequence[Written], flattened: bool) -> list[str]:
    warnings = []
    if flattened:
        warnings.append("the tags of the page are nested too deep or are too many, only its words are read; its tables are lines")
    files = list(dict.fromkeys(name for entry in around for href in entry.files if (name := _file_name(href, entry.text))))
    length = _length(lines)
    outlined = any(find_marker(line.text.strip()) and len(line.text) > LITTLE // 2 for line in lines)
    if files and length < SHORT and not outlined:
        named = ", ".join(files[:NAMED]) + (" …" if len(files) > NAMED else "")
        warnings.append(f"the page is short, the text is in the attached file {named}; give that file too")
    elif length < LITTLE and any(True for _ in html_lines.iter_images(root)):
        warnings.append("the page holds little text and pictures; if the notice is in the pictures, save them and give the picture files")
    return warnings


def _file_name(href: str, text: str) -> str:
    """The name of a file linked to: as the link shows it, else the last part of its address."""
    shown = re.sub(r"^(?:附件)?[\d一二三四五六七八九十]*[：:.．、\s]*(?:\d{1,2}[.．、]\s*)?", "", text.strip())
    if html_lines.FILE_LINK.search(shown) and len(shown) <= 80:
        return shown
    return os.path.basename(re.split("[=&?#]", unquote(href))[-1] if html_lines.FILE_LINK.search(unquote(href)) else re.split("[?#]", unquote(href))[0])
