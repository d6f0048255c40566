"""One call of `kb ingest` over files that no office sends: each costs one clear line, every other file is read."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil
import pytest

from kb.store import open_store
from tests.conftest import ROOT
from tests.ingest import hostile as h
from tests.ingest.samples import docx_bytes, pdf_bytes
from tests.ingest.zips import notice, zipped

pytestmark = pytest.mark.slow
SECRET = "此句只在机密文件中"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

REFUSED = {
    # encrypted
    "密.pdf": (pdf_bytes([["一、要求"]], password="secret"), "encrypted; remove its password"),
    "密.docx": (OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le"), "encrypted; remove its password"),
    "密.xlsx": (OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le"), "encrypted; remove its password"),
    "密.ofd": (h.encrypted_ofd(), "encrypted"),
    "密.zip": (h.encrypted_zip(), "encrypted; remove its password"),
    # cut short, empty, no such file
    "断.pdf": (b"%PDF-1.7\n1 0 obj\n<<", "damaged"),
    "断.docx": (h.truncated(h.WHOLE["docx"]), "damaged"),
    "断.xlsx": (h.truncated(h.WHOLE["xlsx"]), "damaged"),
    "断.ofd": (h.truncated(h.WHOLE["ofd"]), "damaged"),
    "断.zip": (h.truncated(h.WHOLE["zip"]), "damaged"),
    "断.doc": (OLE + bytes(600) + "WordDocument\0".encode("utf-16-le"), "damaged"),
    "断.png": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "damaged"),
    "断.mht": (b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n--x\r\n", "no page"),
    **{f"空{ending}": (b"", "the file is empty") for ending in (".txt", ".pdf", ".docx", ".ofd", ".html", ".zip", ".png", ".doc")},
    # what they are not
    "假.pdf": (zipped({"a.exe": b"x"}), "no file of a kind"),
    "假.docx": (b"7z\xbc\xaf\x27\x1c" + bytes(99), "7z archive"),
    "假.zip": (b"Rar!\x1a\x07" + bytes(99), "RAR archive"),
    "假.ofd": (bytes(range(256)) * 40, "no text"),
    "假.txt": (b"\x7fELF" + bytes(2000), "no text"),
    "假.xlsx": (zipped({"xl/workbook.xml": b"<a/>", "[Content_Types].xml": b"<a/>"}), "no text"),
    # bombs
    "弹.docx": (h.bomb("word/document.xml"), "--max-ratio"),
    "弹.xlsx": (h.bomb("xl/workbook.xml"), "--max-ratio"),
    "弹.ofd": (h.bomb("OFD.xml"), "--max-ratio"),
    "弹.zip": (zipped({"a.txt": b" " * (300 << 20)}), "--max-ratio"),
    "弹.png": (h.png_of(100_000, 100_000), "dots"),
    # entities
    "笑.docx": (h.docx_of(h.LAUGHS), "declares entities"),
    "笑.xlsx": (h.xlsx_of(h.LAUGHS), "declares entities"),
    "笑.ofd": (h.ofd_of(h.LAUGHS), "declares XML entities"),
    # measures
    "万页.pdf": (h.pdf_of_pages(100_000), "100000 pages, more than the limit of 3000; raise it with --max-pages"),
    "万物.pdf": (h.pdf_of_objects(100_000), "page 1 is printed in too many pieces"),
    "深.docx": (h.deep_docx(200), "nested too deep"),
    "链.doc": (h.ole_of_loops(), "damaged"),
    "环.tif": (h.tiff_of_loops(), "damaged|no text"),
    "深.pdf": (h.pdf(b"<</Type/Catalog/Pages " + b"[" * 50_000), "damaged"),
    "多.zip": (zipped({f"{n}.txt": b"" for n in range(10_001)}), "--max-members"),
}
"""Name to bytes and to a pattern of what is said."""

READ = {
    "似.docx": (h.WHOLE["pdf"], "要完成工作"),
    "似.pdf": (notice("冒名"), "冒名"),
    "似.txt": (docx_bytes(["关于冒名的通知", "要完成工作。"]), "冒名"),
    "似.ofd": (b"<!DOCTYPE html><html><body><p>" + notice("冒名") + b"</body></html>", "冒名"),
    "环.pdf": (h.pdf_of_loops(), "notice of work"),
    "环.ofd": (h.looping_ofd(), "完成示例工作"),
    "层.docx": (h.deep_docx(60), "关于工作的通知"),
    "深.ofd": (h.deep_ofd(200), "甲"),
    "深.html": (b"<html><body>" + b"<div>" * 1_000_000 + notice("深处"), "深处"),
    "宽.html": (b"<html><body>" + b"<b><p>" * 300_000 + notice("深处"), "深处"),
    "大.xlsx": (h.huge_sheet(), "任务"),
    "笑.html": (h.html_of(h.LAUGHS), "要完成工作"),
    "半.txt": (notice("半字") * 40 + b"\xed\xa0\x80\xed\xb0\x80", "半字"),
    "半.html": (b"<html><body>&#xD800;&#0;&#x110000;<p>" + notice("半字"), "半字"),
    "零.txt": (b"\0" + notice("零"), "零"),
    "零.html": (b"<html><body>\0<p>" + notice("零").replace(b"\n", b"<p>\0"), "零"),
}
"""Name to bytes and to words that are read from them."""


@dataclass(frozen=True, slots=True)
class Run:
    """What one call printed, and what the base holds after it."""

    status: int
    out: str
    lines: list[str]
    texts: dict[str, str]
    connections: int
    most: int  # bytes of memory of all its processes together
    left: set[str]  # names of files and folders made beside the base, for a time or to stay


def write_outside(folder: Path, secret: Path, address: str) -> dict[str, str]:
    """Files that lead outside; each is read, what it leads to is not."""
    made = {
        "外.docx": h.leading_docx(str(secret), address),
        "外.html": h.leading_html(str(secret), address),
        "外.ofd": h.leading_ofd(str(secret)),
        "体.html": h.html_of(h.outside(str(secret))),
        "体.docx": h.docx_of(h.outside(str(secret))),
        "体.xlsx": h.xlsx_of(h.outside(str(secret))),
        "体.ofd": h.ofd_of(h.outside(str(secret))),
        "路.zip": zipped({"../../../../" + str(secret): b"x" * 9, "../逃.txt": notice("逃")}),
    }
    for name, data in made.items():
        (folder / name).write_bytes(data)
    return {"外.docx": "要完成工作", "外.html": "要完成工作", "外.ofd": "示例工作", "体.html": "要完成工作"}


def run_kb(folder: Path, base: Path, *options: str, temporary: Path | None = None) -> tuple[int, str, str, int]:
    """`kb ingest` of a folder: its status, what it printed, the most memory that it and its processes took."""
    command = [sys.executable, "-m", "kb", "ingest", str(folder), "--db", str(base), *options]
    surroundings = os.environ | {"KB_SOFFICE": "/absent/soffice", "KB_CACHE": str(base.parent / "cache"), "PYTHONPATH": str(ROOT)} | ({"TMPDIR": str(temporary)} if temporary else {})
    most = 0
    with subprocess.Popen(command, cwd=base.parent, env=surroundings, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8") as process:
        printed: list[str] = []
        reading = threading.Thread(target=lambda: printed.extend(process.communicate()), daemon=True)
        reading.start()
        while reading.is_alive():
            most = max(most, _memory(process.pid))
            reading.join(0.1)
    return process.returncode, printed[0], printed[1], most


def _memory(process: int) -> int:
    total = 0
    try:
        command = psutil.Process(process)
        for found in (command, *command.children(recursive=True)):
            total += found.memory_info().rss
    except psutil.Error:
        pass
    return total


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Run]:
    """One call over all of them, sound files between."""
    home = tmp_path_factory.mktemp("bad")
    folder, secret = home / "来文", home / "secret.txt"
    folder.mkdir()
    secret.write_text(f"<a>{SECRET}</a>", encoding="utf-8")
    with socket.create_server(("127.0.0.1", 0)) as server:
        seen: list[int] = []

        def listen() -> None:
            try:
                while True:
                    server.accept()[0].close()
                    seen.append(1)
            except OSError:
                return

        threading.Thread(target=listen, daemon=True).start()
        write_outside(folder, secret, f"http://127.0.0.1:{server.getsockname()[1]}")
        for name, (data, _) in {**REFUSED, **READ}.items():
            (folder / name).write_bytes(data)
        for n in range(9):
            (folder / f"{'假万外密弹断深空链'[n]}好{n}.txt").write_bytes(notice(f"好事{n}"))
        (home / "tmp").mkdir()
        before = {path.name for path in home.iterdir()}
        status, out, err, most = run_kb(folder, home / "kb.sqlite", temporary=home / "tmp")
    with open_store(home / "kb.sqlite") as store:
        texts = {str(document["source"]).removeprefix(f"{folder}/"): store.text(str(document["id"])) for document in store.documents()}
    left = {path.name for path in home.iterdir()} - before | {path.name for path in (home / "tmp").iterdir()}
    yield Run(status, out, err.splitlines(), texts, len(seen), most, left)


def said(run: Run, name: str) -> list[str]:
    return [line for line in run.lines if re.search(rf"/{re.escape(name)}(?:/[^:]*)?: ", line)]


@pytest.mark.parametrize("name", list(REFUSED))
def test_what_cannot_be_read_is_one_line_with_its_reason(run: Run, name: str) -> None:
    lines = said(run, name)
    assert len(lines) == 1 and re.search(REFUSED[name][1], lines[0]), lines
    assert "cannot be read (" not in lines[0]  # words of our own, no exception's
    assert not any(source.startswith(name) for source in run.texts)


@pytest.mark.parametrize("name", list(READ))
def test_what_can_be_read_is(run: Run, name: str) -> None:
    assert said(run, name) == []
    assert READ[name][1] in run.texts[name]


def test_every_sound_file_is_read(run: Run) -> None:
    assert sum(f"好事{n}" in text for n in range(9) for text in run.texts.values()) == 9
    assert run.status == 1


def test_nothing_else_is_said(run: Run) -> None:
    assert run.out.count("\n") == 1 and " failed" in run.out
    assert not [line for line in run.lines if "Traceback" in line or "Error" in line or "来文/" not in line]
    assert len(run.lines) == len(REFUSED) + 3  # and what declares a file of the machine as an entity


def test_nothing_outside_is_opened(run: Run) -> None:
    assert run.connections == 0
    assert not any(SECRET in words for words in (*run.texts.values(), *run.lines, run.out))
    for name, words in {"外.docx": "要完成工作", "外.html": "要完成工作", "外.ofd": "示例工作", "体.html": "要完成工作", "路.zip/逃.txt": "逃"}.items():
        assert words in run.texts[name]
    for name in ("体.docx", "体.xlsx", "体.ofd"):
        assert "entities" in said(run, name)[0]


def test_nothing_is_written_beside_the_base(run: Run) -> None:
    assert not [name for name in run.left if not name.startswith(("kb.sqlite", "cache", "jieba"))]


def test_no_half_characters_and_no_nul_get_into_the_base(run: Run) -> None:
    assert not [name for name, text in run.texts.items() if re.search("[\0\ud800-\udfff]", text)]


def test_memory_is_bounded(run: Run) -> None:
    assert run.most < 3 << 30


@pytest.mark.parametrize(
    ("option", "name", "data", "words"),
    [
        ("--max-megabytes=1", "大.txt", "一".encode() * 400_000, "1 MB, more than the limit of 1; raise it with --max-megabytes"),
        ("--max-pages=2", "页.pdf", h.pdf_of_pages(3), "3 pages, more than the limit of 2; raise it with --max-pages"),
        ("--max-memory=300", "大.html", b"<html><body>" + b"<p>a<b>b</b>" * 900_000, "more memory than the limit of 300 MB; raise it with --max-memory"),
        ("--max-seconds=1", "慢.html", b"<html><body>" + b"<p>a<b>b</b>" * 200_000, "longer than the limit of 1 s; raise it with --max-seconds"),
        ("--max-ratio=2", "比.docx", h.deep_docx(60_000), "more than the limit of 2, as a zip bomb does; raise it with --max-ratio"),
        ("--max-unpacked=1", "解.zip", zipped({"a.txt": os.urandom(2 << 20)}), "2 MB, more than the limit of 1; raise it with --max-unpacked"),
        ("--max-members=3", "员.zip", zipped({f"{n}.txt": b"x" for n in range(4)}), "4 files, more than the limit of 3; raise it with --max-members"),
        ("--max-nesting=1", "套.zip", zipped({"a.zip": zipped({"a.txt": b"x"})}), "more than the limit of 1 deep; raise it with --max-nesting"),
    ],
    ids=lambda value: value.split("=")[0][2:] if isinstance(value, str) and value.startswith("--") else "",
)
def test_each_limit_is_named_with_its_option(tmp_path: Path, option: str, name: str, data: bytes, words: str) -> None:
    folder = tmp_path / "来文"
    folder.mkdir()
    (folder / name).write_bytes(data)
    (folder / "龙.txt").write_bytes(notice("好"))
    status, out, err, _ = run_kb(folder, tmp_path / "kb.sqlite", option)
    assert status == 1 and out == "1 added, 0 unchanged, 0 replaced, 1 failed\n"
    assert name in err and words in err and err.count("\n") == 1
