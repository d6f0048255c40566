"""Pages saved as one file (MHTML, RFC 2557): the HTML of the page among its pictures and frames."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from ingest.errors import IngestError

if TYPE_CHECKING:
    from email.message import Message

MOST_PARTS = 20_000
_ASCII = bytes(range(128))
_HEAD = re.compile(rb"\A(?:[A-Za-z][A-Za-z\-]{1,40}:[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*){1,40}", re.DOTALL)
_TYPE = re.compile(rb"^content-type:\s*(?:multipart/(?:related|mixed|alternative)|text/html)", re.IGNORECASE | re.MULTILINE)


def is_mhtml(data: bytes) -> bool:
    """Whether bytes begin with the head of a mail that holds a page."""
    head = _HEAD.match(data[:20000].lstrip(b"\xef\xbb\xbf\r\n"))
    return head is not None and _TYPE.search(head[0]) is not None


def page_of(data: bytes, path: str) -> tuple[bytes, str | None]:
    """The HTML of the saved page and the address it was saved from, if the file says; the longest HTML part where frames are saved too."""
    from email import message_from_bytes, policy  # needed for these files alone, and slow to load

    try:
        message = message_from_bytes(data.lstrip(b"\xef\xbb\xbf\r\n"), policy=policy.compat32)
        parts = list(islice(message.walk(), MOST_PARTS + 1))
        texts = [part for part in parts if part.get_content_type() in ("text/html", "application/xhtml+xml")]
        pages = [held for part in texts if (held := _bytes_of(part))]
    except (RecursionError, ValueError, LookupError) as fault:
        raise IngestError(path, "the file is damaged; save the page again from the browser") from fault
    if len(parts) > MOST_PARTS:
        raise IngestError(path, f"it holds more than {MOST_PARTS} parts; save the page again as HTML only")
    if not pages:
        raise IngestError(path, "the file holds no page; save it again from the browser")
    address = message.get("Snapshot-Content-Location") or next((part.get("Content-Location") for part in texts), None)
    return max(pages, key=_weight), str(address).strip() if address else None


def _bytes_of(part: Message) -> bytes:
    """The bytes of a part; one that declares UTF-16 or the like is given as UTF-8."""
    held = part.get_payload(decode=True)
    data = held if isinstance(held, bytes) else b""
    charset = (part.get_content_charset() or "").lower()
    return data.decode("utf-16", errors="replace").encode() if charset in ("utf-16", "unicode") and b"\x00" in data[:200] else data


def _weight(page: bytes) -> int:
    """How much of a page is words: bytes outside ASCII."""
    return len(page.translate(None, _ASCII))
