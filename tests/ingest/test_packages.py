"""Packages within the limits are opened, the rest is refused with the limit named."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from io import BytesIO

import pytest

from ingest import IngestError
from ingest.limits import DEFAULT_LIMITS
from ingest.packages import open_package, read_member


def packed(members: dict[str, bytes]) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in members.items():
            package.writestr(name, data)
    return out.getvalue()


def test_a_package_within_the_limits_is_read() -> None:
    package = open_package(packed({"a.xml": b"<a/>"}), "a.ofd", DEFAULT_LIMITS)
    assert read_member(package, "a.xml", "a.ofd") == b"<a/>"


@pytest.mark.parametrize(
    ("members", "limits", "words"),
    [
        ({"a": b"\0" * (3 << 20)}, DEFAULT_LIMITS, "max-ratio"),
        ({"a": b"a" * (3 << 20)}, replace(DEFAULT_LIMITS, unpacked=2), "max-unpacked"),
        ({str(i): b"x" for i in range(12)}, replace(DEFAULT_LIMITS, members=10), "max-members"),
    ],
)
def test_a_bomb_is_refused(members: dict[str, bytes], limits: object, words: str) -> None:
    with pytest.raises(IngestError, match=words):
        open_package(packed(members), "弹.zip", limits)  # type: ignore[arg-type]


def test_a_member_that_is_damaged_or_missing() -> None:
    data = bytearray(packed({"a.xml": b"<a>" + bytes(range(256)) * 4}))
    data[40] ^= 0xFF
    package = open_package(bytes(data), "坏.ofd", DEFAULT_LIMITS)
    for name in ("a.xml", "b.xml"):
        with pytest.raises(IngestError, match="damaged"):
            read_member(package, name, "坏.ofd")
