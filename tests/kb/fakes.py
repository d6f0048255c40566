"""A small notice of an invented place with what is found in it, built by hand."""

from __future__ import annotations

from datetime import date
from hashlib import sha256

from extractors.mentions import Citation, Deadline, Extraction, Obligation, Party, Target, Unit
from ingest.document import Block, BlockKind, Document, Head, Part, Provenance, Span

TEXT = """云溪市人民政府关于加强养老服务的通知
各县人民政府：
一、主要任务
到2025年底，全市护理型床位占比达到60%以上。市民政局牵头，市财政局配合，于2024年6月底前完成改造。
养老机构不得收取高额押金。
责任单位：市卫健委"""


def span_of(words: str, start: int = 0) -> Span:
    """Where `words` stand in the text."""
    at = TEXT.index(words, start)
    return Span(at, at + len(words))


def make_document(text: str = TEXT, source: str = "notices/云溪.txt", number: str | None = "云政发〔2023〕5号", title: str = "云溪市人民政府关于加强养老服务的通知") -> Document:
    """The notice as a reader would give it."""
    lines, start = [], 0
    for line in text.split("\n"):
        lines.append(Span(start, start + len(line)))
        start += len(line) + 1
    blocks = [Block(span, span, part=Part.BODY, provenance=(Provenance(span, 1, (1.0, 2.0, 3.5, 4.0)),)) for span in lines]
    if text == TEXT:
        heading = span_of("一、主要任务")
        blocks[2] = Block(heading, Span(heading.end, heading.end), BlockKind.HEADING, Part.BODY, None, 1, "一、", heading)
        blocks[3:] = [Block(b.span, b.body, parent=2, provenance=b.provenance) for b in blocks[3:]]
    head = Head(title=title, document_number=number, issuing_organs=("云溪市人民政府",), document_type="通知", issued_on=date(2023, 5, 1), spans={"title": lines[0]})
    return Document(text, tuple(blocks), head, source, sha256(text.encode()).hexdigest(), "text", None, ("第3页由识别读出",))


def make_extraction(region: tuple[str, ...] = ("云岭省", "云溪市"), level: str = "municipal", cited: tuple[Citation, ...] = ()) -> Extraction:
    """What the pipeline would find in it."""
    path = ("一、主要任务",)
    target_date = Deadline(span_of("到2025年底"), "deadline.year_end", "到2025年底", "by", end=date(2025, 12, 31))
    due = Deadline(span_of("2024年6月底前"), "deadline.month_end", "2024年6月底前", "by", end=date(2024, 6, 30))
    target = Target(span_of("达到60%以上"), "target.reach", "达到60%以上", "全市护理型床位占比", ">=", 60.0, unit="%", by=date(2025, 12, 31))
    lead = Unit(span_of("市民政局"), "unit.lead", "市民政局", "lead", "云溪市民政局")
    help_ = Unit(span_of("市财政局"), "unit.help", "市财政局", "cooperating", "云溪市财政局")
    listed = Unit(span_of("市卫健委"), "unit.line", "市卫健委", "responsible", "云溪市卫生健康委员会", True, True)
    party = Party(span_of("养老机构"), "party.org", "养老机构")
    found = (
        _obligation("到2025年底，全市护理型床位占比达到60%以上。", "target", path, deadlines=(target_date,), targets=(target,), units=(listed,)),
        _obligation("市民政局牵头，市财政局配合，于2024年6月底前完成改造。", "duty", path, deadlines=(due,), units=(lead, help_), citations=("养老条例",)),
        _obligation("养老机构不得收取高额押金。", "prohibition", path, parties=(party,), confidence=0.9),
    )
    return Extraction(found, cited, level, region, "990100", date(2023, 6, 1), None, (target_date, due))


def _obligation(text: str, kind: str, path: tuple[str, ...], **more: object) -> Obligation:
    return Obligation(span_of(text), kind, "kind." + kind, text, path, 1, **more)  # type: ignore[arg-type]
