"""Options of the commands that read files: how much one file may cost."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import wraps
from typing import Annotated, Any, get_type_hints

import typer

from ingest.limits import DEFAULT_LIMITS, Limits

_OPTIONS = {
    "megabytes": "Megabytes of one file.",
    "pages": "Pages of one document.",
    "seconds": "Seconds to read one file, or one page of a scan.",
    "memory": "Megabytes of memory that reading may take.",
    "ratio": "How many times its size a packed file may unpack to.",
    "unpacked": "Megabytes that one archive or package may unpack to.",
    "members": "Files in one archive.",
    "nesting": "Archives inside archives.",
}


def with_limits(command: Callable[..., None]) -> Callable[..., None]:
    """A command with an option --max-… for each limit of reading; it is given them as `limits`."""

    @wraps(command)
    def limited(**given: Any) -> None:
        limits = Limits(**{field: given.pop(f"max_{field}") for field in _OPTIONS})
        command(**given, limits=limits)

    hints = get_type_hints(command, include_extras=True)  # Typer does not look behind names of another module
    own = [parameter.replace(annotation=hints[name]) for name, parameter in inspect.signature(command).parameters.items() if name != "limits"]
    options = [_option(field, words) for field, words in _OPTIONS.items()]
    known: Any = limited
    known.__signature__ = inspect.Signature([*own, *options])
    known.__annotations__ = {parameter.name: parameter.annotation for parameter in (*own, *options)}
    return limited


def _option(field: str, words: str) -> inspect.Parameter:
    """The option that sets one limit, as a parameter of a command."""
    kind = Annotated[int, typer.Option(f"--max-{field}", min=1, metavar="N", help=words, rich_help_panel="Limits of reading")]
    return inspect.Parameter(f"max_{field}", inspect.Parameter.KEYWORD_ONLY, default=getattr(DEFAULT_LIMITS, field), annotation=kind)
