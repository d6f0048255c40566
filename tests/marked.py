"""Sentences with the expected spans marked: `<due>2025年6月底前</due>完成改造`."""

from __future__ import annotations

import re

_TAG = re.compile(r"<(/?)([a-z]+)>")


def parse_marked(marked: str) -> tuple[str, list[tuple[str, int, int]]]:
    """The text without its marks, and (label, start, end) of each marked span in reading order."""
    text, spans, open_at = "", [], {}
    last = 0
    for tag in _TAG.finditer(marked):
        text += marked[last : tag.start()]
        last = tag.end()
        closing, label = tag.groups()
        if closing:
            spans.append((label, open_at.pop(label), len(text)))
        else:
            open_at[label] = len(text)
    assert not open_at, f"not closed: {marked}"
    return text + marked[last:], sorted(spans, key=lambda span: span[1:])
