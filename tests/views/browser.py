"""A browser and a server for the stories: the system's Chromium, a base of its own, and a watch on everything that is asked for."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.conftest import ROOT

CHROMIUM = next((found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None)
PICTURES = Path(os.environ.get("KB_SCREENSHOTS", ROOT / "artifacts" / "screenshots"))
WIDE, PHONE = {"width": 1280, "height": 720}, {"width": 390, "height": 844}


@contextmanager
def serving(base: Path, passwords: Path | None = None) -> Iterator[str]:
    """A server over a base; gives its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = os.environ | {"KB_DB": str(base), "KB_OVERLAY": str(ROOT / "corpus" / "overlay.toml"), "PYTHONPATH": str(ROOT)}
    environment.pop("KB_PASSWORDS", None)
    if passwords is not None:
        environment["KB_PASSWORDS"] = str(passwords)
    server = subprocess.Popen([sys.executable, "-m", "views.server", "127.0.0.1", str(port)], cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(600):
            try:
                urllib.request.urlopen(f"{address}/sign-in" if passwords else f"{address}/_stcore/health", timeout=5).close()
                break
            except OSError:
                time.sleep(0.1)
        yield address
    finally:
        server.terminate()
        server.wait()


@contextmanager
def browsing(address: str, size: dict[str, int] = WIDE, dark: bool = False) -> Iterator[Any]:
    """A page of a fresh browser; afterwards, whatever it asked for was asked of the server and nothing ran that should not."""
    from playwright.sync_api import sync_playwright

    asked: list[str] = []
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        context = browser.new_context(viewport=size, color_scheme="dark" if dark else "light", accept_downloads=True, locale="zh-CN")  # type: ignore[arg-type]
        context.set_default_timeout(120_000)
        page = context.new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.on("websocket", lambda opened: asked.append(opened.url))
        page.on("dialog", lambda dialog: asked.append(f"dialog {dialog.message}"))
        page.goto(address)
        settle(page)
        yield page
        browser.close()
    own = address.removeprefix("http://").split("/")[0]
    elsewhere = [url for url in asked if not url.startswith((f"http://{own}", f"ws://{own}", "data:", "blob:"))]
    assert not elsewhere, elsewhere[:5]


def settle(page: Any) -> None:
    """Wait until the page is drawn: the title stands, no script of the server runs, and nothing waits for its code."""
    page.wait_for_selector("h1")
    page.wait_for_function("() => !document.querySelector('[data-testid=stApp][data-test-script-state=running], [data-testid=stSkeleton]')")


def go(page: Any, name: str) -> None:
    """Choose a page in the bar at the top."""
    page.get_by_test_id("stTopNavLink").filter(has_text=name).first.click()
    page.wait_for_function("name => document.querySelector('h1')?.innerText.includes(name)", arg=name)
    settle(page)


def picture(page: Any, name: str) -> Path:
    """A screenshot, kept for whoever looks at the run."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    page.wait_for_timeout(600)
    page.screenshot(path=PICTURES / f"{name}.png")
    return PICTURES / f"{name}.png"


def choose(page: Any, label: str, option: str) -> None:
    """Choose from a list; a page that is drawn anew meanwhile closes it, so that it is tried again."""
    settle(page)
    for _ in range(8):
        page.get_by_label(label).first.click()
        found = page.get_by_role("option").filter(has_text=option).first
        page.wait_for_timeout(700)
        if found.count():
            found.click()
            return
        page.keyboard.press("Escape")
    raise LookupError(f"{label} does not offer {option}")
