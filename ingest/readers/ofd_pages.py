"""The documents, pages, templates and resources of an OFD package (GB/T 33190 §7, §8)."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from ingest.errors import IngestError
from ingest.limits import Limits
from ingest.readers.ofd_package import Package, attribute, child, children, key_of, local, locate, numbers, parse, words

Area = tuple[float, float, float, float]  # x, y, width, height in millimetres
A4: Area = (0.0, 0.0, 210.0, 297.0)
_LARGEST = 20_000.0  # millimetres; a page that claims more is damaged
_LONGEST = 100  # characters of a name in a message


@dataclass(frozen=True, slots=True)
class Resources:
    """What pages refer to by number: fonts' names, pictures' parts, compound drawings."""

    fonts: dict[str, str] = field(default_factory=dict)
    media: dict[str, str] = field(default_factory=dict)
    drawings: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class OfdPage:
    """A page in the order of its document: its area, and its layers of content from back to front."""

    number: int  # from 1, over all documents of the file
    area: Area
    contents: tuple[tuple[Any, bool], ...]  # element, whether it comes from a template
    resources: Resources
    fault: str | None = None  # why there is nothing of it


def find_documents(package: Package) -> list[str]:
    """The parts that are documents, in the order of OFD.xml; of several versions of one, that marked as current."""
    entry = parse(package, key_of(posixpath.join(package.root, "OFD.xml")))
    found = []
    for body in children(entry, "DocBody"):
        key = locate(package, words(child(body, "DocRoot")), package.root)
        for version in children(child(body, "Versions"), "Version"):
            if (attribute(version, "Current") or "").lower() in ("true", "1"):
                at = locate(package, attribute(version, "BaseLoc") or "", package.root)
                listed = parse(package, at)
                root = locate(package, words(child(listed, "DocRoot")), posixpath.dirname(at or ""), package.root) if listed is not None else None
                key = root or key
        if key is not None:
            found.append(key)
    return found or sorted(key for key in package.members if posixpath.basename(key) == "document.xml")


def warnings_of(package: Package, documents: list[str]) -> list[str]:
    """What a person must know of the file beside its pages: signatures, attachments."""
    warned = []
    entry = parse(package, key_of(posixpath.join(package.root, "OFD.xml")))
    if any(_is_signed(package, body) for body in children(entry, "DocBody")):
        warned.append("signed, the signature was not checked")
    names = []
    for key in documents:
        at = locate(package, words(child(parse(package, key), "Attachments")), posixpath.dirname(key))
        for attachment in children(parse(package, at), "Attachment"):
            file = posixpath.basename(words(child(attachment, "FileLoc")).replace("\\", "/"))
            name = (attribute(attachment, "Name") or file)[:_LONGEST]
            kind = (attribute(attachment, "Format") or posixpath.splitext(file)[1].lstrip(".")).lower()
            names.append(name if not kind or name.lower().endswith("." + kind) else f"{name}.{kind}")
    if names:
        shown = ", ".join(names[:5]) + (f" and {len(names) - 5} more" if len(names) > 5 else "")
        warned.append(f"attached inside and not read: {shown}")
    return warned


def _is_signed(package: Package, body: Any) -> bool:
    """Whether a document has signatures or seals; where their list cannot be read, it has."""
    named = child(body, "Signatures")
    if named is None:
        return False
    try:
        listed = parse(package, locate(package, words(named), package.root))
    except IngestError:
        return True
    return listed is None or child(listed, "Signature") is not None


def _area(*holders: Any) -> Area:
    """The page's physical box: the page's own, else its document's."""
    for holder in holders:
        for name in ("PhysicalBox", "ApplicationBox", "CropBox"):
            box = numbers(words(child(holder, name)))
            if len(box) == 4 and 1 <= box[2] <= _LARGEST and 1 <= box[3] <= _LARGEST:
                return (box[0], box[1], box[2], box[3])
    return A4


def _add_resources(package: Package, location: str, folders: tuple[str, ...], known: Resources) -> None:
    key = locate(package, location, *folders)
    root = parse(package, key)
    if key is None or root is None:
        return
    folder = posixpath.dirname(key)
    base = posixpath.join(folder, (attribute(root, "BaseLoc") or "").replace("\\", "/").strip("/"))
    for group in root:
        for item in group:
            number, kind = attribute(item, "ID") or "", local(item)
            if kind == "Font":
                name = f"{attribute(item, 'FontName') or ''} {attribute(item, 'FamilyName') or ''}"
                known.fonts[number] = name + (" Bold" if (attribute(item, "Bold") or "").lower() in ("true", "1") else "")
            elif kind == "MultiMedia":
                part = locate(package, words(child(item, "MediaFile")), base, folder, *folders)
                if part is not None:
                    known.media[number] = part
            elif kind == "CompositeGraphicUnit":
                known.drawings[number] = item


def _resources(package: Package, holder: Any, folders: tuple[str, ...], known: Resources | None = None) -> Resources:
    """The resources that a document or page names, those of its document with them."""
    own = Resources(dict(known.fonts), dict(known.media), dict(known.drawings)) if known else Resources()
    for element in children(holder, "PublicRes", "DocumentRes", "PageRes"):
        _add_resources(package, words(element), folders, own)
    return own


def _page_parts(package: Package, document: Any, folder: str) -> list[tuple[str | None, str]]:
    """The parts of a document's pages in its own order, each with the location it was given."""
    listed = [attribute(page, "BaseLoc") or "" for page in children(child(document, "Pages"), "Page")]
    if listed:
        return [(locate(package, location, folder), location) for location in listed]
    numbered = [(int(match[1]), key) for key in package.members if key.startswith(folder) and (match := re.search(r"page_?(\d+)/content\.xml$", key))]
    return [(key, key) for _, key in sorted(numbered)]


def find_pages(package: Package, documents: list[str], limits: Limits) -> Iterator[OfdPage]:
    """The pages of all documents in their order; one that is missing or damaged stands in its place with what is wrong."""
    number = 0
    for key in documents:
        folder = posixpath.dirname(key)
        document = parse(package, key)
        common = child(document, "CommonData")
        resources = _resources(package, common, (folder,))
        templates: dict[str, Any] = {}
        for template in children(common, "TemplatePage"):
            templates[attribute(template, "ID") or ""] = parse(package, locate(package, attribute(template, "BaseLoc") or "", folder))
        parts = _page_parts(package, document, folder)
        if number + len(parts) > limits.pages:
            raise IngestError(package.path, f"it has {number + len(parts)} pages, more than the limit of {limits.pages}; raise it with --max-pages")
        for part, location in parts:
            number += 1
            root = parse(package, part)
            area = _area(child(root, "Area"), child(common, "PageArea"))
            if root is None:
                wrong = "is missing in the file" if part is None else "is damaged"
                yield OfdPage(number, area, (), resources, f"page {number} ({location[:_LONGEST]}) {wrong} and was not read")
                continue
            own = _resources(package, root, (posixpath.dirname(part or ""), folder), resources) if child(root, "PageRes") is not None else resources
            yield OfdPage(number, area, _contents(root, templates), own)


def _contents(root: Any, templates: dict[str, Any]) -> tuple[tuple[Any, bool], ...]:
    """The content of a page between its templates behind and before it (背景, 前景)."""
    behind: list[tuple[Any, bool]] = []
    before: list[tuple[Any, bool]] = []
    for used in children(root, "Template"):
        template = templates.get(attribute(used, "TemplateID") or "")
        if template is not None:
            (before if attribute(used, "ZOrder") == "Foreground" else behind).append((template, True))
    return (*behind, (root, False), *before)
