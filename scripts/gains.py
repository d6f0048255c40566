"""Say what a change of the rules gains and loses: what appeared, vanished or changed against the last commit.

    python scripts/gains.py [--against REV] [--json] [FOLDER or FILE …]

Reads the sample corpus, the seeds where they are at hand, and any folder given, once with the rules as they are and once
with those of REV (HEAD), and compares by document, place, sort and fields. Exit status 0, whatever has changed.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from scripts.worktrees import GitError, commit_of, extract_in, git, tree_of  # noqa: E402 — the project may not be installed

WATCHED = ("ingest", "extractors")
_READ = {".txt", ".md", ".html", ".htm", ".docx", ".doc", ".pdf", ".ofd", ".xlsx", ".wps"}
_NOT_COMPARED = {"raw", "name", "listed"}  # the quote has it, or it says only how the rest was found
_MOST = 60  # characters of a sentence that are quoted
Json = dict[str, Any]
Key = tuple[Any, ...]


def files_of(folders: Iterable[Path]) -> list[Path]:
    """The files to read, in order; a folder's with all below it."""
    found: list[Path] = []
    for folder in folders:
        inside = sorted(path for path in folder.rglob("*") if path.is_file()) if folder.is_dir() else [folder]
        found += (path.resolve() for path in inside if not folder.is_dir() or path.suffix.lower() in _READ)
    return list(dict.fromkeys(found))


def squeeze(words: str) -> str:
    """Words without blanks."""
    return "".join(words.split())


def _inherited(obligation: Json) -> dict[str, list[str]]:
    """What an obligation has from its item, heading or row: what belongs to itself is compared by itself."""
    given: defaultdict[str, list[str]] = defaultdict(list)
    for mention in obligation["mentions"]:
        if mention["fields"].get("inherited"):
            role = mention["fields"].get("role")
            given[f"inherited {mention['sort']}s"].append(f"{squeeze(mention['quote'])}{f'={role}' if role else ''}")
    return {sort: sorted(set(quotes)) for sort, quotes in given.items()}


def flatten(found: Json) -> Iterator[Json]:
    """Everything found in one document: obligations, their mentions (each place once) and citations."""
    seen: set[Key] = set()
    for obligation in found["obligations"]:
        quote = obligation["quote"]
        yield obligation | {"sentence": quote, "fields": obligation["fields"] | _inherited(obligation)}
        for mention in obligation["mentions"]:
            place = (mention["sort"], *mention["at"])
            if place not in seen:
                seen.add(place)
                told = {name: value for name, value in mention["fields"].items() if name not in _NOT_COMPARED and name != "inherited"}
                yield mention | {"sentence": quote, "fields": told}
    for citation in found["citations"]:
        yield citation | {"sentence": citation["quote"]}


def _keyed(found: Json, same_text: bool) -> dict[Key, Json]:
    """What was found by its place, or, where another text was read, by its words and how often they stood before."""
    counts: Counter[Key] = Counter()
    by_key: dict[Key, Json] = {}
    for item in flatten(found):
        key: Key = (item["sort"], *item["at"]) if same_text else (item["sort"], squeeze(item["quote"]))
        counts[key] += 1
        by_key[(*key, counts[key])] = item
    return by_key


def _line(file: str, change: str, item: Json, fields: Json) -> Json:
    """One change, as --json prints it."""
    return {
        "document": file, "change": change, "sort": item["sort"], "quote": squeeze(item["quote"]), "sentence": squeeze(item["sentence"]),
        "at": item["at"], "rule": item["rule"], "fields": fields,
    }  # fmt: skip


def differing(before: Json, after: Json) -> Json:
    """The fields that differ, each as [before, after]."""
    names = [name for name in {**before, **after} if before.get(name) != after.get(name)]
    return {name: [before.get(name), after.get(name)] for name in names}


def compare(before: Json, after: Json, name: str) -> list[Json]:
    """What appeared, vanished or changed in one document."""
    if "error" in before or "error" in after:
        if before.get("error") == after.get("error"):
            return []
        nothing = {"sort": "document", "quote": "", "sentence": "", "at": [0, 0], "rule": ""}
        return [_line(name, "changed", nothing, {"error": [before.get("error"), after.get("error")]})]
    same_text = before["text"] == after["text"]
    old, new = _keyed(before, same_text), _keyed(after, same_text)
    changes = []
    facts = differing(before["facts"], after["facts"]) | ({} if same_text else {"reading text": ["as before", "read otherwise"]})
    if facts:
        changes.append(_line(name, "changed", {"sort": "document", "quote": "", "sentence": "", "at": [0, 0], "rule": ""}, facts))
    for key, item in old.items():
        if key not in new:
            changes.append(_line(name, "vanished", item, item["fields"]))
    for key, item in new.items():
        told = differing(old[key]["fields"], item["fields"]) if key in old else item["fields"]
        if key not in old:
            changes.append(_line(name, "appeared", item, told))
        elif told:
            changes.append(_line(name, "changed", item, told))
    return sorted(changes, key=lambda change: (change["at"], change["sort"] != "obligation"))


def _short(value: object) -> str:
    words = json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict) else str(value)
    return words if len(words) <= _MOST else words[: _MOST - 1] + "…"


def in_words(change: Json) -> str:
    """One change as a line: sign, sort, quote, what it says, and the sentence that it stands in."""
    sign = {"appeared": "+", "vanished": "-", "changed": "~"}[change["change"]]
    fields = change["fields"].items()
    if change["change"] == "changed":
        told = "; ".join(f"{name}: {_short(old)} → {_short(new)}" for name, (old, new) in fields)
    else:
        told = "; ".join(f"{name}: {_short(value)}" for name, value in fields if value not in (None, [], False) and name != "path")
    rule = f" [{change['rule']}]" if change["rule"] else ""
    sentence = change["sentence"] if change["sentence"] != change["quote"] else ""
    where = f"\n      in: {_short(sentence)}" if sentence else ""
    return f"  {sign} {change['sort']} {_short(change['quote'])}{' — ' if told else ''}{told}{rule}{where}"


def counts_of(changes: Iterable[Json]) -> dict[str, dict[str, int]]:
    """How many of each sort appeared, vanished and changed."""
    counts: dict[str, dict[str, int]] = {}
    for change in changes:
        row = counts.setdefault(change["sort"], {"appeared": 0, "vanished": 0, "changed": 0})
        row[change["change"]] += 1
    return counts


def is_clean(root: Path, revision: str) -> bool:
    """Whether what reads and extracts is the same as at `revision`."""
    changed = git(root, "diff", "--name-only", revision, "--", *WATCHED)
    return not changed.strip() and not git(root, "ls-files", "--others", "--exclude-standard", "--", *WATCHED).strip()


def gains(root: Path, files: Sequence[Path], against: str = "HEAD") -> list[Json]:
    """The changes of every file between `against` and the project as it stands."""
    if is_clean(root, commit_of(root, against)):
        return []
    with tree_of(root, against) as tree:
        before, after = extract_in((tree, root), files, root / "corpus" / "overlay.toml")
    return [change for file in map(str, files) for change in compare(before[file], after[file], Path(file).name)]


def show(changes: Sequence[Json], files: int, against: str) -> None:
    """Print the changes by document, counts at the end."""
    for name in dict.fromkeys(change["document"] for change in changes):
        print(name)
        for change in changes:
            if change["document"] == name:
                print(in_words(change))
    if not changes:
        print(f"no change against {against} in {files} files")
        return
    print(f"against {against}, {files} files:")
    for sort, row in counts_of(changes).items():
        print(f"  {sort:10} +{row['appeared']} -{row['vanished']} ~{row['changed']}")


def main(words: Sequence[str] | None = None) -> int:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("folders", nargs="*", type=Path, metavar="FOLDER", help="folders or files of notices, beside the corpus and the seeds")
    ask.add_argument("--against", default="HEAD", metavar="REV", help="the commit to compare with")
    ask.add_argument("--only", action="store_true", help="read the folders given alone")
    ask.add_argument("--json", action="store_true", dest="as_json")
    ask.add_argument("--root", type=Path, default=ROOT, help=argparse.SUPPRESS)
    args = ask.parse_args(words)
    missing = [folder for folder in args.folders if not folder.exists()]
    if missing:
        print(f"{missing[0]}: no such folder or file; name one that is there", file=sys.stderr)
        return 2
    usual = [] if args.only else [folder for folder in (args.root / "corpus" / "notices", args.root.parent / "shared" / "seeds") if folder.exists()]
    files = files_of([*usual, *args.folders])
    try:
        changes = gains(args.root, files, args.against)
    except GitError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("stopped; the temporary worktree is removed", file=sys.stderr)
        return 130
    if args.as_json:
        print(json.dumps({"against": args.against, "files": len(files), "counts": counts_of(changes), "changes": changes}, ensure_ascii=False, indent=1))
    else:
        show(changes, len(files), args.against)
    return 0


if __name__ == "__main__":
    sys.exit(main())
