"""How fast is extraction? Beside JioNLP's time extraction alone, beside reading the same pages, and over documents of growing length.

    python benchmarks/extraction.py [--repeat 5] [--longest 1000000] [FOLDER]

Takes the notices of FOLDER (default: the five annotated ones where they are at hand, else the sample notices). Each run
gets copies with other figures and a character in forty changed, so that nothing kept from one text helps with the next.
Both sides run in turns and the quickest run of each counts, in processor time, so that a busy machine says the same. JioNLP is the named reference: it finds times and nothing
else. The cost of reading is that of born-digital PDFs: the sample notices as corpus/build.py prints them, read by this project and,
as the named reference, by pdfplumber, which gives the words of a page and no more.
"""

from __future__ import annotations

import argparse
import logging
import random
import re
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from extractors.pipeline import extract  # noqa: E402 — the sample notices' builder is no installed package
from ingest import find_sources, read, read_bytes  # noqa: E402
from ingest.document import Document  # noqa: E402

SEEDS = ROOT.parent / "shared" / "seeds"
_LAST_FIGURE = re.compile(r"\d(?!\d)")
_CHANGED = 40  # one character in so many


def varied(text: str, seed: int) -> str:
    """`text` with other last figures of its numbers, and some characters changed for others of it."""
    chance = random.Random(seed)
    chars = list(_LAST_FIGURE.sub(lambda _: str(chance.randrange(10)), text))
    words = [i for i, char in enumerate(chars) if "\u4e00" <= char <= "\u9fff"]
    for i in chance.sample(words, len(words) // _CHANGED):
        chars[i] = text[chance.choice(words)]
    return "".join(chars)


def documents_of(texts: Sequence[str], seed: int) -> list[Document]:
    """The texts, varied and read as notices."""
    return [read_bytes("notice.txt", varied(text, seed).encode()) for text in texts]


def seconds(work: Callable[[Document], object], documents: Sequence[Document]) -> float:
    """How long `work` computes over all documents, in processor time."""
    start = time.process_time()
    for document in documents:
        work(document)
    return time.process_time() - start


def time_reference(document: Document) -> None:
    """JioNLP's time extraction (no parsing), block by block as it is meant to be called."""
    import jionlp

    for block in document.blocks:
        jionlp.ner.extract_time(block.span.of(document.text), time_base={"year": 2020}, with_parsing=False)


def beside_reference(texts: Sequence[str], repeat: int) -> None:
    """Print the characters a second of extraction and of the reference, and their ratio."""
    import jionlp  # noqa: F401 — loads its lists

    logging.disable(logging.CRITICAL)
    for document in documents_of(texts, 0):  # loads rules and gazetteers once, as a long run does
        extract(document)
        time_reference(document)
    runs = [(seconds(extract, documents), seconds(time_reference, documents)) for documents in (documents_of(texts, seed) for seed in range(1, repeat + 1))]
    size = sum(map(len, texts))
    own, reference = (size / min(times) for times in zip(*runs, strict=True))
    print(f"{len(texts)} notices, {size:,} characters, the quickest of {repeat} runs")
    print(f"extraction, all mentions and obligations: {own:,.0f} characters/s")
    print(f"JioNLP extract_time alone:                {reference:,.0f} characters/s")
    print(f"ratio: {own / reference:.2f}")


def beside_reading(repeat: int) -> None:
    """Print what a page of a born-digital PDF costs to read and to extract from, and the ratio."""
    from corpus.build import HERE, build_pdf

    with tempfile.TemporaryDirectory() as folder:
        files = []
        for master in sorted((HERE / "masters").glob("*.txt")):
            files.append(Path(folder) / f"{master.stem}.pdf")
            files[-1].write_bytes(build_pdf(master))
        documents = [read(file) for file in files]
        reading = min(timed(lambda: [read(file) for file in files]) for _ in range(repeat))
        extraction = min(timed(lambda: [extract(document) for document in documents]) for _ in range(repeat))
        named = min(timed(lambda: [page_texts(file) for file in files]) for _ in range(repeat))
    pages = sum(document.pages or 1 for document in documents)
    size = sum(len(document.text) for document in documents)
    print(f"{len(files)} PDFs, {pages} pages, {size / pages:.0f} characters a page")
    print(f"reading: {1000 * reading / pages:.1f} ms a page, extraction: {1000 * extraction / pages:.1f} ms a page, ratio {extraction / reading:.2f}")
    print(f"pdfplumber's extract_text of the same pages: {1000 * named / pages:.1f} ms a page, ratio {extraction / named:.2f}")


def page_texts(path: Path) -> list[str]:
    """What pdfplumber reads of each page of a PDF, as it is meant to be called: the named reference for reading."""
    import pdfplumber

    with pdfplumber.open(path) as pdf:
        return [page.extract_text() for page in pdf.pages]


def timed(work: Callable[[], object]) -> float:
    """How long `work` takes by the clock: files are read in a process of its own."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def growth(texts: Sequence[str], longest: int) -> None:
    """Print what a character costs in documents of growing length."""
    sizes = [size for size in (longest // 100, longest // 10, longest) if size]
    whole, seed = "", 0
    while len(whole) < longest:
        seed += 1
        whole += "\n".join(varied(text, seed) for text in texts) + "\n"
    costs = []
    for size in sizes:
        document = read_bytes("notice.txt", whole[:size].encode())
        costs.append(1e6 * min(seconds(extract, [document]) for _ in range(3)) / size)
        print(f"{size:>9,} characters: {costs[-1]:.1f} µs a character", flush=True)
    print(f"ratio of the longest to the one of a tenth: {costs[-1] / costs[-2]:.2f}")


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("folder", nargs="?", type=Path, default=SEEDS if SEEDS.exists() else ROOT / "corpus" / "notices")
    ask.add_argument("--repeat", type=int, default=5)
    ask.add_argument("--longest", type=int, default=1_000_000, help="characters of the longest document; 0 leaves growth out")
    args = ask.parse_args()
    texts = [read(source).text for source in find_sources([args.folder])]
    beside_reference(texts, args.repeat)
    beside_reading(args.repeat)
    if args.longest:
        growth(texts, args.longest)


if __name__ == "__main__":
    main()
