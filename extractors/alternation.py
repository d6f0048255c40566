"""One expression for any word of a long list, the longest first: a tree of shared beginnings instead of a row of words.

Python's `re` tries the words of `a|b|c…` one after another at every place; of a tree it leaves at the first character
that none has.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

_END = ""  # the key under which a node keeps what must follow a word that ends there


def any_of(words: Iterable[str], behind: Mapping[str, str] | None = None) -> str:
    """An expression that matches the longest of `words` at a place; `behind` gives what must follow some of them.

    >>> any_of(["企业", "企业家", "个人"])
    '(?:个人|企业(?:家|))'
    """
    root: dict[str, Any] = {}
    for word in words:
        node = root
        for char in word:
            node = node.setdefault(char, {})
        node[_END] = (behind or {}).get(word, "")
    return _expression(root)


def _expression(node: Mapping[str, Any]) -> str:
    branches = [re.escape(char) + _expression(below) for char, below in sorted(node.items()) if char != _END]
    if _END in node:
        branches.append(node[_END])
    if len(branches) == 1:
        return str(branches[0])
    return f"(?:{'|'.join(branches)})"
