"""Bytes of a web page to its tree: whatever the encoding, however deep the tags, nothing outside opened."""

from __future__ import annotations

import codecs
import html
import re
from typing import Any

from ingest.errors import IngestError, check_memory

MOST_TAGS = 3_000_000  # a page of more costs gigabytes as a tree; its text is read without one
_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_DECLARED = re.compile(rb"""charset\s*=\s*["']?\s*([a-z0-9_\-]{2,30})|<\?xml[^>]{0,80}encoding\s*=\s*["']([a-z0-9_\-]{2,30})""", re.IGNORECASE)
# What a page declares and what browsers read it as (WHATWG Encoding Standard): names of a set for those of its extension.
_ALIASES = {"gb2312": "gb18030", "gbk": "gb18030", "gb_2312-80": "gb18030", "x-gbk": "gb18030", "cp936": "gb18030", "big5": "big5hkscs", "utf8": "utf-8", "unicode": "utf-16"}
_WESTERN = {"iso8859-1", "cp1252", "ascii"}  # declared by editors that did not know better
BROKEN = 0.005  # of the characters outside ASCII may be broken: pages are cut and joined by bytes
_INLINE = re.compile(r"</?(?:font|span|b|i|u|em|strong|a|big|small|o:p|st1:\w+)\b[^<>]{0,2000}>", re.IGNORECASE)
_UNSEEN = re.compile(r"<(script|style|template|noscript)\b[^>]*>.*?</\1\s*>|<!--.*?-->", re.IGNORECASE | re.DOTALL)
_LINE_TAG = re.compile(r"<(?:br|/?(?:p|div|tr|li|h[1-6]|table|td))\b[^<>]{0,2000}>", re.IGNORECASE)
_TAG = re.compile(r"<[/!?a-zA-Z][^<>]{0,2000}>")


def decode(data: bytes, path: str) -> str:
    """The text of a page: by its mark, as UTF-8 where it is that, as declared, else as GB18030.

    The declaration comes second, since many pages of older sites declare gb2312 and are UTF-8, or the other way round.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data.decode(encoding, errors="replace")
    found = _DECLARED.search(data[:8192])
    declared = _codec((found[1] or found[2]).decode("ascii").lower()) if found else None
    names = list(dict.fromkeys(name for name in ("utf-8", declared, "gb18030") if name))
    texts = {}
    for name in names:
        texts[name] = text = data.decode(name, errors="replace")
        if _broken(text) <= BROKEN:
            return text
    best = min(names, key=lambda name: _broken(texts[name]))
    if _broken(texts[best]) > 0.2:
        raise IngestError(path, "the characters of this page cannot be told, it may be no web page; save it again from the browser")
    return texts[best]


def _codec(name: str) -> str | None:
    """The codec of a declared name; None where there is none, or where it cannot hold Chinese."""
    try:
        codec = codecs.lookup(_ALIASES.get(name, name))
    except LookupError:
        return None
    usable = codec.name not in _WESTERN and codec.name not in ("hex", "base64", "zlib", "bz2", "quopri", "uu", "rot13") and not codec.name.startswith("utf-16")
    return codec.name if usable else None


def _broken(text: str) -> float:
    """Which share of the characters outside ASCII is none."""
    wide = len(text) - len(text.encode("ascii", "ignore"))
    bad = text.count("\ufffd") + len(re.findall("[\ue000-\uf8ff]", text))  # GB18030 gives private characters for what is none
    return bad / wide if wide else 0.0


def parse(text: str) -> tuple[Any, bool]:
    """The tree of a page, and whether its tags had to be given up: nested or so many that only the words are kept."""
    text = text.replace("\0", "")
    if text.count("<") <= MOST_TAGS:
        tree = _strict(text) if re.match(r"\s*<\?xml\b", text) else None
        tree = _tree(text) if tree is None else tree
        if tree is not None:
            return tree, False
        tree = _tree(_INLINE.sub("", text))  # fonts opened and never closed pile up on pages made by hand
        if tree is not None:
            return tree, False
    words = _TAG.sub("", _LINE_TAG.sub("\n", _UNSEEN.sub("", text)))
    lines = (html.escape(html.unescape(line)) for line in words.split("\n") if line.strip())
    return _tree("<body>" + "".join(f"<p>{line}" for line in lines)), True


def _tree(text: str) -> Any:
    """The tree of HTML, mended as browsers mend it; None where it is nested deeper than libxml2 goes (2048)."""
    from lxml import etree

    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, no_network=True, remove_pis=True, remove_comments=True)
    try:
        root = etree.fromstring(text.encode("utf-8", "replace") or b" ", parser=parser)
    except (etree.XMLSyntaxError, ValueError) as fault:
        check_memory(fault)
        return etree.Element("html")
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        return None
    return etree.Element("html") if root is None else root


def _strict(text: str) -> Any:
    """The tree of XHTML that is well-formed, its names without namespace; None where it is not: then it is read as HTML."""
    from lxml import etree

    bare = re.sub(r"^\s*<\?xml[^>]*\?>|<!DOCTYPE[^>\[]*(?:\[.*?\]\s*)?>", "", text[:20000], flags=re.DOTALL | re.IGNORECASE) + text[20000:]
    known = {"lt", "gt", "amp", "quot", "apos"}
    bare = re.sub(r"&([A-Za-z]{2,10});", lambda m: m[0] if m[1] in known else html.unescape(m[0]), bare)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_pis=True, remove_comments=True, encoding="utf-8")
    try:
        root = etree.fromstring(bare.strip().encode("utf-8", "replace"), parser=parser)
    except (etree.XMLSyntaxError, ValueError) as fault:
        check_memory(fault)
        return None
    for element in root.iter(etree.Element):
        element.tag = etree.QName(element).localname.lower()
    return root if root.tag == "html" else None
