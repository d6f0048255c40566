"""What does reading a scan cost? Our OCR of some pages beside RapidOCR's own time on the same pages, in the same run.

    python benchmarks/ocr.py [--pages 8] [--repeat 2] [FILE.pdf …]

Takes the pages of the PDFs given, else the sample notices as corpus/build.py prints them, drawn at 200 dots to the inch.
The named reference is RapidOCR as it comes, with as many threads as it takes, one page after the other: lines of text with
boxes, its models loaded before. Ours draws the pages, starts its processes, loads its models in each, and gives lines, tables
and what was passed over. Both sides' wall time and processor time are printed; they run in turns, and the quickest of
`--repeat` runs counts. The ratio is to stay below 1.1.
"""

from __future__ import annotations

import argparse
import resource
import sys
import time
from collections.abc import Callable, Sequence
from io import BytesIO
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

LIMIT = 1.1


def costs(tasks: Sequence[Callable[[], object]], repeat: int) -> list[tuple[float, float]]:
    """Seconds on the clock and of the processor, those of ended children included, of the quickest of several runs of each task.

    They run in turns, so that a busy machine slows all alike.
    """
    runs: list[list[tuple[float, float]]] = [[] for _ in tasks]
    for _ in range(repeat):
        for task, own in zip(tasks, runs, strict=True):
            start, used = time.perf_counter(), _processor()
            task()
            own.append((time.perf_counter() - start, _processor() - used))
    return [(min(clock for clock, _ in own), min(used for _, used in own)) for own in runs]


def _processor() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def first_pages(files: Sequence[bytes], count: int) -> bytes:
    """A PDF of the first `count` pages of all files together."""
    import pypdfium2

    with pypdfium2.PdfDocument.new() as target:
        for data in files:
            with pypdfium2.PdfDocument(data) as source:
                target.import_pages(source, list(range(min(len(source), count - len(target)))))
            if len(target) >= count:
                break
        out = BytesIO()
        target.save(out)
    return out.getvalue()


def drawn(data: bytes) -> list[object]:
    """The pages as pictures, as RapidOCR takes them."""
    import pypdfium2

    with pypdfium2.PdfDocument(data) as document:
        return [page.render(scale=200 / 72).to_numpy()[:, :, :3].copy() for page in document]


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("files", nargs="*", type=Path)
    ask.add_argument("--pages", type=int, default=8, help="pages read, from the first file on")
    ask.add_argument("--repeat", type=int, default=2, help="runs of each side, in turns")
    args = ask.parse_args()
    from rapidocr import RapidOCR

    from corpus.build import HERE, build_pdf
    from ingest.limits import DEFAULT_LIMITS
    from ingest.readers.scan import read_pdf_pages

    files = [file.read_bytes() for file in args.files] or [build_pdf(master) for master in sorted((HERE / "masters").glob("*.txt"))]
    data = first_pages(files, args.pages)
    pictures = drawn(data)
    numbers = range(1, len(pictures) + 1)
    engine = RapidOCR(params={"Global.log_level": "error"})
    engine(pictures[0])  # its models are loaded once, as a long run does
    plain, reading = costs([lambda: [engine(picture) for picture in pictures], lambda: read_pdf_pages(data, numbers, "bench.pdf", DEFAULT_LIMITS)], args.repeat)
    (theirs, their_processor), (ours, our_processor) = plain, reading
    count = len(pictures)
    print(f"{count} pages at 200 dots to the inch")
    print(f"  RapidOCR alone: {theirs / count:5.2f} s a page, {their_processor / count:5.2f} s of the processor")
    print(f"  ours:           {ours / count:5.2f} s a page, {our_processor / count:5.2f} s of the processor")
    print(f"  ratio {ours / theirs:.2f} on the clock, {our_processor / their_processor:.2f} of the processor (limit {LIMIT})")


if __name__ == "__main__":
    main()
