"""What extraction costs grows with the length of a document and no faster: counted in calls and lines, whatever the machine."""

from __future__ import annotations

import sys

from extractors.pipeline import extract
from ingest import read_bytes
from ingest.document import Document

SECTION = """{n}、重点任务
（一）健全服务网络。各县（市、区）人民政府要按照《云溪市养老服务条例》（云政发〔2021〕{n}号）建设养老服务中心{n}个，2025年{month}月底前覆盖率达到{n}.5%以上。养老机构不得收取押金，每季度报送进展。
责任单位：市民政局、市财政局
完成时间：2025年{month}月
（二）加强监管。由市民政局牵头，市公安局配合，督促养老机构落实主体责任；对符合条件的企业给予{n}万元补助。（市民政局牵头，市消防救援支队配合）
申报条件：
1.依法登记的企业；
"""


def notice(sections: int) -> Document:
    """A notice of so many sections, no two alike."""
    return read_bytes("示例.txt", "".join(SECTION.format(n=n, month=n % 12 + 1) for n in range(1, sections + 1)).encode())


def calls(sections: int) -> int:
    """How many functions are called for a notice of so many sections."""
    document = notice(sections)
    count = 0

    def note(frame: object, event: str, argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(note)
    try:
        extract(document)
    finally:
        sys.setprofile(None)
    return count


def test_calls_grow_with_the_length_of_a_document():
    calls(2)  # loads rules and gazetteers
    assert calls(160) / calls(20) < 8 * 1.25


def lines(sections: int) -> int:
    """How many lines of extraction are run for a notice of so many sections, each turn of a loop for itself."""
    document = notice(sections)
    count = 0

    def note(frame: object, event: str, argument: object) -> object:
        nonlocal count
        count += 1
        return note

    sys.settrace(note)
    try:
        extract(document)
    finally:
        sys.settrace(None)
    return count


def test_turns_of_loops_grow_with_the_length_of_a_document():
    lines(2)
    assert lines(240) / lines(40) < 6 * 1.1
