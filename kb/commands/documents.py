"""Commands about documents: ingest, documents, show, remove."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from ingest.limits import DEFAULT_LIMITS, Limits
from kb.commands.limits import with_limits
from kb.commands.options import DbOption, JsonOption, OverlayOption, open_base
from kb.commands.output import complain, say, show, show_json, show_list, width
from kb.errors import UnknownDocument

if TYPE_CHECKING:
    from extractors.mentions import Obligation
    from kb.store import Store

    StoredObligation = tuple[str, str, Obligation]  # id, document, obligation


@with_limits
def ingest(
    paths: Annotated[list[str], typer.Argument(metavar="PATH…", help="Files, folders (read recursively), ZIP archives, http(s) addresses, - for standard input.")],
    overlay: OverlayOption = None,
    again: Annotated[bool, typer.Option("--again", help="Read also what has not changed, with the rules of today.")] = False,
    allow_private: Annotated[bool, typer.Option("--allow-private", help="Fetch addresses of your own network too.")] = False,
    db: DbOption = None,
    limits: Limits = DEFAULT_LIMITS,
) -> None:
    """Read notices into the knowledge base.

    Example: kb ingest notices/ 方案.docx
    """
    from kb.ingestion import ingest_paths, prepare_search, use_overlay

    use_overlay(overlay)
    with open_base(db) as store, progress() as on_progress:
        counts = ingest_paths(store, paths, on_progress, complain, again, allow_private, limits)
        if on_progress:
            on_progress("preparing search …", 1, 1)
        prepare_search(store)
    for line in counts.passed_over:
        complain(line)
    say(str(counts))
    if counts.failures:
        raise typer.Exit(1)


@contextmanager
def progress() -> Iterator[Callable[[str, int, int], None] | None]:
    """A progress bar on a terminal, nothing elsewhere."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (BarColumn(), MofNCompleteColumn(), TextColumn("{task.description}", markup=False))
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None)

        def on_progress(source: str, place: int, total: int) -> None:
            bar.update(task, description=source, completed=place, total=total)

        yield on_progress


def documents(as_json: JsonOption = False, db: DbOption = None) -> None:
    """List the documents.

    Example: kb documents
    """
    with open_base(db) as store:
        found = store.documents()
        counts = store.obligations_by_document()
    if as_json:
        show_json(found)
        return
    from kb.export.lists import documents_list

    show_list(documents_list(found, counts, width()))


def show_document(
    name: Annotated[str, typer.Argument(metavar="DOC|ID", help="Id, 文号 (any brackets) or file name of a document, or an obligation's id.")],
    text: Annotated[bool, typer.Option("--text", help="Print the reading text that all offsets count in.")] = False,
    why: Annotated[bool, typer.Option("--why", help="Tell why: each mention's rule in words, its trigger, anchor, inheritance, renaming and confidence.")] = False,
    as_json: JsonOption = False,
    db: DbOption = None,
) -> None:
    """Show one document, its head and its structure, or one obligation; with --why where all of it comes from.

    Example: kb show 云政办〔2019〕16号 --why
    """
    with open_base(db) as store:
        stored = store.find_obligation(name)
        if stored is not None:
            _show_obligation(store, stored, why, as_json)
            return
        identity = store.find_document(name)
        if why:
            _show_why(store, identity, as_json)
            return
        if text:
            say(store.text(identity))
            return
        tree, [facts] = store.load(identity), store.documents([identity])
        count = store.obligations_by_document().get(identity, 0)
    from kb.records import structure_json

    if as_json:
        show_json(facts | {"structure": structure_json(tree)})
        return
    from kb.export.table import document_facts, document_outline

    show(document_facts(facts, count), document_outline(tree))


def _show_obligation(store: Store, stored: StoredObligation, why: bool, as_json: bool) -> None:
    """Print one obligation, with `why` where all of it comes from."""
    [found] = store.obligations([stored[0]])
    if why:
        from kb.why import why_obligation

        found |= {"why": why_obligation(store, stored)}
    if as_json:
        show_json(found)
    elif why:
        from kb.export.why_list import why_lines

        show_list(why_lines(found["why"]))
    else:
        from kb.export.lists import obligations_list

        show_list(obligations_list([found], store.summaries([found["document"]]), width()))


def _show_why(store: Store, identity: str, as_json: bool) -> None:
    """Print where all that was found in a document comes from."""
    from kb.why import why_document

    told = why_document(store, identity)
    if as_json:
        [facts] = store.documents([identity])
        show_json(facts | {"why": told})
        return
    from kb.export.why_list import document_why_lines

    show_list(document_why_lines(told))


def remove(
    names: Annotated[list[str], typer.Argument(metavar="DOC…", help="Ids, 文号 or file names; a ZIP archive stands for all that was read from it.")],
    db: DbOption = None,
) -> None:
    """Remove documents with all that was extracted from them.

    Example: kb remove 云政办〔2019〕16号
    """
    failed = False
    found = []
    with open_base(db) as store:
        for name in names:
            try:
                found.append(store.find_document(name))
                found.extend(store.parts_of(name))
            except UnknownDocument as error:
                members = store.members_of(name) if name.lower().endswith(".zip") else []
                found.extend(members)
                if not members:
                    complain(error)
                    failed = True
        removed = store.remove(found) if found else 0
    say(f"{removed} removed")
    if failed:
        raise typer.Exit(1)
