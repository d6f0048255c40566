"""Addresses of pages and files on the web: fetched within limits, never from inside the own network unless allowed."""

from __future__ import annotations

import http.client
import io
import ipaddress
import re
import socket
import ssl
import time
import zlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from ingest.errors import IngestError
from ingest.limits import DEFAULT_LIMITS, Limits

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

MOST_REDIRECTS = 5
STALL = 60  # seconds without a byte, after which a site is taken to be gone
CHUNK = 1 << 16
_AGENT = "Mozilla/5.0 (compatible; notice-kb)"  # sites of offices turn away names that no browser bears
_TURNED_AWAY = {401, 403, 405, 412, 429, 521}
_REFRESH = re.compile(rb"""<meta[^>]{0,80}http-equiv\s*=\s*["']?refresh["']?[^>]{0,80}content\s*=\s*["']?\s*\d{1,2}\s*;\s*url\s*=\s*["']?([^"'>\s]{1,500})""", re.IGNORECASE)
_BY_HAND = "open it in a browser, save the page and give that file"


@dataclass(frozen=True, slots=True)
class Fetched:
    """What an address gave: its bytes, and the address it led to in the end."""

    address: str
    final: str
    data: bytes


def is_address(source: str) -> bool:
    """Whether a source is an address, of whatever kind, and no path."""
    return re.match(r"[A-Za-z][A-Za-z0-9+.\-]*://", source) is not None


def fetch(address: str, limits: Limits = DEFAULT_LIMITS, *, allow_private: bool = False) -> Fetched:
    """The bytes that an address gives; `IngestError` says what is wrong with one that cannot be had.

    The address that a name stands for is looked at when it is connected to, so that a name that changes its meaning in
    between leads nowhere. Redirections are followed and each is checked as the first.
    """
    visit = _Visit(address, limits, allow_private, time.monotonic() + limits.seconds)
    url = address.strip()
    for _ in range(MOST_REDIRECTS + 1):
        following, data = visit.get(url)
        if following is None:
            return Fetched(address, url, data)
        url = urljoin(url, following)
    raise IngestError(address, f"the site sends from one address to the next more than {MOST_REDIRECTS} times; {_BY_HAND}")


@dataclass(slots=True)
class _Visit:
    """One address with all it redirects to: what holds for each request of it."""

    address: str
    limits: Limits
    allow_private: bool
    deadline: float
    cookies: dict[str, dict[str, str]] = field(default_factory=dict)  # by host: some sites set one and ask again

    def fault(self, message: str) -> IngestError:
        return IngestError(self.address, message)

    def get(self, url: str) -> tuple[str | None, bytes]:
        """Where `url` sends to, if it does, else its bytes."""
        parts, host, port = self._parse(url)
        wire = self._connect(parts.scheme, host, port)
        kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
        connection = kind(host, port)
        connection.sock = wire
        try:
            connection.request("GET", _target(parts), headers=self._headers(host))
            response = connection.getresponse()
            for cookie in response.headers.get_all("Set-Cookie") or ():
                name, _, value = cookie.split(";")[0].partition("=")
                self.cookies.setdefault(host, {})[name.strip()] = value.strip()
            following = response.headers.get("Location") if response.status in (301, 302, 303, 307, 308) else None
            if following:
                return following.encode("latin-1", "replace").decode("utf-8", "replace").strip(), b""
            self._check(response)
            data = self._body(response)
        except TimeoutError as fault:
            raise self.fault(self._late()) from fault
        except (http.client.HTTPException, OSError, ValueError) as fault:
            raise self.fault(f"the site broke off or does not speak HTTP ({type(fault).__name__}); try again, or {_BY_HAND}") from fault
        finally:
            wire.drop()
        refresh = _REFRESH.search(data) if len(data) < 4096 else None
        return (refresh[1].decode("utf-8", "replace"), b"") if refresh else (None, data)

    def _late(self) -> str:
        if time.monotonic() >= self.deadline:
            return f"fetching it took longer than the limit of {self.limits.seconds} seconds; raise it with --max-seconds"
        return f"the site gave nothing for {STALL} seconds; try again later, or {_BY_HAND}"

    def _parse(self, url: str) -> tuple[SplitResult, str, int]:
        try:
            parts = urlsplit(url)
            host, port = parts.hostname, parts.port
            ascii_host = host if host and ":" in host else (host or "").encode("idna").decode("ascii")
        except (ValueError, UnicodeError) as fault:
            raise self.fault("this is no address; check it") from fault
        if parts.scheme not in ("http", "https"):
            raise self.fault(f"addresses of {parts.scheme or 'no'} scheme are not fetched; give one of http or https, or a file")
        if not ascii_host:
            raise self.fault("the address names no site; check it")
        if parts.username is not None:
            raise self.fault("the address holds a name or password, which would be stored with it; take it out")
        return parts, ascii_host, port or (443 if parts.scheme == "https" else 80)

    def _headers(self, host: str) -> dict[str, str]:
        headers = {"User-Agent": _AGENT, "Accept": "text/html,application/xhtml+xml,*/*;q=0.8", "Accept-Language": "zh-CN,zh;q=0.9", "Accept-Encoding": "identity", "Connection": "close"}
        kept = "; ".join(f"{name}={value}" for name, value in self.cookies.get(host, {}).items())
        return headers | ({"Cookie": kept} if kept and kept.isprintable() and kept.isascii() else {})

    def _connect(self, scheme: str, host: str, port: int) -> _Wire:
        """A connection to a host; only its addresses that may be reached are tried."""
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as fault:
            raise self.fault(f"no site of the name {host} is found; check the address and the network") from fault
        private, last = None, None
        for family, kind, protocol, _, place in found:
            if not self.allow_private and not is_public(str(place[0])):
                private = str(place[0])
                continue
            wire = _Wire(socket.socket(family, kind, protocol), self.deadline)
            try:
                wire.patient()
                wire.sock.connect(place)
                peer = str(wire.sock.getpeername()[0])
                if not self.allow_private and not is_public(peer):
                    private = peer
                    raise ConnectionError(peer)
                if scheme == "https":
                    wire.sock = ssl.create_default_context().wrap_socket(wire.sock, server_hostname=host)
                return wire
            except ssl.SSLCertVerificationError as fault:
                wire.drop()
                raise self.fault(f"the site's certificate cannot be trusted ({fault.verify_message}); {_BY_HAND}") from fault
            except OSError as fault:
                wire.drop()
                last = fault
        if private:
            raise self.fault(f"the address leads to {private}, inside your own network or computer; give --allow-private where you mean that")
        if isinstance(last, TimeoutError):
            raise self.fault(self._late())
        raise self.fault(f"the site {host} cannot be reached ({last}); try again later, or {_BY_HAND}")

    def _check(self, response: http.client.HTTPResponse) -> None:
        if response.status in _TURNED_AWAY:
            raise self.fault(f"the site turns programs away ({response.status} {response.reason}); {_BY_HAND}")
        if response.status >= 500:
            raise self.fault(f"the site has a fault of its own ({response.status} {response.reason}); try again later")
        if response.status != 200:
            raise self.fault(f"the site has no such page ({response.status} {response.reason}); check the address")
        if response.length is not None and response.length > self.limits.megabytes << 20:
            raise self.fault(self._too_large())

    def _too_large(self) -> str:
        return f"it has more than the limit of {self.limits.megabytes} MB; raise it with --max-megabytes"

    def _body(self, response: http.client.HTTPResponse) -> bytes:
        """The bytes of an answer, unpacked where the site packed them unasked."""
        most = self.limits.megabytes << 20
        packed = response.headers.get("Content-Encoding", "identity").strip().lower()
        unpack = zlib.decompressobj(zlib.MAX_WBITS | 32) if packed in ("gzip", "x-gzip", "deflate") else None
        data = bytearray()
        while part := response.read(CHUNK):
            try:
                data += unpack.decompress(part, most + 1 - len(data)) if unpack else part
            except zlib.error as fault:
                raise http.client.HTTPException("packed") from fault
            if len(data) > most:
                raise self.fault(self._too_large())
        if response.length:
            raise http.client.IncompleteRead(bytes(data[:0]))
        return bytes(data)


class _Wire:
    """A socket that gives up at the deadline of the whole, as `http.client` uses sockets."""

    def __init__(self, sock: socket.socket, deadline: float) -> None:
        self.sock = sock
        self.deadline = deadline

    def patient(self) -> None:
        """Wait for the next bytes no longer than is left."""
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError
        self.sock.settimeout(min(left, STALL))

    def sendall(self, data: bytes) -> None:
        self.patient()
        self.sock.sendall(data)

    def makefile(self, mode: str) -> io.BufferedReader:
        return io.BufferedReader(_Stream(self))

    def close(self) -> None:
        """Nothing yet: `http.client` closes before the answer is read."""

    def drop(self) -> None:
        """End the connection."""
        self.sock.close()


class _Stream(io.RawIOBase):
    """The bytes that come over a wire."""

    def __init__(self, wire: _Wire) -> None:
        self.wire = wire

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        self.wire.patient()
        return self.wire.sock.recv_into(buffer)


def is_public(address: str) -> bool:
    """Whether an IP address is one of the public net; those that carry another inside are what they carry.

    >>> is_public("10.0.0.1"), is_public("::ffff:127.0.0.1"), is_public("64:ff9b::a00:1"), is_public("1.1.1.1")
    (False, False, False, True)
    """
    ip = ipaddress.ip_address(address.split("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if inner is None and ip in ipaddress.ip_network("64:ff9b::/96"):
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
    return ip.is_global and not ip.is_multicast


def _target(parts: SplitResult) -> str:
    """The path and query of an address as they are asked for, characters outside ASCII as UTF-8."""
    safe = "/%:@!$&'()*+,;=~-._?"
    return quote(parts.path or "/", safe=safe) + (f"?{quote(parts.query, safe=safe)}" if parts.query else "")
