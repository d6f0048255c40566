"""What commands print: JSON and tables on standard output, messages on standard error."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from io import StringIO
from shutil import get_terminal_size
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

WIDTH = 100  # of tables that go into a file or pipe


def console() -> Console:
    """Standard output for tables: as wide as the terminal, 100 columns elsewhere."""
    from rich.console import Console

    return Console(highlight=False, markup=False, soft_wrap=False, width=None if sys.stdout.isatty() else WIDTH)


def show(*parts: RenderableType) -> None:
    """Print tables and lines."""
    out = console()
    for part in parts:
        out.print(part)


def plain_text(*parts: RenderableType) -> str:
    """Tables and lines as a text file holds them."""
    from rich.console import Console

    out = Console(highlight=False, markup=False, width=WIDTH, color_system=None, record=True, file=StringIO())
    for part in parts:
        out.print(part)
    return out.export_text()


def width() -> int:
    """How many columns a list may take."""
    return get_terminal_size((WIDTH, 24)).columns if sys.stdout.isatty() else WIDTH


def show_list(lines: Iterable[str]) -> None:
    """Print a long list as it comes."""
    for line in lines:
        sys.stdout.write(f"{line}\n")


def say(line: str) -> None:
    """One line as it is on standard output."""
    sys.stdout.write(line + "\n")


def complain(line: object) -> None:
    """One line on standard error."""
    sys.stdout.flush()
    words = " ".join(str(line).split())
    sys.stderr.write("".join(char if char.isprintable() else "?" for char in words) + "\n")


def show_json(value: Any) -> None:
    """A value as JSON for scripts and people."""
    from kb.export.json_lines import json_text

    say(json_text(value))


def show_lines(values: Iterable[Any]) -> None:
    """One object a line."""
    from kb.export.json_lines import json_line

    for value in values:
        say(json_line(value))
