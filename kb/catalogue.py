"""The catalogue: what search knows of a base, derived from it and kept beside it with the generation it was made of.

It may be deleted at any time: it is made again. A new one takes the old one's place in one step, so that a reader sees
the old or the new, never half of one.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from kb.embedding import embed, encoder_name, passage_of
from kb.encoder import Encoder, open_encoder, shipped_encoder
from kb.fulltext import FullText
from kb.index import VectorIndex
from kb.sealed import broken, seal
from kb.terms import bigrams, date_terms, dates, marked_terms, searchable, words

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

FORMAT = 2  # of the files below; another one is made again
_PLAIN_FIELDS = {"text": 1.0, "path": 0.6, "title": 0.3, "units": 1.0, "parties": 0.5}
_PLACE_SUFFIXES = ("维吾尔自治区", "壮族自治区", "回族自治区", "自治区", "自治州", "自治县", "特别行政区", "省", "市", "县", "区", "盟", "旗")


class Base(Protocol):
    """What search and check ask of a knowledge base."""

    def generation(self) -> int: ...
    def all_obligations(self) -> Iterator[dict[str, Any]]: ...
    def documents(self) -> Sequence[dict[str, Any]]: ...


@dataclass(frozen=True)
class Catalogue:
    """The passages of a base in the order of the two indexes' rows."""

    generation: int
    ids: tuple[str, ...]
    fulltext: FullText
    vectors: VectorIndex
    encoder: Encoder
    tokens: NDArray[np.int32]
    starts: NDArray[np.int64]

    def tokens_of(self, row: int) -> NDArray[np.int32]:
        """The tokens of a passage, by the encoder that ships."""
        return self.tokens[self.starts[row] : self.starts[row + 1]]


def bare_place(name: str) -> str:
    """A place's name without what it is: 云溪市 → 云溪; short names stay whole.

    >>> bare_place("云溪市"), bare_place("沙县")
    ('云溪', '沙县')
    """
    suffix = next((s for s in _PLACE_SUFFIXES if name.endswith(s) and len(name) - len(s) >= 2), "")
    return name.removesuffix(suffix) if suffix else name


def _fields(obligation: Mapping[str, Any], document: Mapping[str, Any]) -> dict[str, str]:
    units = [name for unit in obligation["units"] for name in (unit["name"], unit.get("canonical")) if name]
    return {
        "text": obligation["text"],
        "path": "\n".join(obligation["path"]),
        "title": "\n".join(filter(None, (document.get("title"), document.get("enclosed_title")))),
        "units": "\n".join(dict.fromkeys(units)),
        "parties": "\n".join(obligation["parties"]),
    }


def passage_terms(obligation: Mapping[str, Any], document: Mapping[str, Any]) -> dict[str, float]:
    """The terms by which an obligation is found, each with its weighted count."""
    counts: Counter[str] = Counter()
    for field, text in _fields(obligation, document).items():
        weight = _PLAIN_FIELDS[field]
        folded = searchable(text)
        for term in (*bigrams(folded), *words(folded)):
            counts[term] += weight  # type: ignore[assignment]
    printed = searchable(obligation["text"])
    marked: set[str] = {*marked_terms(printed), *dates(printed), f"k:{obligation['kind']}"}
    marked |= set(marked_terms(searchable("\n".join((document.get("document_number") or "", *obligation["citations"])))))
    for deadline in obligation["deadlines"]:
        for iso in (deadline.get("start"), deadline.get("end")):
            marked.update(date_terms(iso) if iso else ())
        if deadline.get("recurrence"):
            marked.add(f"r:{deadline['recurrence']}")
    for target in obligation["targets"]:
        if target.get("value") is not None:
            marked.add(f"#{target['value']:g}{target.get('unit') or ''}")
    if document.get("level"):
        marked.add(f"l:{document['level']}")
    for place in (document.get("region") or [])[-1:]:
        marked.update((f"g:{place}", f"g:{bare_place(place)}"))
    return {**counts, **dict.fromkeys(marked, 1.0)}


def build(base: Base) -> Catalogue:
    """The catalogue of a base as it is now."""
    generation = base.generation()
    documents = {document["id"]: document for document in base.documents()}
    ids, terms, texts = [], [], []
    for obligation in base.all_obligations():
        document = documents.get(obligation["document"], {})
        ids.append(obligation["id"])
        terms.append(passage_terms(obligation, document))
        texts.append(passage_of(obligation))
    encoder = open_encoder(encoder_name(base))
    index = VectorIndex.build(embed(base, encoder, ids, texts))
    return Catalogue(generation, tuple(ids), FullText.build(terms), index, encoder, *_tokens(texts))


def _tokens(texts: Sequence[str]) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
    import numpy as np

    found = shipped_encoder().tokens(texts)
    starts = np.cumsum([0, *(len(one) for one in found)]).astype(np.int64)
    return np.concatenate([np.zeros(0, np.int32), *found]).astype(np.int32), starts


def _folder(path: Path) -> Path:
    return path.with_name(path.name + ".search")


def _save(catalogue: Catalogue, path: Path) -> None:
    """Puts the catalogue in the place of an older one; a base that cannot be written beside stays without."""
    import numpy as np

    folder = _folder(path)
    folder.mkdir(exist_ok=True)
    made = Path(tempfile.mkdtemp(prefix="new-", dir=folder))
    try:
        catalogue.fulltext.save(made / "terms.npz")
        catalogue.vectors.save(made / "vectors.faiss")
        np.save(made / "tokens.npy", catalogue.tokens)
        np.save(made / "starts.npy", catalogue.starts)
        about = {"format": FORMAT, "generation": catalogue.generation, "encoder": catalogue.encoder.name, "tokens": shipped_encoder().name, "ids": catalogue.ids}
        (made / "catalogue.json").write_text(json.dumps(about), encoding="utf-8")
        seal(made)
        pointer = made / "current"
        pointer.write_text(made.name, encoding="utf-8")
        os.replace(pointer, folder / "current")
    except OSError:
        shutil.rmtree(made, ignore_errors=True)
        raise
    for old in folder.glob("new-*"):
        # A reader may have the older files open (on Windows they cannot be removed then): the next build removes them.
        if old != made:
            shutil.rmtree(old, ignore_errors=True)


def _kept(path: Path, encoder: str) -> tuple[Path, dict[str, Any]] | None:
    """Where the catalogue beside the base lies and what it says of itself, None where there is none that can be used."""
    folder = _folder(path)
    try:
        held = folder / (folder / "current").read_text(encoding="utf-8").strip()
        about = json.loads((held / "catalogue.json").read_text(encoding="utf-8"))
        usable = about["format"] == FORMAT and about["encoder"] == encoder and about["tokens"] == shipped_encoder().name
        about["generation"] = int(about["generation"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return (held, about) if usable and not broken(held) else None


def _load(path: Path, encoder: Encoder) -> Catalogue | None:
    kept = _kept(path, encoder.name)
    if kept is None:
        return None
    import numpy as np

    held, about = kept
    try:
        fulltext, vectors = FullText.load(held / "terms.npz"), VectorIndex.load(held / "vectors.faiss")
        tokens, starts = (np.load(held / name, mmap_mode="r") for name in ("tokens.npy", "starts.npy"))
    except (OSError, ValueError, KeyError):
        return None
    ids = tuple(about["ids"])
    if not len(ids) == fulltext.size == len(vectors) == len(starts) - 1 or int(starts[-1]) != len(tokens):
        return None
    return Catalogue(about["generation"], ids, fulltext, vectors, encoder, tokens, starts)


_HELD: dict[Path, Catalogue] = {}


def open_catalogue(base: Base) -> Catalogue:
    """The catalogue of the base as it is now: from memory, from the files beside it, or made again."""
    path = getattr(base, "path", None)
    if path is None:
        return build(base)
    path, generation, encoder = Path(path), base.generation(), open_encoder(encoder_name(base))
    held = _HELD.get(path)
    if held is None or held.generation != generation or held.encoder.name != encoder.name:
        held = _load(path, encoder)
    if held is None or held.generation != generation:
        held = build(base)
        # A read-only place beside the base costs time, not the answer.
        with suppress(OSError):
            _save(held, path)
    _HELD[path] = held
    return held


def prepare(base: Base) -> None:
    """Makes the catalogue now, where it is not of the base as it is, so that no search has to wait for it."""
    path = getattr(base, "path", None)
    if path is None:
        return
    kept = _kept(Path(path), open_encoder(encoder_name(base)).name)
    if kept is None or kept[1]["generation"] != base.generation():
        open_catalogue(base)


def ailment(base: Base) -> str:
    """What is wrong with the files beside a base, in a few words, each byte looked at; "" where search can use them as they are."""
    path = Path(base.path)  # type: ignore[attr-defined]
    try:
        name = (_folder(path) / "current").read_text(encoding="utf-8").strip()
    except (OSError, ValueError):
        return "missing"
    encoder = open_encoder(encoder_name(base))
    kept = _kept(path, encoder.name)
    if file := broken(_folder(path) / name, thorough=True):
        return f"damaged ({name}/{file})"
    if kept is None:
        return "made by another version or for another encoder"
    if kept[1]["generation"] != base.generation():
        return "made of an earlier state of the base"
    return "" if _load(path, encoder) else f"damaged ({name})"


def renew(base: Base) -> None:
    """Makes the files beside a base again, whatever they are."""
    path = Path(base.path)  # type: ignore[attr-defined]
    with suppress(OSError):
        (_folder(path) / "current").unlink()
    _HELD.pop(path, None)
    open_catalogue(base)
