"""Small notices for the tests of faults: pieces of the sample notices under numbers of their own, in two editions."""

from __future__ import annotations

import re
import zipfile
from html import escape
from pathlib import Path
from random import Random

COUNT = 24  # files of notices
_FIGURE = re.compile(r"(?<![\d〔年月])\d{1,2}(?=[%项家个次日万])")
_PLACES = ("云溪", "砚海", "栖河", "霁阳", "岚山")


def write_notices(folder: Path, corpus: Path, edition: int) -> None:
    """Write the notices into `folder`, in place of an earlier edition: in the second a third of them says something else.

    Texts, pages, files of two notices and an archive; the second edition's archive and one of the files hold fewer.
    """
    pieces = [line for file in sorted(corpus.glob("notices/*.txt")) for line in file.read_text(encoding="utf-8").splitlines() if line.startswith("　　")]
    folder.mkdir(parents=True, exist_ok=True)
    held: dict[str, str] = {}
    for number in range(1, COUNT + 1):
        text = _notice(pieces, number, edition if number % 3 == 0 else 1)
        if number % 8 == 5 and not (edition == 2 and number == 5):
            text += _notice(pieces, number + 100, edition)
        if number % 5 == 4:
            held[f"{number:02}.txt"] = text
        elif number % 4 == 2:
            (folder / f"{number:02}.html").write_text(_page(text), encoding="utf-8")
        else:
            (folder / f"{number:02}.txt").write_text(text, encoding="utf-8")
    with zipfile.ZipFile(folder / "汇总.zip", "w") as archive:
        for name, text in sorted(held.items())[: 3 if edition == 2 else None]:
            archive.writestr(zipfile.ZipInfo(name), text)


def _notice(pieces: list[str], number: int, edition: int) -> str:
    random = Random(f"{number}:{edition}")
    place = _PLACES[number % len(_PLACES)]
    start = random.randrange(len(pieces) - 4)
    body = "\n".join(_FIGURE.sub(lambda _: str(random.randrange(5, 95)), piece) for piece in pieces[start : start + 4])
    return (
        f"{place}县人民政府关于做好第{number}项工作的通知\n{place[0]}政发〔2021〕{number}号\n各乡镇人民政府：\n一、主要任务\n{body}\n"
        f"　　县教育局牵头，县财政局配合，于2022年{number % 12 + 1}月底前完成整改，合格率达到{50 + number % 50}%以上。\n{place}县人民政府\n2021年{number % 12 + 1}月{number % 28 + 1}日\n"
    )


def _page(text: str) -> str:
    title, *lines = text.splitlines()
    body = "".join(f"<p>{escape(line)}</p>" for line in lines)
    return f"<html><head><meta charset='utf-8'><title>{escape(title)}</title></head><body><h1>{escape(title)}</h1>{body}</body></html>"
