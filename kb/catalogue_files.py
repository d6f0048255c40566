"""The catalogue's files beside a base: `current` lists the parts, each a folder that is written once.

A new list takes the old one's place in one step, so that a reader sees the old or the new, never half of one.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
import time
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from kb.catalogue import Base, Catalogue, Kept, build, follow
from kb.embedding import encoder_name
from kb.encoder import Encoder, chosen_name, open_encoder, shipped_encoder
from kb.part import Part
from kb.sealed import broken, seal

FORMAT = 7  # of the files; another one is made again
_ABANDONED = 3600  # seconds after which a folder that no list names was left by a process that ended
_TRIES = 3  # a list may be replaced while its parts are opened
_HELD: dict[Path, Catalogue] = {}
_CHOSEN: dict[Path, str] = {}  # the encoder that was asked for when the catalogue in memory was opened


def folder_of(path: Path) -> Path:
    """The folder beside a base that its catalogue lies in."""
    return path.with_name(path.name + ".search")


def open_catalogue(base: Base) -> Catalogue:
    """The catalogue of the base as it is now: from memory, from the files beside it brought up to date, or made again."""
    path = getattr(base, "path", None)
    if path is None:
        return build(base)
    path, generation = Path(path), base.generation()
    held = _HELD.get(path)
    if held is not None and held.generation == generation and _CHOSEN.get(path) == chosen_name():
        return held
    encoder = open_encoder(encoder_name(base))
    _CHOSEN[path] = chosen_name()
    if held is not None and held.encoder.name == encoder.name and held.generation == generation:
        return held
    found = load(path, encoder) or (held if held is not None and held.encoder.name == encoder.name else None)
    if found is None or found.generation != generation:
        found = (found and follow(base, found)) or build(base)
        # A place beside the base that cannot be written costs time, not the answer.
        with suppress(OSError):
            found = save(found, path)
    _HELD[path] = found
    return found


def prepare(base: Base) -> None:
    """Makes the catalogue now, where it is not of the base as it is, so that no search has to wait for it."""
    path = getattr(base, "path", None)
    if path is None:
        return
    about = listed(Path(path), open_encoder(encoder_name(base)).name)
    if about is None or about["generation"] != base.generation():
        open_catalogue(base)


def save(catalogue: Catalogue, path: Path) -> Catalogue:
    """Puts the catalogue in the place of an older one; raises `OSError` where the folder cannot be written."""
    folder = folder_of(path)
    folder.mkdir(exist_ok=True)
    before = _read_list(folder)
    held, made = [], []
    try:
        for one in catalogue.held:
            if not one.folder:
                made.append(Path(tempfile.mkdtemp(prefix="part-", dir=folder)))
                one.part.save(made[-1])
                seal(made[-1])
                one = replace(one, folder=made[-1].name)
            held.append(one)
        _put_list(folder, catalogue, held)
    except OSError:
        for place in made:
            shutil.rmtree(place, ignore_errors=True)
        raise
    _clear(folder, {one.folder for one in held}, {one["folder"] for one in before["parts"]} if before else None)
    return replace(catalogue, held=tuple(held))


def _put_list(folder: Path, catalogue: Catalogue, held: list[Kept]) -> None:
    about: dict[str, Any] = {"format": FORMAT, "generation": catalogue.generation, "encoder": catalogue.encoder.name, "tokens": shipped_encoder().name}
    about["parts"] = [{"folder": one.folder, "gone": one.gone} for one in held]
    number, name = tempfile.mkstemp(prefix="list-", dir=folder)
    try:
        with open(number, "w", encoding="utf-8") as file:
            json.dump(about, file)
        os.replace(name, folder / "current")
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise


def _clear(folder: Path, named: set[str], before: set[str] | None) -> None:
    """Removes what the list names no longer. A reader may have it open (on Windows it stays until the next time).

    What neither list names may be a part that another process is writing, unless there was no list to be read before.
    """
    with suppress(OSError):
        for old in folder.iterdir():
            left = before is None or old.name in before or time.time() - old.stat().st_mtime > _ABANDONED
            if left and old.name != "current" and old.name not in named:
                shutil.rmtree(old, ignore_errors=True) if old.is_dir() else old.unlink(missing_ok=True)


def _read_list(folder: Path) -> dict[str, Any] | None:
    try:
        about: dict[str, Any] = json.loads((folder / "current").read_text(encoding="utf-8"))
        about["generation"] = int(about["generation"])
        about["parts"] = [{"folder": str(one["folder"]), "gone": tuple(map(str, one["gone"]))} for one in about["parts"]]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return about


def listed(path: Path, encoder: str) -> dict[str, Any] | None:
    """What the list beside a base says, None where there is none that can be used with this encoder."""
    about = _read_list(folder_of(path))
    usable = about is not None and (about.get("format"), about.get("encoder"), about.get("tokens")) == (FORMAT, encoder, shipped_encoder().name)
    return about if usable else None


def load(path: Path, encoder: Encoder) -> Catalogue | None:
    """The catalogue that lies beside a base, None where there is none or where it is damaged."""
    for _ in range(_TRIES):
        about = listed(path, encoder.name)
        if about is None:
            return None
        known = {one.folder: one.part for held in (_HELD.get(path),) if held is not None for one in held.held if one.folder}
        if any(broken(folder_of(path) / one["folder"]) for one in about["parts"]):
            continue
        try:
            held = [Kept(known.get(one["folder"]) or Part.load(folder_of(path) / one["folder"]), one["gone"], one["folder"]) for one in about["parts"]]
        except OSError:
            continue
        return Catalogue.of(about["generation"], encoder, held)
    return None


def ailment(base: Base) -> str:
    """What is wrong with the files beside a base, in a few words, each byte looked at; "" where search can use them as they are."""
    path = Path(base.path)  # type: ignore[attr-defined]
    about = _read_list(folder_of(path))
    if about is None:
        return "missing"
    for one in about["parts"]:
        if file := broken(folder_of(path) / one["folder"], thorough=True):
            return f"damaged ({one['folder']}/{file})"
    encoder = open_encoder(encoder_name(base))
    if listed(path, encoder.name) is None:
        return "made by another version or for another encoder"
    if about["generation"] != base.generation():
        return "made of an earlier state of the base"
    return "" if load(path, encoder) else "damaged"


def renew(base: Base) -> None:
    """Makes the files beside a base again, whatever they are."""
    path = Path(base.path)  # type: ignore[attr-defined]
    with suppress(OSError):
        (folder_of(path) / "current").unlink()
    _HELD.pop(path, None)
    open_catalogue(base)
