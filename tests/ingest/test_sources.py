"""Files found and told apart; every bad input is an `IngestError` that says what to do."""

from __future__ import annotations

import hashlib
import os
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from ingest import IngestError, count_unread, find_sources, read, read_bytes
from tests.ingest.samples import docx_bytes, pdf_bytes

NOTICE = "关于加强燃气安全的通知\n各街道办事处：\n要开展隐患排查。\n云溪市住房和城乡建设局\n2021年3月1日\n"


def zipped(name: str) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(name, "x")
    return buffer.getvalue()


BAD = [
    ("空.txt", b"", "empty"),
    ("空白.md", b" \n\n", "empty"),
    ("乱.txt", bytes(range(256)) * 40, "no text"),
    ("零.txt", b"\x00" * 500, "no text"),
    ("坏.pdf", b"%PDF-1.7\n%\xe2\xe3\ngarbage", "damaged"),
    ("坏.docx", b"PK\x03\x04garbage", "damaged"),
    ("旧.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x01" * 600, "old program"),
    ("密.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
    ("表.xlsx", zipped("xl/workbook.xml"), "damaged"),
    ("版.ofd", zipped("OFD.xml"), "OFD"),
    ("包.zip", zipped("a.txt"), "archive"),
    ("图.png", b"\x89PNG\r\n\x1a\n" + b"\x00" * 50, "picture"),
    ("页.html", b"<!DOCTYPE html><html><body></body></html>", "no text"),
    ("假.docx", zipped("word/document.xml"), "damaged"),
]


@pytest.mark.parametrize(("name", "data", "words"), BAD, ids=[row[0] for row in BAD])
def test_bad_input_is_one_sentence(name: str, data: bytes, words: str) -> None:
    with pytest.raises(IngestError, match=words) as caught:
        read_bytes(name, data)
    assert caught.value.path == name
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_text_in_any_encoding(encoding: str) -> None:
    document = read_bytes("通知.txt", NOTICE.encode(encoding))
    assert document.head.title == "关于加强燃气安全的通知"
    assert document.format == "text"


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_few_broken_bytes_do_not_make_a_text_unreadable(encoding: str) -> None:
    data = (NOTICE * 20).encode(encoding)
    assert read_bytes("通知.txt", data[:500] + b"\xff" + data[500:-2]).head.title == "关于加强燃气安全的通知"


def test_content_tells_the_format() -> None:
    assert read_bytes("通知.txt", pdf_bytes([NOTICE.splitlines()])).format == "pdf"
    assert read_bytes("通知.pdf", docx_bytes(NOTICE.splitlines())).format == "docx"
    assert read_bytes("通知.pdf", NOTICE.encode()).format == "text"
    assert read_bytes("通知.md", NOTICE.encode()).format == "markdown"


def test_document_knows_its_source(tmp_path: Path) -> None:
    path = tmp_path / "通知.txt"
    path.write_text(NOTICE, encoding="utf-8")
    document = read(path)
    assert (document.source, document.sha256) == (str(path), hashlib.sha256(path.read_bytes()).hexdigest())


def test_missing_folder_and_unreadable_files(tmp_path: Path) -> None:
    with pytest.raises(IngestError, match="no such file"):
        read(tmp_path / "无.txt")
    with pytest.raises(IngestError, match="folder"):
        read(tmp_path)
    with pytest.raises(IngestError, match="cannot be read"):
        read("a\x00b")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_forbidden_file(tmp_path: Path) -> None:
    path = tmp_path / "密.txt"
    path.write_text(NOTICE)
    path.chmod(0)
    with pytest.raises(IngestError, match="permissions"):
        read(path)


def test_find_sources_walks_folders_in_order(tmp_path: Path) -> None:
    for name in ("b.txt", "a/c.md", "a/d.PDF", "a/e.exe", ".hidden.txt", ".git/f.txt", "a/~$d.docx"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    found = [str(Path(name).relative_to(tmp_path)) for name in find_sources([tmp_path])]
    assert found == ["b.txt", str(Path("a/c.md")), str(Path("a/d.PDF"))]
    assert list(find_sources(["given.exe"])) == ["given.exe"]


def test_unread_files_of_a_folder_are_counted_by_their_endings(tmp_path: Path) -> None:
    for name in ("a.txt", "b.ppt", "c/d.PPT", "e.exe", "f", ".hidden.ppt", "~$b.ppt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    assert list(count_unread(tmp_path).items()) == [(".ppt", 2), ("", 1), (".exe", 1)]
    assert count_unread(tmp_path / "b.ppt") == {}
    assert count_unread("-") == {}


def test_encrypted_pdf() -> None:
    with pytest.raises(IngestError, match="encrypted"):
        read_bytes("密.pdf", pdf_bytes([["一、要求"]], password="secret"))


def test_pdf_without_text() -> None:
    with pytest.raises(IngestError, match="no text layer"):
        read_bytes("扫描.pdf", pdf_bytes([[]]))
