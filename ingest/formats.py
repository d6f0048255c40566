"""What a file is: told by its first bytes, since names lie; which reader reads it."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from pathlib import Path

from ingest.errors import IngestError
from ingest.readers.mhtml import is_mhtml

# Format, as `Document.format` names it, to the module of ingest.readers whose `read_lines(data, path, limits)` reads it.
READERS = {"text": "text", "markdown": "text", "docx": "docx", "pdf": "pdf", "ofd": "ofd", "image": "image"}
READERS |= {"xlsx": "xlsx", "doc": "office", "rtf": "office", "wordml": "office", "works": "office", "xls": "office", "xlsb": "office"}
READERS["html"] = "html"
READ = "TXT, MD, DOCX, DOC, WPS, RTF, XLSX, XLS, PDF, OFD, web pages, pictures and ZIP archives of them are read"
# Endings of files that a folder is searched for; what a file is, its bytes say.
SUFFIXES = {".txt": "text", ".text": "text", ".md": "markdown", ".markdown": "markdown", ".docx": "docx", ".pdf": "pdf", ".ofd": "ofd"}
SUFFIXES |= dict.fromkeys((".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp", ".gif", ".webp"), "image")
SUFFIXES |= {".docm": "docx", ".dotx": "docx", ".doc": "doc", ".dot": "doc", ".wps": "doc", ".rtf": "rtf", ".xlsx": "xlsx", ".xlsm": "xlsx", ".xls": "xls", ".et": "xls", ".xlsb": "xlsb"}
SUFFIXES |= dict.fromkeys((".html", ".htm", ".xhtml", ".shtml", ".mht", ".mhtml"), "html")
SUFFIXES[".zip"] = "archive"  # read by ingest.archives, its members by their readers
_MAGIC = (
    (b"%PDF-", "pdf"),
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
    (b"{\\rtf", "rtf"),
    (b"\x89PNG", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"II*\x00", "image"),
    (b"MM\x00*", "image"),
    (b"II+\x00", "image"),
    (b"MM\x00+", "image"),
    (b"BM", "bitmap"),
    (b"RIFF", "riff"),
    (b"\x1f\x8b", "compressed"),
    (b"7z\xbc\xaf", "7z"),
    (b"Rar!", "rar"),
    (b"BZh", "compressed"),
    (b"\xfd7zXZ", "compressed"),
    (b"MSCF", "cab"),
)
_NAMES = {"ole": "a file of an old program", "ppt": "a slide show", "xml": "an XML file"}
_PACKED = {"compressed": "a compressed file", "7z": "a 7z archive", "rar": "a RAR archive", "tar": "a TAR archive", "cab": "a cabinet archive"}
_PAGE = re.compile(r"(?:\s|<!--.*?-->|<\?.*?\?>)*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL)


def sniff(name: str, data: bytes) -> str:
    """The format of a file's bytes; the ending only tells text from markdown. `IngestError` where it is encrypted or damaged."""
    if data[257:262] == b"ustar":
        return "tar"
    head = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")
    found = next((kind for magic, kind in _MAGIC if head.startswith(magic)), None)
    if found == "bitmap":
        found = "image" if b"\x00" in data[:64] else None
    if found == "riff":
        found = "image" if data[8:12] == b"WEBP" else None
    if found == "zip":
        return _zip_kind(name, data)
    if found == "ole":
        return _ole_kind(name, data)
    if found is not None:
        return found
    if head.startswith(b"<?xml") and b'progid="Word.Document"' in head:
        return "wordml"  # Word 2003 XML and the flat form of DOCX, often named .doc
    declared = SUFFIXES.get(Path(name).suffix.lower(), "text")
    if declared == "html" or is_mhtml(data) or _PAGE.match(_opening(data)):
        return "html"
    if head.startswith(b"<?xml"):
        return "xml"
    return declared if declared in ("text", "markdown") else "text"


def _opening(data: bytes) -> str:
    """The first characters of a file as far as its tags go."""
    wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    return data[:8192].decode("utf-16" if wide else "latin-1", errors="replace").lstrip("\xef\xbb\xbf\ufeff")


def _ole_kind(name: str, data: bytes) -> str:
    """What a compound file (MS-CFB) holds, by the names of its streams."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise IngestError(name, "the document is encrypted; remove its password and add it again")
    streams = (("WordDocument", "doc"), ("Workbook", "xls"), ("Book", "xls"), ("PowerPoint Document", "ppt"), ("MatOST", "works"))
    held = [kind for stream, kind in streams if f"{stream}\0".encode("utf-16-le") in data]
    declared = SUFFIXES.get(Path(name).suffix.lower())
    return declared if declared in held else held[0] if held else "ole"


def _zip_kind(name: str, data: bytes) -> str:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as fault:
        raise IngestError(name, "the file is damaged; get it again or save it anew") from fault
    if "word/document.xml" in names:
        return "docx"
    if "xl/workbook.xml" in names or "xl/workbook.bin" in names:
        return "xlsx" if "xl/workbook.xml" in names else "xlsb"
    if any(n.lower().endswith("ofd.xml") for n in names):
        return "ofd"
    declared = SUFFIXES.get(Path(name).suffix.lower())
    return declared if declared in ("docx", "xlsx") and len(names) < 100 and "[Content_Types].xml" in names else "archive"


def reader_of(name: str, data: bytes) -> tuple[str, str]:
    """The format of a file and the module that reads it; `IngestError` where none does."""
    kind = sniff(name, data)
    if kind == "archive":
        raise IngestError(name, "this is an archive of files; add it with kb ingest, or give one of its files")
    if kind in _PACKED:
        raise IngestError(name, f"this is {_PACKED[kind]}, which is not read; unpack it and give its folder, or pack the files as ZIP")
    if kind not in READERS:
        raise IngestError(name, f"this is {_NAMES.get(kind, kind)}, which is not read yet; {READ}")
    return kind, READERS[kind]
