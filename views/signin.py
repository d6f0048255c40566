"""Signing in (登录): who may reach the assistant over a network, and what each may change.

Nothing of the assistant is served before somebody signed in: the gate stands in front of all addresses, uploads and the
socket too. A signed-in browser holds a cookie that scripts cannot read, signed with a key of this run of the server.
"""

from __future__ import annotations

import os
import secrets
import time
from collections.abc import Awaitable, Callable, MutableMapping
from functools import lru_cache
from html import escape
from http.cookies import CookieError, SimpleCookie
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import streamlit as st

from kb.passwords import Person, Role, load_people, sign_in

COOKIE = "notice_kb_user"
SETTING = "KB_PASSWORDS"
_HOURS = 12
_TRIES, _WAIT = 5, 60.0  # wrong passwords of one name or address, and seconds until the next try
_LONGEST = 4096  # bytes of a form
_KEY = secrets.token_hex(32)
_failed: dict[str, list[float]] = {}
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Message, Receive, Send], Awaitable[None]]


def guarded() -> Path | None:
    """The password file of this server, None where it serves this machine alone."""
    named = os.environ.get(SETTING)
    return Path(named) if named else None


@lru_cache(maxsize=2)
def _people_of(path: Path, _changed: int) -> dict[str, Person]:
    return load_people(path)


def people() -> dict[str, Person]:
    """Everybody who may sign in, as the file is now."""
    path = guarded()
    return _people_of(path, path.stat().st_mtime_ns) if path else {}


def _signer() -> Any:
    from itsdangerous import TimestampSigner

    return TimestampSigner(_KEY, salt="sign-in")


def ticket(person: Person) -> str:
    """What the cookie of a signed-in person holds; a new password makes it worthless."""
    return str(_signer().sign(f"{person.name.encode().hex()}.{person.hashed[-16:]}").decode())


def holder(cookie: str | None) -> Person | None:
    """The person that a cookie is of, None where it is none of ours, too old, or the person is gone."""
    from itsdangerous import BadData

    try:
        name, _, mark = _signer().unsign(cookie or "", max_age=_HOURS * 3600).decode().partition(".")
        person = people().get(bytes.fromhex(name).decode())
    except (BadData, ValueError, OSError):
        return None
    return person if person and person.hashed[-16:] == mark else None


def role() -> Role:
    """What whoever looks at the page may do: on this machine alone, everything."""
    if guarded() is None:
        return "editor"
    person = holder(st.context.cookies.get(COOKIE))
    return person.role if person else "reader"


def user() -> str:
    """The name under which changes are kept."""
    person = holder(st.context.cookies.get(COOKIE)) if guarded() else None
    return person.name if person else "web"


def may_edit() -> bool:
    """Whether uploads, corrections and removals are allowed."""
    return role() == "editor"


def show_user() -> None:
    """The name of the person signed in, and the way out."""
    if guarded() is not None:
        from views.words import t

        st.text(user())
        st.html(f'<a href="./sign-out" target="_self">{escape(t("frame.sign_out"))}</a>')


class Gate:
    """In front of the whole server: passes whoever is signed in, shows the others a form."""

    def __init__(self, app: Application) -> None:
        self.app = app

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """One request or socket (ASGI 3)."""
        if scope["type"] not in ("http", "websocket") or guarded() is None:
            await self.app(scope, receive, send)
            return
        path, cookie = scope["path"], _cookie(scope)
        if scope["type"] == "http" and path == "/sign-in" and scope["method"] == "POST":
            await _answer_form(scope, receive, send)
        elif path == "/sign-out":
            await _go(send, "./sign-in", "")
        elif holder(cookie) is not None:
            await (_go(send, "./", None) if path == "/sign-in" else self.app(scope, receive, send))
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 4401})
        elif path == "/sign-in":
            await _form(send, 200)
        else:
            await _go(send, "/sign-in", None) if "html" in _header(scope, b"accept") else await _plain(send, 401)


def _header(scope: Message, name: bytes) -> str:
    return next((value.decode("latin-1") for key, value in scope["headers"] if key == name), "")


def _cookie(scope: Message) -> str | None:
    try:
        held = SimpleCookie(_header(scope, b"cookie"))
    except CookieError:
        return None
    return held[COOKIE].value if COOKIE in held else None


async def _answer_form(scope: Message, receive: Receive, send: Send) -> None:
    body, more = b"", True
    while more and len(body) <= _LONGEST:
        message = await receive()
        body, more = body + message.get("body", b""), message.get("more_body", False)
    fields = parse_qs(body[:_LONGEST].decode("utf-8", "replace"))
    name, password = (fields.get(key, [""])[0] for key in ("name", "password"))
    address = str((scope.get("client") or ("",))[0])
    if _must_wait(name, address):
        await _form(send, 429)
        return
    import asyncio

    person = await asyncio.to_thread(sign_in, people(), name, password)
    if person is None:
        for key in (f"n {name}", f"a {address}"):
            _failed.setdefault(key, []).append(time.monotonic())
        await _form(send, 403)
        return
    _failed.pop(f"n {name}", None)
    secure = "; Secure" if scope.get("scheme") == "https" else ""
    await _go(send, "./", f"{COOKIE}={ticket(person)}; HttpOnly; SameSite=Lax; Path=/; Max-Age={_HOURS * 3600}{secure}")


def _must_wait(name: str, address: str) -> bool:
    """Whether too many tries failed of late; old ones are forgotten."""
    now = time.monotonic()
    for key in list(_failed):
        _failed[key] = [at for at in _failed[key] if now - at < _WAIT]
        if not _failed[key]:
            del _failed[key]
    return len(_failed.get(f"n {name}", ())) >= _TRIES or len(_failed.get(f"a {address}", ())) >= 4 * _TRIES


async def _go(send: Send, where: str, cookie: str | None) -> None:
    headers = [(b"location", where.encode()), (b"cache-control", b"no-store")]
    if cookie is not None:
        headers.append((b"set-cookie", (cookie or f"{COOKIE}=; Path=/; Max-Age=0").encode()))
    await send({"type": "http.response.start", "status": 303, "headers": headers})
    await send({"type": "http.response.body", "body": b""})


async def _plain(send: Send, status: int) -> None:
    await send({"type": "http.response.start", "status": status, "headers": [(b"content-type", b"text/plain; charset=utf-8")]})
    await send({"type": "http.response.body", "body": "请先登录 Sign in first".encode()})


_SAID = {200: "", 403: "用户名或口令不对。Wrong name or password.", 429: "尝试次数过多，请一分钟后再试。Too many tries: wait a minute."}


async def _form(send: Send, status: int) -> None:
    page = f"""<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>公文事项库</title><style>
body{{font:16px/1.7 sans-serif;max-width:22em;margin:12vh auto;padding:0 1em;color-scheme:light dark}}h1{{font-size:1.4em;border-bottom:3px solid #1f4e79;padding-bottom:.3em}}
label{{display:block;margin:.8em 0 .2em}}input{{font:inherit;width:100%;box-sizing:border-box;padding:.35em}}button{{font:inherit;margin-top:1.2em;padding:.4em 1.6em}}p{{color:#b3261e}}</style></head>
<body><h1>公文事项库</h1><form method="post" action="sign-in"><label for="name">用户名 Name</label><input id="name" name="name" autocomplete="username" autofocus>
<label for="password">口令 Password</label><input id="password" name="password" type="password" autocomplete="current-password"><button>登录 Sign in</button></form><p role="alert">{escape(_SAID[status])}</p></body></html>"""
    headers = [(b"content-type", b"text/html; charset=utf-8"), (b"cache-control", b"no-store")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": page.encode()})
