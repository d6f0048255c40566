"""`kb serve`: the web assistant, on this machine or behind sign-in on a network; `kb password`: who may sign in."""

from __future__ import annotations

import ipaddress
import os
import sys
from enum import StrEnum
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

import typer

from kb.commands.options import DbOption, OverlayOption, open_base
from kb.errors import KbError, UsageError

PasswordsOption = Annotated[Path | None, typer.Option("--passwords", envvar="KB_PASSWORDS", metavar="FILE", help="Who may sign in; made by kb password.")]


class RoleName(StrEnum):
    """What somebody who signs in may do."""

    reader = "reader"
    editor = "editor"


def serve(
    port: Annotated[int, typer.Option("--port", min=1, max=65535, help="The port.")] = 8501,
    host: Annotated[str, typer.Option("--host", metavar="ADDRESS", help="The address to listen on; beyond this machine only with --passwords.")] = "127.0.0.1",
    passwords: PasswordsOption = None,
    overlay: OverlayOption = None,
    db: DbOption = None,
) -> None:
    """Open the web assistant, for this machine alone or for an office network with sign-in.

    Example: kb serve --host 0.0.0.0 --passwords people.tsv
    """
    if find_spec("streamlit") is None:
        raise KbError("kb serve", "streamlit is not installed", 'install it with: pip install "notice-kb[ui]"')
    if find_spec("views.server") is None:
        raise KbError("kb serve", "the assistant's pages are not installed", "install notice-kb again")
    _check_sign_in(host, passwords)
    with open_base(db) as store:  # says at once what is wrong with the base
        os.environ["KB_DB"] = str(store.path.absolute())
    os.environ.pop("KB_PASSWORDS", None)
    if passwords is not None:
        os.environ["KB_PASSWORDS"] = str(passwords.absolute())
    if overlay is not None:
        os.environ["KB_OVERLAY"] = str(overlay.absolute())
    _check_port(host, port)
    sys.stderr.write(f"http://{f'[{host}]' if ':' in host else host}:{port}  (Ctrl+C ends it)\n")
    import_module("views.server").main(host, port)


def _check_port(host: str, port: int) -> None:
    """Refuse a port that somebody listens on already, or an address that this machine has not."""
    from socket import AF_INET, AF_INET6, SO_REUSEADDR, SOL_SOCKET, socket

    with socket(AF_INET6 if ":" in host else AF_INET) as probe:
        if os.name != "nt":  # there the option would let two servers have one port
            probe.setsockopt(SOL_SOCKET, SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise UsageError(f"{host}:{port}", f"cannot be listened on ({error.strerror or error})", "choose another with --port, or end what holds it") from error


def is_local(host: str) -> bool:
    """Whether an address is of this machine alone."""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _check_sign_in(host: str, passwords: Path | None) -> None:
    """Refuse to serve others without sign-in."""
    if passwords is not None:
        from kb.passwords import load_people

        if not load_people(passwords):
            raise UsageError(str(passwords), "names nobody who may sign in", "add somebody with: kb password NAME --role editor --file FILE")
    elif not is_local(host):
        raise UsageError(host, "serves other machines, which needs sign-in", "make a password file with kb password and name it with --passwords")


def password(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Who may sign in.", show_default=False)],
    file: Annotated[Path, typer.Option("--file", metavar="FILE", help="The password file; made when absent.", show_default=False)],
    role: Annotated[RoleName, typer.Option("--role", help="A reader looks and checks; an editor also adds, corrects and removes.")] = RoleName.reader,
    new: Annotated[str, typer.Option("--password", prompt="Password", hide_input=True, confirmation_prompt=True, help="Asked for when not given.", show_default=False)] = "",
) -> None:
    """Let somebody sign in to the assistant; only a hash of the password is kept.

    Example: kb password 王某 --role editor --file people.tsv
    """
    from kb.commands.output import say
    from kb.passwords import set_person

    set_person(file, name, role.value, new)
    say(f"{name}: {role.value}")
