"""JSON: one object a line, or one array to be read by a person too."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any


def json_line(value: Any) -> str:
    """A value as one line of JSON."""
    return json.dumps(value, ensure_ascii=False)


def json_lines(values: Iterable[Any]) -> Iterator[str]:
    """One line for each value."""
    return map(json_line, values)


def json_text(value: Any) -> str:
    """A value as indented JSON."""
    return json.dumps(value, ensure_ascii=False, indent=2)


def json_array(values: Iterable[Any]) -> Iterator[str]:
    """Values as one indented array, piece by piece."""
    start = "["
    for value in values:
        yield start + "\n  " + json_text(value).replace("\n", "\n  ")
        start = ","
    yield "\n]\n" if start == "," else "[]\n"
