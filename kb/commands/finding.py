"""Commands that find and compare: search, check."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from ingest.limits import DEFAULT_LIMITS, Limits
from kb.commands.limits import with_limits
from kb.commands.options import (
    DbOption,
    DocumentOption,
    DueFromOption,
    DueToOption,
    EncoderOption,
    ExpiredOption,
    JsonOption,
    KindOption,
    LevelOption,
    OutputOption,
    OverlayOption,
    PartyOption,
    RegionOption,
    ReportFormat,
    RerankerOption,
    RoleOption,
    TextOption,
    UnitOption,
    choose_models,
    leave_out_lapsed,
    make_filters,
    open_base,
)
from kb.commands.output import complain, say, show, show_json, show_list, width
from kb.errors import UsageError


def search(
    query: Annotated[str, typer.Argument(metavar="QUERY", help="Words or a question.")],
    k: Annotated[int, typer.Option("-k", min=1, help="How many hits.")] = 10,
    unit: UnitOption = None,
    role: RoleOption = None,
    kind: KindOption = None,
    level: LevelOption = None,
    region: RegionOption = None,
    document: DocumentOption = None,
    party: PartyOption = None,
    due_from: DueFromOption = None,
    due_to: DueToOption = None,
    text: TextOption = None,
    include_expired: ExpiredOption = False,
    encoder: EncoderOption = None,
    reranker: RerankerOption = None,
    as_json: JsonOption = False,
    db: DbOption = None,
) -> None:
    """Find obligations by words and meaning.

    Example: kb search 食品抽检合格率 -k 5 --level county
    """
    from kb.embedding import serves
    from kb.search import search as find

    choose_models(encoder, reranker)
    with open_base(db) as store:
        if not serves(store):
            complain(f"{encoder}: this base is searched with the encoder it has vectors of; make those of this one with kb embed --encoder {encoder}")
        filters = make_filters(store, unit, role, kind, level, region, document, party, due_from, due_to, text, leave_out_lapsed(store, None, include_expired, document))
        found = find(store, query, k, filters or None)
    if as_json:
        show_json(found)
        return
    from kb.export.lists import hits_list

    show_list(hits_list(found["hits"], width()))
    say(f"{len(found['hits'])} hits")


@with_limits
def check(
    draft: Annotated[Path, typer.Argument(metavar="DRAFT", help="The plan to be checked; it is not stored.")],
    against: Annotated[list[str] | None, typer.Option("--against", metavar="DOC…", help="The documents to hold it against.", show_default="those above it with jurisdiction, on its subject")] = None,
    region: Annotated[str | None, typer.Option("--region", metavar="NAME", help="The draft's region, where the draft does not say it.")] = None,
    form: Annotated[ReportFormat | None, typer.Option("--format", help="What to print.", show_default="by --output's suffix, else table")] = None,
    output: OutputOption = None,
    overlay: OverlayOption = None,
    as_json: JsonOption = False,
    db: DbOption = None,
    limits: Limits = DEFAULT_LIMITS,
) -> None:
    """Hold a draft against the documents above it: what it misses, weakens or contradicts.

    Example: kb check 实施方案.docx --against 云政发〔2024〕3号 --output 对照.html
    """
    from kb.check import check as compare
    from kb.ingestion import use_overlay

    use_overlay(overlay)
    shown_as = ReportFormat.json if as_json else form or _format_of(output)
    with open_base(db) as store:
        chosen = [store.find_document(name) for name in against] if against else None
        report = compare(store, draft, chosen, region, limits=limits)
        summaries = store.summaries()
    if output is None and shown_as is ReportFormat.table:
        from kb.export.check_table import report_parts

        show(*report_parts(report, summaries))
    elif output is None and shown_as is ReportFormat.json:
        show_json(report)
    else:
        _write(report, summaries, shown_as, output)


def _format_of(output: Path | None) -> ReportFormat:
    suffix = output.suffix.lower().lstrip(".") if output else ""
    if suffix in ReportFormat.__members__:
        return ReportFormat(suffix)
    if suffix not in ("", "txt"):
        raise UsageError("--output", f"a report cannot be written as .{suffix}", "name a file that ends in .html, .json or .txt")
    return ReportFormat.table


def _write(report: dict[str, Any], summaries: Mapping[str, dict[str, Any]], chosen: ReportFormat, output: Path | None) -> None:
    from kb.export.files import write_out

    if chosen is ReportFormat.html:
        from kb.export.check_html import report_html

        text = report_html(report, summaries)
    elif chosen is ReportFormat.json:
        from kb.export.json_lines import json_text

        text = json_text(report) + "\n"
    else:
        from kb.commands.output import plain_text
        from kb.export.check_table import report_parts

        text = plain_text(*report_parts(report, summaries))
    write_out(text.encode(), output)
    if output is not None:
        complain(f"{output}: {len(report['findings'])} findings written")
