"""Addresses: what a site may send, and what must never be asked."""

from __future__ import annotations

import gzip
import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from ingest import IngestError, read_all_bytes
from ingest.attachments import find_attachments, same_site
from ingest.limits import Limits
from ingest.web import MOST_REDIRECTS, fetch, is_address, is_public

PAGE = (
    '<!DOCTYPE html><html><head><meta charset="gbk"><title>云溪</title></head><body><ul><li><a href="/1/">首页</a></li><li><a href="/2/">政务公开</a></li><li><a href="/年报.pdf">年报</a></li></ul>'
    "<h1>云溪市关于开展排查的通知</h1><p>各街道办事处：</p><p>请各单位于2021年6月底前完成隐患排查，详见附件。</p>"
    '<p>附件：1.<a href="files/表.xlsx">任务分工表.xlsx</a></p><p>2.<a href="/down?id=3">工作方案.docx</a></p><p><a href="https://elsewhere.example/x.pdf">别处.pdf</a></p></body></html>'
).encode("gbk")


class Site(BaseHTTPRequestHandler):
    """A site of the fault named by the path."""

    def do_GET(self) -> None:
        path = self.path.split("?")[0].strip("/")
        answer = getattr(self, f"get_{path}", None)
        if answer:
            answer()
        elif path.isdigit():
            self.send(int(path), b"<html><body>x</body></html>")
        else:
            self.send(200, self.path.encode())

    def send(self, status: int, body: bytes, **headers: str) -> None:
        self.send_response(status)
        for name, value in {"Content_Length": str(len(body)), **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def get_page(self) -> None:
        self.send(200, PAGE)

    def get_moved(self) -> None:
        self.send(302, b"", Location="/page")

    def get_round(self) -> None:
        self.send(302, b"", Location="/round")

    def get_inside(self) -> None:
        self.send(301, b"", Location="file:///etc/passwd")

    def get_refresh(self) -> None:
        self.send(200, b'<html><head><meta http-equiv="refresh" content="0;url=/page"></head></html>')

    def get_cookie(self) -> None:
        if "seen=1" in self.headers.get("Cookie", ""):
            self.send(200, PAGE)
        else:
            self.send(302, b"", Location="/cookie", Set_Cookie="seen=1; Path=/")

    def get_packed(self) -> None:
        body = gzip.compress(PAGE)
        self.send(200, body, Content_Encoding="gzip")

    def get_bomb(self) -> None:
        self.send(200, gzip.compress(b"0" * (3 << 20)), Content_Encoding="gzip")

    def get_unpacked(self) -> None:
        self.send(200, b"no gzip", Content_Encoding="gzip")

    def get_large(self) -> None:
        self.send(200, b"0" * (2 << 20))

    def get_endless(self) -> None:
        self.send_response(200)
        self.end_headers()
        try:
            while True:
                self.wfile.write(b"0" * 65536)
        except OSError:
            self.close_connection = True

    def get_silent(self) -> None:
        self.server.finished.wait(20)  # type: ignore[attr-defined]

    def get_slow(self) -> None:
        try:
            while not self.server.finished.wait(0.05):  # type: ignore[attr-defined]
                self.wfile.write(b"H")
        except OSError:
            self.close_connection = True

    def get_short(self) -> None:
        self.send(200, b"<html>", Content_Length="5000")
        self.close_connection = True

    def get_noise(self) -> None:
        self.wfile.write(b"\x00\x01\x02\r\n\r\n")
        self.close_connection = True

    def log_message(self, format: str, *args: Any) -> None:
        """Silence."""


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    server.finished = threading.Event()  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.finished.set()  # type: ignore[attr-defined]
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("path", ["page", "moved", "refresh", "cookie", "packed"])
def test_a_page_is_fetched(site: str, path: str) -> None:
    found = fetch(f"{site}/{path}", allow_private=True)
    assert found.data == PAGE
    assert found.address == f"{site}/{path}"
    assert found.final == f"{site}/{'page' if path in ('moved', 'refresh') else path}"


def test_a_page_is_read_under_its_address(site: str) -> None:
    found = fetch(f"{site}/page", allow_private=True)
    [document] = read_all_bytes(found.address, found.data)
    assert document.source == f"{site}/page"
    assert document.head.title == "云溪市关于开展排查的通知"
    assert document.format == "html"


def test_characters_of_an_address_are_sent_as_utf_8(site: str) -> None:
    assert fetch(f"{site}/云溪 市?名=甲&b=%E4#x", allow_private=True).data == b"/%E4%BA%91%E6%BA%AA%20%E5%B8%82?%E5%90%8D=%E7%94%B2&b=%E4"


FAULTS = [
    ("404", "no such page.*404"),
    ("403", "turns programs away.*403"),
    ("412", "turns programs away.*412"),
    ("500", "fault of its own.*500"),
    ("round", f"more than {MOST_REDIRECTS} times"),
    ("inside", "file scheme"),
    ("large", "limit of 1 MB.*--max-megabytes"),
    ("endless", "limit of 1 MB"),
    ("bomb", "limit of 1 MB"),
    ("unpacked", "broke off"),
    ("short", "broke off"),
    ("noise", "broke off"),
    ("silent", "limit of 1 seconds.*--max-seconds"),
    ("slow", "limit of 1 seconds"),
]


@pytest.mark.parametrize(("path", "words"), FAULTS, ids=[path for path, _ in FAULTS])
def test_what_a_site_does_wrong_is_one_sentence(site: str, path: str, words: str) -> None:
    with pytest.raises(IngestError, match=words) as caught:
        fetch(f"{site}/{path}", Limits(megabytes=1, seconds=1), allow_private=True)
    assert "\n" not in str(caught.value)
    assert caught.value.path == f"{site}/{path}"


ADDRESSES = [
    ("ftp://yunxi.example/a", "ftp scheme"),
    ("file:///etc/passwd", "file scheme"),
    ("http://", "names no site"),
    ("http://[::1", "no address"),
    ("http://a:99999/", "no address"),
    ("http://" + "云" * 80 + ".example/", "no address"),
    ("http://name:word@yunxi.example/", "password"),
]


@pytest.mark.parametrize(("address", "words"), ADDRESSES)
def test_what_is_no_address_to_fetch(address: str, words: str) -> None:
    with pytest.raises(IngestError, match=words):
        fetch(address, Limits(seconds=2), allow_private=True)


def test_addresses_of_the_own_network_are_refused(site: str) -> None:
    port = site.rsplit(":", 1)[1]
    for host in ("127.0.0.1", "localhost", "0.0.0.0", "2130706433", "0x7f.1"):
        with pytest.raises(IngestError, match="--allow-private"):
            fetch(f"http://{host}:{port}/page")


def test_a_name_that_leads_inside_is_refused(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    real = socket.getaddrinfo
    monkeypatch.setattr(socket, "getaddrinfo", lambda host, port, **words: real("127.0.0.1", port, **words))
    with pytest.raises(IngestError, match=r"leads to 127\.0\.0\.1"):
        fetch(f"http://www.yunxi.example:{site.rsplit(':', 1)[1]}/page")


def test_the_address_connected_to_counts(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    port = int(site.rsplit(":", 1)[1])
    public = (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("1.1.1.1", port))
    connect = socket.socket.connect
    monkeypatch.setattr(socket, "getaddrinfo", lambda host, port, **words: [public])
    monkeypatch.setattr(socket.socket, "connect", lambda self, place: connect(self, ("127.0.0.1", port)))
    with pytest.raises(IngestError, match=r"leads to 127\.0\.0\.1"):
        fetch("http://www.yunxi.example/page")


def test_a_redirection_inside_is_refused(monkeypatch: pytest.MonkeyPatch, site: str) -> None:
    from ingest import web

    monkeypatch.setattr(web, "is_public", lambda address: address != "::1")
    monkeypatch.setattr(Site, "get_moved", lambda self: self.send(302, b"", Location="http://[::1]:1/"))
    with pytest.raises(IngestError, match="leads to ::1"):
        fetch(f"{site}/moved")


@pytest.mark.parametrize("address", ["127.0.0.1", "10.1.2.3", "192.168.0.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1", "240.0.0.1", "::1", "fe80::1%eth0", "fc00::1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::"])
def test_addresses_that_are_not_of_the_public_net(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["1.1.1.1", "2606:4700::1111", "64:ff9b::101:101"])
def test_addresses_of_the_public_net(address: str) -> None:
    assert is_public(address)


def test_attachments_are_those_of_the_notice_and_of_its_site() -> None:
    assert find_attachments(PAGE, "https://www.yunxi.example/a/b.html") == ["https://www.yunxi.example/a/files/表.xlsx", "https://www.yunxi.example/down?id=3"]


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", b"<html></html>", b"<html><a href='http://[x/1.pdf'>1.pdf</a></html>", b"<html><a href='javascript:get(1)'>1.pdf</a></html>"])
def test_no_attachments(data: bytes) -> None:
    assert find_attachments(data, "https://www.yunxi.example/") == []


def test_links_are_relative_to_the_base_of_the_page() -> None:
    page = "<html><head><base href='/files/'></head><body><p>云溪市关于开展排查的通知</p><p>请各单位完成排查。</p><p><a href='1.doc'>附件</a></p></body></html>".encode()
    assert find_attachments(page, "https://yunxi.example/a/") == ["https://yunxi.example/files/1.doc"]


def test_sites() -> None:
    assert same_site("http://yunxi.example/1", "https://www.yunxi.example:8443/2")
    assert not same_site("http://notyunxi.example/1", "https://yunxi.example/2")


def test_what_is_an_address() -> None:
    assert is_address("https://yunxi.example/") and is_address("ftp://x/")
    assert not is_address("通知.html") and not is_address("/tmp/a://b") and not is_address("C:\\a.html")
