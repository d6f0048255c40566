"""What does reading cost? The whole of `kb ingest` beside pdfplumber's text extraction of the same pages, and the memory of 1,000 pages.

    python benchmarks/reading.py [--repeat 3] [--copies 12] [--pages 1000] [FILE.pdf …]

Takes born-digital PDFs: those given, else the sample notices as corpus/build.py prints them, each under `--copies` numbers of
its own, and by themselves the PDFs with a text layer of ../shared where they are at hand. Of `--repeat` runs the quickest counts, on both sides, in the same
process. The named reference is pdfplumber's `extract_text`, which gives text without paragraphs, tables, head or outline.
"""

from __future__ import annotations

import argparse
import logging
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from io import BytesIO
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from ingest import IngestError, read  # noqa: E402 — the sample notices' builder is no installed package

SHARED = ROOT.parent / "shared"
_MEASURE = """
import resource, sys
from kb.ingestion import ingest_paths
from kb.store import open_store
with open_store(sys.argv[2]) as store:
    counts = ingest_paths(store, [sys.argv[1]])
most = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
print(counts, "|", most // 1024)
"""


def quickest(tasks: Sequence[Callable[[], object]], repeat: int) -> list[float]:
    """Seconds of the quickest of several runs of each task, run in turns so that a busy machine slows all alike."""
    times: list[list[float]] = [[] for _ in tasks]
    for _ in range(repeat):
        for task, own in zip(tasks, times, strict=True):
            start = time.perf_counter()
            task()
            own.append(time.perf_counter() - start)
    return [min(own) for own in times]


def reference(files: Sequence[Path]) -> int:
    """pdfplumber's text of every page; how many pages there are."""
    import pdfplumber

    count = 0
    for file in files:
        with pdfplumber.open(file) as pdf:
            for page in pdf.pages:
                page.extract_text()
                page.close()
                count += 1
    return count


def ingested(files: Sequence[Path]) -> None:
    """The whole of `kb ingest`: read, put together, extract, store."""
    from kb.ingestion import ingest_paths
    from kb.store import open_store

    with tempfile.TemporaryDirectory() as folder, open_store(Path(folder) / "kb.sqlite") as store:
        ingest_paths(store, files)


def compare(name: str, files: Sequence[Path], repeat: int) -> None:
    """Print both costs of some files and their ratios."""
    from ingest.sources import read_bytes

    ingested(files[:1])  # rules and gazetteers are loaded once, as a long run does
    data = [(str(file), file.read_bytes()) for file in files]
    pages = reference(files)
    plain, whole, reading = quickest([lambda: reference(files), lambda: ingested(files), lambda: [read_bytes(path, content) for path, content in data]], repeat)
    print(f"{name}: {len(files)} PDFs, {pages} pages")
    print(f"  pdfplumber extract_text: {1000 * plain / pages:6.1f} ms a page")
    print(f"  reading alone:           {1000 * reading / pages:6.1f} ms a page, ratio {reading / plain:.2f}")
    print(f"  the whole of kb ingest:  {1000 * whole / pages:6.1f} ms a page, ratio {whole / plain:.2f}")


def numbered(master: Path, copies: int, folder: Path) -> list[Path]:
    """A sample notice as PDFs, each with another document number."""
    from corpus.build import build_pdf

    text, files = master.read_text(encoding="utf-8"), []
    for copy in range(copies):
        varied = folder / f"{master.stem}-{copy}.txt"
        varied.write_text(re.sub(r"〕\d+号", f"〕{100 + copy}号", text, count=1), encoding="utf-8")
        files.append(varied.with_suffix(".pdf"))
        files[-1].write_bytes(build_pdf(varied))
    return files


def started() -> float:
    """Seconds that the process which reads takes to start, once a command."""
    from ingest.sources import read_links
    from ingest.worker import Worker

    with tempfile.NamedTemporaryFile(suffix=".html") as page, Worker() as worker:
        start = time.perf_counter()
        worker.ask(page.name, read_links, page.name, "http://www.yunxi.example/")
        return time.perf_counter() - start


def repeated(data: bytes, pages: int) -> bytes:
    """A PDF of `pages` pages, those of another one over and over."""
    import pypdfium2

    with pypdfium2.PdfDocument(data) as source, pypdfium2.PdfDocument.new() as target:
        while len(target) < pages:
            target.import_pages(source, list(range(min(len(source), pages - len(target)))))
        out = BytesIO()
        target.save(out)
    return out.getvalue()


def memory(file: Path, pages: int) -> None:
    """Print the most memory that a process needs to take in a file of many pages."""
    with tempfile.TemporaryDirectory() as folder:
        large = Path(folder) / "large.pdf"
        large.write_bytes(repeated(file.read_bytes(), pages))
        start = time.perf_counter()
        done = subprocess.run([sys.executable, "-c", _MEASURE, str(large), str(Path(folder) / "kb.sqlite")], capture_output=True, text=True, check=True, cwd=ROOT)
        print(f"{pages} pages: {done.stdout.strip().replace(' | ', ', at most ')} MB, {time.perf_counter() - start:.0f} s")


def has_text(file: Path) -> bool:
    """Whether a PDF is read without OCR."""
    try:
        return not any("OCR" in warning or "scan" in warning for warning in read(file).warnings)
    except IngestError:
        return False


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("files", nargs="*", type=Path)
    ask.add_argument("--repeat", type=int, default=3)
    ask.add_argument("--pages", type=int, default=1000, help="pages of the file that memory is measured with; 0 leaves it out")
    ask.add_argument("--copies", type=int, default=12, help="how many PDFs are made of each sample notice")
    args = ask.parse_args()
    print(f"start of the process that reads, once a command and counted below: {1000 * started():.0f} ms")
    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    with tempfile.TemporaryDirectory() as folder:
        from corpus.build import HERE

        built = [file for master in sorted((HERE / "masters").glob("*.txt")) for file in numbered(master, args.copies, Path(folder))]
        if args.files:
            compare("files given", args.files, args.repeat)
        else:
            compare("sample notices", built, args.repeat)
            if found := [file for file in sorted(SHARED.glob("[ms]*/*.pdf")) if has_text(file)]:
                compare("notices of offices", found, args.repeat)
        if args.pages:
            memory((args.files or built)[-1], args.pages)


if __name__ == "__main__":
    main()
