"""Damage that fuzzing met: each file is read, or refused in a sentence that says what is wrong."""

from __future__ import annotations

import pytest

from ingest import IngestError, read_bytes
from ingest.errors import check_memory
from tests.ingest import hostile as h


@pytest.mark.parametrize("tag", [256, 257, 259, 262, 273])
def test_a_tiff_that_lacks_a_measure_is_damaged(tag: int) -> None:
    data = h.tiff_of_loops().replace(tag.to_bytes(2, "little") + b"\3\0", b"\xff\x7f\3\0", 1)
    with pytest.raises(IngestError, match="damaged|no text"):
        read_bytes("页.tif", data)


def test_a_page_of_too_many_pieces_is_the_reason_told() -> None:
    with pytest.raises(IngestError, match="page 1 is printed in too many pieces"):
        read_bytes("物.pdf", h.pdf_of_objects(100_000))


def test_tables_nested_too_deep_are_the_reason_told() -> None:
    with pytest.raises(IngestError, match="nested too deep"):
        read_bytes("深.docx", h.deep_docx(200))


def test_want_of_memory_is_no_damage() -> None:
    from lxml import etree

    with pytest.raises(etree.XMLSyntaxError) as caught:
        etree.fromstring("<a>")
    check_memory(caught.value)
    caught.value.code = 2
    with pytest.raises(MemoryError):
        check_memory(caught.value)
