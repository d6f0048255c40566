"""Old Office files: through LibreOffice where it is there, a clear sentence where it is not or fails."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from ingest import IngestError, read_bytes
from ingest.formats import sniff
from ingest.limits import DEFAULT_LIMITS
from ingest.readers import soffice
from tests.ingest.test_xlsx import HEAD, sheet
from tests.render.word import abstract, cell, docx, num, numbered, p, table

needs_libreoffice = pytest.mark.skipif(soffice.find_soffice() is None, reason="LibreOffice is not installed")
posix = pytest.mark.skipif(sys.platform == "win32", reason="stands in for LibreOffice with a shell script")
RTF = b"{\\rtf1\\ansi\\ansicpg936 \\u20113?\\u28330?\\u24066?}"

BODY = p("云溪市人民政府办公室") + p("关于加强养老服务的通知") + numbered("提升服务能力", 1) + p("要按期完成。") + numbered("强化监督管理", 1)
BODY += table(cell("重点任务") + cell("责任单位") + cell("完成时限"), cell("建设平台") + cell("市数据局") + cell("2025年6月底")) + p("特此通知。")
NUMBERING = abstract(0, "decimal|%1.") + num(1, 0)


def ole(*streams: str) -> bytes:
    """The first bytes and the names of streams of a compound file: enough to tell its kind."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 500 + b"".join(f"{name}\0".encode("utf-16-le") for name in streams)


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("通知.doc", ole("WordDocument"), "doc"),
        ("通知.wps", ole("WordDocument"), "doc"),
        ("表.et", ole("Workbook"), "xls"),
        ("表.xls", ole("WordDocument", "Workbook"), "xls"),
        ("通知.doc", ole("WordDocument", "Workbook"), "doc"),
        ("片.ppt", ole("PowerPoint Document"), "ppt"),
        ("通知.doc", RTF, "rtf"),
        ("通知.doc", b'<?xml version="1.0"?>\n<?mso-application progid="Word.Document"?>\n<w:wordDocument/>', "wordml"),
        ("通知.doc", b"<html><body>x</body></html>", "html"),
    ],
)
def test_the_kind_of_an_old_file(name: str, data: bytes, kind: str) -> None:
    assert sniff(name, data) == kind


@needs_libreoffice
@pytest.mark.parametrize("form", ["doc", "rtf"])
def test_a_document_is_read_the_same_through_libreoffice(form: str) -> None:
    modern = docx(BODY, numbering=NUMBERING)
    old = soffice.convert(modern, ".docx", form, "文.docx", DEFAULT_LIMITS)
    document = read_bytes(f"文.{form}", old)
    assert document.format == form
    assert document.text == read_bytes("文.docx", modern).text


@needs_libreoffice
def test_an_old_workbook_is_read_through_libreoffice() -> None:
    old = soffice.convert(sheet(["云溪市任务分工表"], HEAD, [1, "建设平台", "市数据局", "6月底"]), ".xlsx", "xls", "表.xlsx", DEFAULT_LIMITS)
    assert read_bytes("表.et", old).text.splitlines()[-1].split("\t") == ["1", "建设平台", "市数据局", "6月底"]


def test_without_libreoffice_the_message_says_what_to_do(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("KB_SOFFICE", str(tmp_path / "absent"))
    with pytest.raises(IngestError, match="needs LibreOffice.*DOCX"):
        read_bytes("文.rtf", RTF)
    with pytest.raises(IngestError, match="needs LibreOffice.*XLSX"):
        read_bytes("表.xls", ole("Workbook"))


def script(folder: Path, body: str) -> str:
    made = folder / "soffice"
    made.write_text(f"#!/bin/sh\n{body}\n")
    made.chmod(0o755)
    return str(made)


@posix
@pytest.mark.parametrize(("body", "seconds", "words"), [("sleep 600", 0, "max-seconds"), ("exit 0", 60, "damaged or has a password")])
def test_a_libreoffice_that_hangs_or_fails_costs_one_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, body: str, seconds: int, words: str) -> None:
    monkeypatch.setenv("KB_SOFFICE", script(tmp_path, body))
    with pytest.raises(IngestError, match=words):
        soffice.convert(RTF, ".rtf", "docx", "文.rtf", replace(DEFAULT_LIMITS, seconds=seconds))


@posix
@pytest.mark.parametrize("name", ["文.doc", "表.xls"])
def test_bytes_of_a_broken_file_are_not_taken_for_text(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str) -> None:
    monkeypatch.setenv("KB_SOFFICE", script(tmp_path, "exit 0"))
    with pytest.raises(IngestError, match="the file is damaged"):
        read_bytes(name, ole("Workbook", "WordDocument"))


@posix
def test_what_libreoffice_started_ends_with_it(tmp_path: Path) -> None:
    process = subprocess.Popen([script(tmp_path, "sleep 600 &\necho started\nwait")], stdout=subprocess.PIPE, start_new_session=True)
    assert process.stdout is not None and process.stdout.readline() == b"started\n"
    soffice._stop(process)
    assert process.stdout.read() == b""  # the end comes only when the last holder of the pipe is gone
    process.stdout.close()


@posix
def test_libreoffice_runs_apart_and_without_macros(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    log = tmp_path / "log"
    monkeypatch.setenv("KB_SOFFICE", script(tmp_path, f'echo "$@" > {log}; cat "$PWD"/profile/user/registrymodifications.xcu >> {log}; mkdir out; echo made > out/source.docx'))
    assert soffice.convert(RTF, ".rtf", "docx", "文.rtf", DEFAULT_LIMITS) == b"made\n"
    told = log.read_text()
    assert "-env:UserInstallation=file://" in told and "--headless" in told and "DisableMacrosExecution" in told
