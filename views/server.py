"""The server of the assistant: Streamlit behind the gate, told to fetch nothing and to let pages fetch nothing.

    python -m views.server ADDRESS PORT

`kb serve` starts it, in its own process. The base, the overlay and the password file are named in $KB_DB, $KB_OVERLAY and $KB_PASSWORDS.
"""

from __future__ import annotations

import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

from views.heap import set_apart
from views.look import theme_options
from views.signin import Application, Gate, Message, Receive, Send, guarded
from views.warming import begin

# Pages may load what this server gives and nothing else, whatever a notice says; charts and components are compiled in the page.
_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
    "font-src 'self' data:; connect-src 'self' ws: wss:; worker-src 'self' blob:; frame-src 'self' blob:; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
)
_HEADERS = [(b"content-security-policy", _POLICY.encode()), (b"x-content-type-options", b"nosniff"), (b"referrer-policy", b"same-origin")]
LOCAL = ("127.0.0.1", "localhost", "[::1]", "::1", "testserver")
MEGABYTES = 200  # of one uploaded file, as the readers' own limit


class Fence:
    """Gives every answer the headers that keep pages to this server; where it is for this machine alone, no other name reaches it."""

    def __init__(self, app: Application) -> None:
        self.app = app

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """One request or socket (ASGI 3)."""
        if scope["type"] in ("http", "websocket") and guarded() is None and not _is_local(scope):
            await send({"type": "websocket.close", "code": 4403} if scope["type"] == "websocket" else {"type": "http.response.start", "status": 403, "headers": []})
            if scope["type"] == "http":
                await send({"type": "http.response.body", "body": b""})
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", []), *_HEADERS]
            await send(message)

        await self.app(scope, receive, with_headers)


def _is_local(scope: Message) -> bool:
    """Whether the browser asks for this machine by a local name: another site's name may be made to lead here."""
    host = next((value.decode("latin-1") for name, value in scope["headers"] if name == b"host"), "")
    name = host if host.endswith("]") or host.count(":") > 1 and not host.startswith("[") else host.rsplit(":", 1)[0]
    return name in LOCAL


def options(address: str, port: int) -> dict[str, Any]:
    """How Streamlit runs: nothing reported, nothing watched, nothing shown that is for developers."""
    return {
        "server.address": address,
        "server.port": port,
        "server.headless": True,
        "server.fileWatcherType": "none",
        "server.maxUploadSize": MEGABYTES,
        "browser.gatherUsageStats": False,
        "browser.serverAddress": address if address not in ("0.0.0.0", "::") else "localhost",
        "client.toolbarMode": "minimal",
        "client.showErrorDetails": "none",
        "logger.level": "error",
        "logger.hideWelcomeMessage": True,
        **theme_options(),
    }


def main(address: str, port: int) -> None:
    """Serve until stopped."""
    import streamlit as st
    from starlette.middleware import Middleware

    set_apart()
    script = Path(__file__).resolve().parent.parent / "app.py"
    begin()
    with suppress(KeyboardInterrupt):  # Ctrl+C is how it ends
        st.App(script, middleware=[Middleware(Fence), Middleware(Gate)]).run(config=options(address, port))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
