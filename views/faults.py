"""What went wrong (出错信息) in the language of the page: the program's own sentences clause by clause, from `faults.<language>.toml`."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from pathlib import Path

from views.words import language

_BREAK = re.compile(r"(; |: )")
_BREAKS = {"zh": {"; ": "；", ": ": "："}}


@lru_cache(maxsize=2)
def load_faults(code: str) -> tuple[dict[str, str], tuple[tuple[re.Pattern[str], str], ...]]:
    """The clauses of a language: those without blanks, and those with blanks as patterns, the longest first."""
    path = Path(__file__).resolve().parent / f"faults.{code}.toml"
    held: dict[str, str] = tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    blank = sorted((clause for clause in held if "{}" in clause), key=len, reverse=True)
    return held, tuple((re.compile("(.*?)".join(map(re.escape, clause.split("{}")))), held[clause]) for clause in blank)


def in_words(fault: str) -> str:
    """A fault as the reader of the page understands it; clauses that are in no list stay as they are.

    >>> load_faults("zh")[0]["the file is empty"]
    '文件是空的'
    """
    code = language()
    breaks = _BREAKS.get(code, {})
    return "".join(breaks.get(piece, piece) if at % 2 else _clause(piece, code) for at, piece in enumerate(_BREAK.split(fault)))


def _clause(clause: str, code: str) -> str:
    held, patterns = load_faults(code)
    if clause in held:
        return held[clause]
    for pattern, words in patterns:
        if match := pattern.fullmatch(clause):
            return words.format(*match.groups())
    return clause
