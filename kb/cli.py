"""The command line: names the commands; each stands in kb/commands."""

from __future__ import annotations

import errno
import gc
import os
import sys
from typing import Annotated

import typer

from kb.commands import (
    applies,
    asking,
    checking,
    correct,
    doctor,
    documents,
    encoding,
    exports,
    extraction,
    finding,
    ledger,
    obligations,
    serving,
    versions,
)
from kb.commands.options import set_default_db
from kb.commands.output import complain
from kb.errors import KbError, UsageError

FULL = (errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC))  # no room, no larger file, no more of one's share
app = typer.Typer(
    name="kb",
    help="Government notices (公文) as obligations to find, trust and act on.\n\nExample: kb ingest notices/ && kb deadlines",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(asked: bool) -> None:
    if asked:
        from importlib.metadata import version

        sys.stdout.write(f"kb {version('notice-kb')}\n")
        raise typer.Exit()


@app.callback()
def start(
    db: Annotated[str | None, typer.Option("--db", metavar="FILE|URL", help="The knowledge base, for every command.")] = None,
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")] = False,
) -> None:
    """Government notices (公文) as obligations to find, trust and act on.

    Example: kb ingest notices/ && kb deadlines
    """
    set_default_db(db)


app.command("ingest")(documents.ingest)
app.command("documents")(documents.documents)
app.command("show")(documents.show_document)
app.command("remove")(documents.remove)
app.command("extract")(extraction.extract)
app.command("obligations")(obligations.obligations)
app.command("deadlines")(ledger.deadlines)
app.command("applies")(applies.applies)
app.command("correct")(correct.correct)
app.command("search")(finding.search)
app.command("embed")(encoding.embed)
app.command("ask")(asking.ask)
app.command("check")(checking.check)
app.command("diff")(versions.diff)
app.command("breakdown")(versions.breakdown)
app.add_typer(exports.export, name="export")
app.command("doctor")(doctor.doctor)
app.command("serve")(serving.serve)
app.command("password")(serving.password)


def main() -> None:
    """Run a command; whatever goes wrong, a person sees one line and what to do."""
    gc.set_threshold(100_000, 20, 20)  # starting makes many objects that stay: looking through them took a fifth of the time
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")  # a Windows console's own code page lacks 〔〕
    try:
        try:
            app()
        finally:
            sys.stdout.flush()  # so that a full disk is told below
    except UsageError as error:
        complain(error)
        sys.exit(2)
    except KbError as error:
        complain(error)
        sys.exit(1)
    except BrokenPipeError:
        _let_go()  # the reader (head, less) has seen enough
        sys.exit(1)
    except KeyboardInterrupt:
        complain("stopped; what was done is kept")
        sys.exit(130)
    except Exception as error:  # the last place where a traceback can be kept from a person
        if isinstance(error, OSError) and error.errno in FULL:
            _let_go()
            complain(f"{error.filename or 'kb'}: the disk is full: make room and run the command again; what was stored before is kept")
            sys.exit(1)
        if os.environ.get("KB_DEBUG"):
            raise
        complain(f"kb: {_words(error)}")
        sys.exit(1)


def _let_go() -> None:
    """What could not be printed is not tried again when the program ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _words(error: Exception) -> str:
    """Errors of the packages below speak for themselves; any other is a fault of ours."""
    if type(error).__module__.split(".")[0] in ("ingest", "extractors", "kb"):
        path = str(getattr(error, "path", "") or "")
        return f"{path}: {error}" if path and path not in str(error) else str(error)
    return f"a fault of the program ({type(error).__name__}: {error}): run it again with KB_DEBUG=1 and report what it prints"
