"""Scans: pages of PDF and pictures read by OCR, several pages at once over processes."""

from __future__ import annotations

import io
import multiprocessing
import os
import threading
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import chain
from typing import Any

from ingest.errors import IngestError
from ingest.heartbeat import beat
from ingest.limits import Limits
from ingest.readers.printed import Page
from ingest.readers.scan_engine import need_engine
from ingest.readers.scan_page import read_page

DPI = 200  # dots to the inch that pages are drawn with: body type is as high as the engine wants it
_A4 = 11.69  # inches of the longer side
_SIDES = (5.0, 24.0)  # inches that a page's longer side may have; else its measures are taken for wrong
_MEMORY = 640  # megabytes that a process takes to read pages
_OWN = 256  # megabytes of the one that draws them and hands them out
_PIXELS = 120_000_000  # of one picture: an A2 page at 400 dots to the inch has 62 million

Scanned = tuple[Page, list[str]]
_Sized = tuple[int, Any, float]  # number of the page, its picture, dots to the inch


def read_pdf_pages(data: bytes, numbers: Sequence[int], path: str, limits: Limits) -> dict[int, Scanned]:
    """The pages `numbers` (from 1) of a PDF as OCR reads them, each with its warnings."""
    need_engine(path)
    return _read_all(_drawn(data, numbers, path), len(numbers), limits)


def read_pictures(pictures: Iterable[Any], dpi: float | None, first_number: int, path: str, limits: Limits, count: int | None = None) -> dict[int, Scanned]:
    """Pictures of pages (bytes of a file, PIL images or arrays) as OCR reads them, numbered from `first_number`.

    Without `dpi` a picture tells its own, or is taken for an A4 page. `count` is needed where `pictures` has no length.
    """
    need_engine(path)
    if count is None:
        pictures = list(pictures)
        count = len(pictures)
    return _read_all((_sized(picture, dpi, number, path) for number, picture in enumerate(pictures, first_number)), count, limits)


def _drawn(data: bytes, numbers: Sequence[int], path: str) -> Iterator[_Sized]:
    """The pages of a PDF drawn one by one."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as fault:
        raise IngestError(path, "the PDF is damaged; get it again or print it to PDF anew") from fault
    try:
        for number in numbers:
            try:
                page = document[number - 1]
                longer = max(page.get_size()) / 72
                inches = longer if _SIDES[0] <= longer <= _SIDES[1] else _A4
                picture = page.render(scale=DPI * inches / max(longer, 0.01) / 72, rev_byteorder=True).to_numpy()
            except (pypdfium2.PdfiumError, ValueError, MemoryError):
                yield number, None, float(DPI)
                continue
            yield number, (picture if picture.ndim == 2 else picture[:, :, :3]).copy(), float(DPI)
            page.close()
    finally:
        document.close()


def _sized(picture: Any, dpi: float | None, number: int, path: str) -> _Sized:
    """A picture as an array of about 200 dots to the inch."""
    import cv2
    import numpy as np

    if isinstance(picture, np.ndarray):
        array = picture
    else:
        opened = open_picture(picture, path) if isinstance(picture, bytes) else picture
        told = opened.info.get("dpi")
        dpi = dpi or (float(told[0]) if told and told[0] else None)
        array = as_array(opened, path)
    longer = max(array.shape[:2])
    if not dpi or not _SIDES[0] <= longer / dpi <= _SIDES[1]:
        dpi = longer / _A4
    if dpi > 1.3 * DPI:
        array, dpi = cv2.resize(array, None, fx=DPI / dpi, fy=DPI / dpi, interpolation=cv2.INTER_AREA), float(DPI)
    elif dpi < 0.8 * DPI:  # small type is read better enlarged
        array, dpi = cv2.resize(array, None, fx=DPI / dpi, fy=DPI / dpi, interpolation=cv2.INTER_CUBIC), float(DPI)
    return number, array, dpi


def open_picture(data: bytes, path: str) -> Any:
    """A picture file opened with PIL, its pixels not yet decoded; `IngestError` where it is damaged or too large."""
    import warnings

    from PIL import Image

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # the limit below has its own message
            opened = Image.open(io.BytesIO(data))
    except Image.DecompressionBombError as fault:
        raise IngestError(path, f"the picture has more than {_PIXELS // 1_000_000} million dots; save it smaller") from fault
    except (OSError, SyntaxError, ValueError, EOFError, TypeError) as fault:
        raise IngestError(path, "the picture is damaged; get it again or save it anew") from fault
    return opened


def as_array(opened: Any, path: str) -> Any:
    """The dots of a picture on white paper, turned as the camera says: height × width × 3, red first."""
    import numpy as np
    from PIL import Image, ImageOps

    if opened.width * opened.height > _PIXELS:
        raise IngestError(path, f"the picture has more than {_PIXELS // 1_000_000} million dots; save it smaller")
    try:
        opened = ImageOps.exif_transpose(opened)
        if opened.mode in ("RGBA", "LA", "PA") or "transparency" in opened.info:
            opened = opened.convert("RGBA")
            opened = Image.alpha_composite(Image.new("RGBA", opened.size, "white"), opened)
        elif opened.mode.startswith("I;16"):
            opened = Image.fromarray((np.asarray(opened) >> 8).astype(np.uint8))
        return np.asarray(opened.convert("RGB"))
    except (OSError, SyntaxError, ValueError, EOFError, TypeError, ArithmeticError, MemoryError) as fault:
        raise IngestError(path, "the picture is damaged; get it again or save it anew") from fault


def _read_all(pages: Iterable[_Sized], count: int, limits: Limits) -> dict[int, Scanned]:
    """All pages: one in this process, several over as many processes as there are cores."""
    workers = min(_cores(), count, (limits.memory - _OWN) // _MEMORY)
    if workers < 2 or multiprocessing.current_process().daemon:  # a daemon may have no children
        return dict(_one_by_one(pages))
    source = iter(pages)
    read: dict[int, Scanned] = {}
    taken: dict[int, _Sized] = {}  # not yet read
    try:
        with ProcessPoolExecutor(workers, multiprocessing.get_context("spawn"), initializer=_follow_parent) as pool:
            waiting: deque[tuple[int, Future[Scanned]]] = deque()
            for page in chain(source, [None] * count):
                if page is not None:
                    taken[page[0]] = page
                    waiting.append((page[0], pool.submit(read_page, *page, 1)))
                if waiting and (page is None or len(waiting) > workers + 1):  # pictures are large: few wait at a time
                    number, future = waiting.popleft()
                    read[number] = future.result()
                    beat()
                    del taken[number]
    except (BrokenProcessPool, OSError):  # no process may be started here, or one was ended: one page after the other
        read |= dict(_one_by_one(chain(list(taken.values()), source)))
    return read


def _one_by_one(pages: Iterable[_Sized]) -> Iterator[tuple[int, Scanned]]:
    for page in pages:
        yield page[0], read_page(*page, 0)
        beat()


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _follow_parent() -> None:
    """End this process with the one that started it, even where that is killed."""
    from multiprocessing.connection import wait

    parent = multiprocessing.parent_process()
    if parent is None:
        return

    def watch() -> None:
        wait([parent.sentinel])
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
