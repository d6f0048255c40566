"""The password file (口令文件): who may sign in to the assistant, in which role; passwords are kept as scrypt hashes alone.

One line a person: name, role and hash with tabs between them. scrypt (RFC 7914) with N = 2^15, r = 8, p = 1: about 32 MB and
a tenth of a second a try.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

from kb.errors import KbError, UsageError

Role = Literal["reader", "editor"]
ROLES: tuple[Role, ...] = ("reader", "editor")
_COST, _BLOCK, _PARALLEL = 1 << 15, 8, 1
_MEMORY = 128 << 20
LEAST = 8  # characters of a password


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who may sign in."""

    name: str
    role: Role
    hashed: str


def hash_password(password: str) -> str:
    """A password as the file keeps it, with a salt of its own."""
    salt = secrets.token_bytes(16)
    return f"scrypt${_COST}${_BLOCK}${_PARALLEL}${salt.hex()}${_derive(password, salt, _COST, _BLOCK, _PARALLEL).hex()}"


def _derive(password: str, salt: bytes, cost: int, block: int, parallel: int) -> bytes:
    return hashlib.scrypt(password.encode(), salt=salt, n=cost, r=block, p=parallel, maxmem=_MEMORY, dklen=32)


def is_password(password: str, hashed: str) -> bool:
    """Whether a password is the one that was hashed; False of a hash that is none."""
    try:
        name, cost, block, parallel, salt, wanted = hashed.split("$")
        found = _derive(password, bytes.fromhex(salt), int(cost), int(block), int(parallel))
    except (ValueError, OverflowError, MemoryError):
        return False
    return name == "scrypt" and hmac.compare_digest(found, bytes.fromhex(wanted))


@lru_cache(maxsize=1)
def _nobody() -> str:
    """A hash that no password has."""
    return hash_password(secrets.token_hex(8))


def sign_in(people: Mapping[str, Person], name: str, password: str) -> Person | None:
    """The person of a name and password; as slow for a name that is unknown, so that names cannot be told."""
    person = people.get(name)
    right = is_password(password, person.hashed if person else _nobody())
    return person if person and right else None


def load_people(path: Path) -> dict[str, Person]:
    """Everybody in a password file, by name; raises `KbError` where it cannot be used."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise KbError(str(path), "cannot be read as a password file", "make one with: kb password NAME --role editor --file FILE") from error
    people: dict[str, Person] = {}
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        cells = line.split("\t")
        if len(cells) != 3 or cells[1] not in ROLES or not cells[2].startswith("scrypt$"):
            raise KbError(f"{path}:{number}", "is no line of a password file", "make it anew with: kb password NAME --role reader --file FILE")
        people[cells[0]] = Person(cells[0], "editor" if cells[1] == "editor" else "reader", cells[2])
    return people


def set_person(path: Path, name: str, role: Role, password: str) -> None:
    """Add somebody to a password file, or give them another role and password; only its owner may read the file."""
    from kb.export.files import write_file

    if not name.strip() or any(char in name for char in "\t\r\n"):
        raise UsageError(repr(name), "is no name", "give one without tabs and line breaks")
    if len(password) < LEAST:
        raise UsageError("password", f"is shorter than {LEAST} characters", "choose a longer one")
    people = load_people(path) if path.exists() else {}
    people[name] = Person(name, role, hash_password(password))
    write_file(path, "".join(f"{one.name}\t{one.role}\t{one.hashed}\n" for one in people.values()).encode())
    os.chmod(path, 0o600)
