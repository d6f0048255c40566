"""How fast is extraction? Characters per second, beside JioNLP's time extraction alone on the same text.

    python benchmarks/extraction.py [--repeat 200] [FOLDER]

Reads the notices of FOLDER (default: the five annotated ones where they are at hand, else the sample notices), repeats
them, and prints both speeds and their ratio. JioNLP is the named reference: it finds times and nothing else.
"""

from __future__ import annotations

import argparse
import logging
import time
from pathlib import Path

from extractors.pipeline import extract
from ingest import find_sources, read
from ingest.document import Document

ROOT = Path(__file__).resolve().parent.parent
SEEDS = ROOT.parent / "shared" / "seeds"


def time_own(documents: list[Document], repeat: int) -> float:
    """Seconds for the whole extraction of every document `repeat` times; the documents are made anew each time."""
    extract(documents[0])  # loads rules and gazetteers once, as a long run does
    start = time.perf_counter()
    for _ in range(repeat):
        for document in documents:
            extract(document)
    return time.perf_counter() - start


def time_reference(documents: list[Document], repeat: int) -> float:
    """Seconds for JioNLP's time extraction (no parsing) on the same texts, block by block as it is meant to be called."""
    import jionlp

    logging.disable(logging.CRITICAL)
    jionlp.ner.extract_time("2020年底", time_base={"year": 2020}, with_parsing=False)
    start = time.perf_counter()
    for _ in range(repeat):
        for document in documents:
            for block in document.blocks:
                jionlp.ner.extract_time(block.span.of(document.text), time_base={"year": 2020}, with_parsing=False)
    return time.perf_counter() - start


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("folder", nargs="?", type=Path, default=SEEDS if SEEDS.exists() else ROOT / "corpus" / "notices")
    ask.add_argument("--repeat", type=int, default=200)
    args = ask.parse_args()
    documents = [read(source) for source in find_sources([args.folder])]
    size = sum(len(document.text) for document in documents)
    few = max(args.repeat // 20, 1)  # the reference is slow and steady: a twentieth of the repeats gives its speed
    own = size * args.repeat / time_own(documents, args.repeat)
    reference = size * few / time_reference(documents, few)
    print(f"{len(documents)} notices, {size} characters, repeated {args.repeat} times ({size * args.repeat:,} characters)")
    print(f"extraction, all mentions and obligations: {own:,.0f} characters/s")
    print(f"JioNLP extract_time alone ({few} times):   {reference:,.0f} characters/s")
    print(f"ratio: {own / reference:.2f}")


if __name__ == "__main__":
    main()
