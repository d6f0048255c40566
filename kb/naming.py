"""Names as they are compared: 文号 in any brackets, titles without their marks, regions as a path."""

from __future__ import annotations

import re
from collections.abc import Iterable

from extractors.folding import fold

_BRACKETS = str.maketrans("（）【】", "〔〕〔〕")
_MARKS = str.maketrans("", "", "《》“”\n ")


def number_key(number: str | None) -> str | None:
    """A document number with one kind of bracket and no blanks, None of none.

    >>> number_key("云政办 (2019) 16 号") == number_key("云政办［2019］16号")
    True
    """
    return fold(number).text.translate(_BRACKETS).replace(" ", "").replace("\n", "") or None if number else None


def title_key(title: str | None) -> str | None:
    """A title without book-title marks, quotation marks, blanks and line breaks, None of none."""
    return fold(title).text.translate(_MARKS) or None if title else None


def short_title_key(title: str | None) -> str | None:
    """A title from its 关于 on, without the issuer's name: how it is cited inside its own region."""
    key = title_key(title)
    return key[key.index("关于") :] if key and "关于" in key else None


def region_key(region: Iterable[str]) -> str:
    """A region as a path that a prefix of each of its names can be looked for in: /云岭省/云溪市/."""
    return "/" + "".join(f"{name}/" for name in region)


def is_number(name: str) -> bool:
    """Whether `name` looks like a 文号."""
    return re.fullmatch(r".{1,30}〔\d{4}〕第?\d{1,5}号", number_key(name) or "") is not None
