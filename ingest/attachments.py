"""Files of a notice that its page links to (附件): those of the page's own site, to be read as sources of their own."""

from __future__ import annotations

from typing import Any
from urllib.parse import urldefrag, urljoin, urlsplit

from ingest.errors import IngestError
from ingest.formats import sniff

MOST_ATTACHMENTS = 50


def find_attachments(data: bytes, base: str) -> list[str]:
    """The addresses of the files that the page fetched from `base` links to in its notice or beside it; none where it is no page."""
    from ingest.readers import html_content, html_lines, html_source

    try:
        if sniff(base, data) != "html":
            return []
        root, _ = html_source.parse(html_source.decode(data, base))
    except IngestError:
        return []
    around = html_content.choose(root, html_lines.write(root)).around
    found = (_address(href, _base(root, base)) for entry in around for href in entry.files)
    own = {address: None for address in found if address and address != base and same_site(address, base)}
    return list(own)[:MOST_ATTACHMENTS]


def _base(root: Any, base: str) -> str:
    """What the page's links are relative to."""
    href: str = next((element.get("href") for element in root.iter("base") if element.get("href")), "")
    try:
        return urljoin(base, href.strip())
    except ValueError:
        return base


def _address(href: str, base: str) -> str | None:
    """The address that a link leads to; None where it is none of the web."""
    try:
        address = urldefrag(urljoin(base, "".join(href.split("\n")).strip())).url
        return address if urlsplit(address).scheme in ("http", "https") and urlsplit(address).hostname else None
    except ValueError:
        return None


def same_site(address: str, base: str) -> bool:
    """Whether two addresses are of one site: the same host, or one a part of the other.

    >>> same_site("https://file.yunxi.example/1.pdf", "http://www.yunxi.example/a.html")
    True
    >>> same_site("https://other.example/1.pdf", "http://www.yunxi.example/a.html")
    False
    """
    one, other = ((urlsplit(url).hostname or "").removeprefix("www.") for url in (address, base))
    return bool(one) and (one == other or one.endswith(f".{other}") or other.endswith(f".{one}"))
