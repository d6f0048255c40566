"""`kb extract`: what is found in a text, nothing stored."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from ingest.limits import DEFAULT_LIMITS, Limits
from kb.commands.limits import with_limits
from kb.commands.options import JsonOption, OverlayOption
from kb.commands.output import complain, say, show, show_json, show_lines, show_list, width
from kb.errors import KbError


@with_limits
def extract(
    file: Annotated[str, typer.Argument(metavar="[FILE]", help="A notice, or JSON Lines with --lines; standard input when absent.")] = "-",
    lines: Annotated[bool, typer.Option("--lines", help='Read JSON Lines {"text", "issued_on", "region"}, print one object a line.')] = False,
    overlay: OverlayOption = None,
    as_json: JsonOption = False,
    limits: Limits = DEFAULT_LIMITS,
) -> None:
    """Show what is found in a text; nothing is stored.

    Example: echo '到2025年底，覆盖率达到98%以上。' | kb extract
    """
    from kb.ingestion import use_overlay

    use_overlay(overlay)
    if lines:
        failed = _extract_lines(_lines_of(file))
        if failed:
            raise typer.Exit(1)
        return
    _extract_document(file, as_json, limits)


def _extract_document(file: str, as_json: bool, limits: Limits) -> None:
    from extractors.pipeline import extract as find
    from ingest import IngestError
    from kb.reading import read_source
    from kb.records import draft_json, obligation_ids, obligation_json

    try:
        document = read_source(file, limits)
    except IngestError as error:
        raise KbError(file, str(error).removeprefix(f"{file}: ")) from error
    extraction = find(document)
    facts = draft_json(document, extraction)
    ids = obligation_ids(facts["id"], extraction.obligations)
    found = [obligation_json(identity, facts["id"], obligation) for identity, obligation in zip(ids, extraction.obligations, strict=True)]
    if as_json:
        show_json({"document": facts, "obligations": found})
        return
    from kb.export.lists import obligations_list
    from kb.export.table import document_facts

    show(document_facts(facts, len(found)))
    show_list(["", *obligations_list(found, {facts["id"]: facts}, width())])
    say(f"{len(found)} obligations")


def _lines_of(file: str) -> Iterable[str]:
    if file == "-":
        sys.stdin.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
        return sys.stdin
    try:
        return Path(file).read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise KbError(file, f"cannot be read ({error})", "give a file of JSON Lines in UTF-8") from error


def _extract_lines(lines: Iterable[str]) -> bool:
    """One object for each line, also for one that is wrong (its error); whether any was."""
    from extractors.pipeline import extract_passage
    from kb.records import passage_json

    failed = False
    for count, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            text, issued_on, region = _parse(line)
        except (ValueError, TypeError) as error:
            complain(f'line {count}: {error}: write {{"text": "…", "issued_on": "2025-03-15", "region": ["…"]}}')
            show_lines([{"error": f"line {count}: {error}"}])
            failed = True
            continue
        show_lines([passage_json(extract_passage(text, issued_on, region))])
    return failed


def _parse(line: str) -> tuple[str, date | None, tuple[str, ...]]:
    given: Any = json.loads(line)
    if not isinstance(given, dict) or not isinstance(given.get("text"), str):
        raise ValueError("no object with a text")
    issued_on, region = given.get("issued_on"), given.get("region") or ()
    return given["text"], date.fromisoformat(issued_on) if issued_on else None, (region,) if isinstance(region, str) else tuple(map(str, region))
