"""Doubtful passages (存疑): what a scan of a draft may have been misread in is marked, and not called missing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from kb.statements import Statement
from kb.verdict import Finding
from kb.wording import Weights, share, term_set

LIKELY = 0.35  # share of a requirement's wording, loosely borne, from which a doubtful passage may be what carries it out
_MISREAD = re.compile(r"“(.{2,})” may be misread", re.DOTALL)
_LOOSE = 0.8  # what a pair of characters earns whose characters stand apart: one of them may be misread


def mark_doubtful(findings: Sequence[Finding], statements: Sequence[Statement], warnings: Sequence[str]) -> list[Finding]:
    """The findings; one without counterpart whose matter a doubtful passage may treat is partial, and quotes it.

    `warnings` are those of the reading: they quote the beginnings of lines that OCR was not sure of.
    """
    quoted = [_bare(found[1]) for warning in warnings for found in _MISREAD.finditer(warning)]
    doubtful = [statement for statement in statements if any(words in _bare(statement.text) for words in quoted)]
    if not doubtful:
        return list(findings)
    weights = Weights.of(statement.text for statement in statements)
    return [_marked(finding, doubtful, weights) if finding.status == "missing" else finding for finding in findings]


def _marked(finding: Finding, doubtful: Sequence[Statement], weights: Weights) -> Finding:
    wanted = term_set(finding.superior.text)
    best = max(doubtful, key=lambda statement: share(wanted, statement.terms, weights, _LOOSE))
    if share(wanted, best.terms, weights, _LOOSE) < LIKELY:
        return finding
    return replace(finding, status="partial", places=(best,), doubt="草案此处的扫描件识别不清，可能已有对应内容，请对照原件核实。")


def _bare(text: str) -> str:
    return "".join(text.split())
