"""Signing in: nothing passes the gate without it, readers change nothing, passwords are kept as hashes alone."""

from __future__ import annotations

import asyncio
import socket

import pytest

pytest.importorskip("streamlit")
from streamlit.testing.v1 import AppTest
from typer.testing import CliRunner

from kb.cli import app as commands
from kb.commands.serving import is_local
from kb.errors import KbError, UsageError
from kb.passwords import hash_password, is_password, load_people, set_person, sign_in
from tests.conftest import ROOT
from tests.views.bases import fill
from views import signin
from views.server import Fence


@pytest.fixture
def people(tmp_path, monkeypatch):
    path = tmp_path / "people.tsv"
    set_person(path, "王某", "reader", "correct horse")
    set_person(path, "李某", "editor", "battery staple")
    monkeypatch.setenv("KB_PASSWORDS", str(path))
    signin._failed.clear()
    return path


def ask(application, path="/", method="GET", kind="http", headers=(), body=b""):
    """What an ASGI application answers: the messages it sends."""
    sent = []

    async def receive():
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message):
        sent.append(message)

    scope = {"type": kind, "path": path, "method": method, "headers": [(b"host", b"127.0.0.1:8501"), *headers], "client": ("127.0.0.1", 1), "scheme": "http"}
    asyncio.run(application(scope, receive, send))
    return sent


async def inside(scope, receive, send):
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"inside"})


@pytest.mark.parametrize("path", ["/", "/_stcore/upload_file/x", "/media/x.png", "/ledger", "/_stcore/stream"])
def test_nobody_gets_behind_the_gate_without_signing_in(people, path):
    assert ask(signin.Gate(inside), path)[0]["status"] == 401
    assert ask(signin.Gate(inside), path, headers=[(b"accept", b"text/html")])[0]["status"] == 303
    assert ask(signin.Gate(inside), path, kind="websocket")[0] == {"type": "websocket.close", "code": 4401}


def test_the_right_password_gives_a_cookie_that_passes_until_it_is_changed(people):
    answer = ask(signin.Gate(inside), "/sign-in", "POST", body="name=李某&password=battery staple".encode())
    cookie = dict(answer[0]["headers"])[b"set-cookie"].split(b";")[0]
    assert b"HttpOnly" in dict(answer[0]["headers"])[b"set-cookie"]
    assert ask(signin.Gate(inside), headers=[(b"cookie", cookie)])[0]["status"] == 200
    assert ask(signin.Gate(inside), headers=[(b"cookie", cookie[:-2] + b"xx")])[0]["status"] == 401
    set_person(people, "李某", "editor", "another password")
    assert ask(signin.Gate(inside), headers=[(b"cookie", cookie)])[0]["status"] == 401


def test_wrong_passwords_are_refused_and_soon_have_to_wait(people):
    gate = signin.Gate(inside)
    answers = [ask(gate, "/sign-in", "POST", body="name=李某&password=guess".encode())[0]["status"] for _ in range(6)]
    assert answers == [403] * 5 + [429]


def test_a_reader_sees_no_way_to_change_anything(people, tmp_path, monkeypatch):
    monkeypatch.setenv("KB_DB", str(fill(tmp_path)))
    for page in ("library?view=upload", "source"):
        app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
        app.session_state["_go"] = page
        app.run()  # no cookie: the least role
        assert not app.exception
        assert not app.get("file_uploader") and not [box for box in app.selectbox if box.key == "correct_field"]


def test_a_password_file_holds_hashes_alone_and_only_its_owner_reads_it(people):
    text = people.read_text(encoding="utf-8")
    assert "battery" not in text and people.stat().st_mode & 0o077 == 0
    assert sign_in(load_people(people), "王某", "correct horse").role == "reader"
    assert sign_in(load_people(people), "王某", "battery staple") is None and sign_in(load_people(people), "nobody", "x") is None


@pytest.mark.parametrize("hashed", ["", "scrypt$x", "scrypt$1$1$1$00$00", "scrypt$16777216$8$1$00$00", "md5$1$2$3$4$5"])
def test_a_hash_that_is_none_is_nobodys_password(hashed):
    assert not is_password("x", hashed) and is_password("x", hash_password("x"))


def test_a_file_of_something_else_is_refused_in_words(tmp_path):
    path = tmp_path / "people.tsv"
    path.write_text("root:x:0:0\n", encoding="utf-8")
    with pytest.raises(KbError, match="is no line of a password file"):
        load_people(path)


@pytest.mark.parametrize("host, local", [("127.0.0.1", True), ("localhost", True), ("::1", True), ("0.0.0.0", False), ("192.168.1.5", False), ("office.example", False)])
def test_other_addresses_than_this_machines_need_sign_in(tmp_path, host, local):
    assert is_local(host) == local
    if not local:
        done = CliRunner().invoke(commands, ["serve", "--host", host, "--db", str(tmp_path / "kb.db")])
        assert done.exit_code and "sign-in" in f"{done.output}{done.exception}"


def test_a_port_that_is_taken_is_said_in_one_line(tmp_path):
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        held.listen()
        port = held.getsockname()[1]
        done = CliRunner().invoke(commands, ["serve", "--port", str(port), "--db", str(tmp_path / "kb.db")])
    assert isinstance(done.exception, UsageError) and str(port) in str(done.exception) and "--port" in str(done.exception)


@pytest.mark.parametrize("host, status", [(b"127.0.0.1:8501", 200), (b"localhost:8501", 200), (b"[::1]:8501", 200), (b"evil.example", 403), (b"127.0.0.1.evil.example:8501", 403)])
def test_without_sign_in_no_other_name_reaches_the_server(monkeypatch, host, status):
    monkeypatch.delenv("KB_PASSWORDS", raising=False)
    sent = []

    async def send(message):
        sent.append(message)

    asyncio.run(Fence(inside)({"type": "http", "path": "/", "headers": [(b"host", host)]}, None, send))
    assert sent[0]["status"] == status


def test_every_answer_keeps_pages_to_this_server(monkeypatch):
    monkeypatch.delenv("KB_PASSWORDS", raising=False)
    headers = dict(ask(Fence(inside))[0]["headers"])
    assert b"default-src 'self'" in headers[b"content-security-policy"] and headers[b"x-content-type-options"] == b"nosniff"
