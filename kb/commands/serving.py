"""`kb serve`: the web assistant on localhost."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib.util import find_spec
from typing import Annotated

import typer

from kb.commands.options import DbOption, OverlayOption, open_base
from kb.errors import KbError


def serve(
    port: Annotated[int, typer.Option("--port", min=1, max=65535, help="The port on 127.0.0.1.")] = 8501,
    overlay: OverlayOption = None,
    db: DbOption = None,
) -> None:
    """Open the web assistant on this machine.

    Example: kb serve --port 8501
    """
    if find_spec("streamlit") is None:
        raise KbError("kb serve", "streamlit is not installed", 'install it with: pip install "notice-kb[ui]"')
    app = find_spec("app")
    if app is None or app.origin is None:
        raise KbError("kb serve", "app.py is not installed", "install notice-kb again")
    with open_base(db) as store:  # says at once what is wrong with the base
        environment = os.environ | {"KB_DB": str(store.path.absolute())}
    if overlay is not None:
        environment["KB_OVERLAY"] = str(overlay.absolute())
    options = ["--server.address", "127.0.0.1", "--server.port", str(port), "--server.headless", "true", "--browser.gatherUsageStats", "false", "--server.fileWatcherType", "none", "--client.toolbarMode", "minimal"]
    sys.stderr.write(f"http://127.0.0.1:{port}  (Ctrl+C ends it)\n")
    done = subprocess.run([sys.executable, "-m", "streamlit", "run", app.origin, *options], env=environment, check=False)
    raise typer.Exit(0 if done.returncode in (0, -2, 130) else 1)
