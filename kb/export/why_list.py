"""An explanation on the terminal: one mention after the other, each thing that explains it on a line of its own."""

from __future__ import annotations

from collections.abc import Iterator

from kb.export.columns import printable
from kb.records import Json

_PARTS = (("units", "unit"), ("deadlines", "deadline"), ("targets", "target"), ("parties", "party"), ("citations", "citation"))


def _quoted(place: Json, brief: bool = False) -> str:
    """A passage word for word, with its place; `brief`: where page and headings are told beside it."""
    words = f"“{printable(' '.join(place['quote'].split()))}”"
    if place.get("column"):
        return f"{words}, the heading of its column"
    if "start_char" not in place:
        return words
    page = f", page {place['page']}" if place["page"] and not brief else ""
    path = f", {' › '.join(printable(heading) for heading in place['path'])}" if place["path"] and not brief else ""
    return f"{words} at {place['start_char']}–{place['end_char']}{page}{path}"


def _told(given: Json) -> str:
    """Something in words, with the passage it is about where there is one."""
    value = f" {given['value']}" if given.get("value") and str(given["value"]) not in given["words"] else ""
    return f"{given['words']}{value}{': ' + _quoted(given) if 'quote' in given else ''}"


def _value(sort: str, value: Json) -> str:
    """What a mention says, in short."""
    if sort == "kind":
        return str(value["kind"])
    if sort == "unit":
        full = f", in full {value['canonical']}" if value["canonical"] and value["canonical"] != value["name"] else ""
        return f"{value['name']}, {value['role']}{full}"
    if sort == "deadline":
        days = value["recurrence"] or "–".join(day for day in (value["start"], value["end"]) if day)
        return f"{value['raw']}, {value['type']}{' ' + days if days else ''}"
    if sort == "target":
        figure = value["reference"] if value["value"] is None else f"{value['value']}{'–' + str(value['upper']) if value['upper'] is not None else ''}{value['unit'] or ''}"
        return f"{value['indicator']} {value['comparator']} {figure}"
    if sort == "citation":
        title = f"《{value['title'].strip('《》')}》" if value["title"] else ""
        return f"{title}{value.get('document_number') or ''}{', ' + value['relation'] if value.get('relation') else ''}"
    return str(value["name"])


def _mention(sort: str, told: Json) -> Iterator[str]:
    yield f"{sort}: {printable(_value(sort, told['value']))}"
    if told.get("unknown"):
        yield f"  not known     {told['unknown']}"
    if told.get("rule"):
        yield f"  rule          {told['rule']['id']}: {told['rule']['words']}"
    if told.get("trigger") and told["trigger"] != told["source"]:
        yield f"  trigger       {_quoted(told['trigger'], brief=True)}"
    if told.get("source"):
        yield f"  printed       {_quoted(told['source'])}"
    for key, label in (("role_from", "role from"), ("anchor", "anchor"), ("inherited_from", "inherited from")):
        if told.get(key):
            yield f"  {label:13} {_told(told[key])}"
    if told.get("rename"):
        rename = told["rename"]
        yield f"  today         {rename['from']} → {rename['today']}{', since ' + str(rename['since']) if rename['since'] else ''}: {rename['reason']}"
    if told.get("confidence"):
        yield f"  confidence    {told['confidence']['value']}: {told['confidence']['words']}"


def why_lines(told: Json) -> Iterator[str]:
    """The explanation of an obligation."""
    source = told.get("of")
    name = f" of {source['document_number'] or source['title'] or source['source']}" if source else ""
    yield f"obligation {told['id']}{printable(name)}"
    yield from _mention("kind", told["kind"])
    for key, sort in _PARTS:
        for mention in told[key]:
            yield ""
            yield from _mention(sort, mention)
    if source and told["edition"]["note"]:
        yield ""
        yield told["edition"]["note"]


def document_why_lines(told: Json) -> Iterator[str]:
    """The explanation of a document: its head, what it prints of dates and citations, each of its obligations."""
    for name, place in told["head"].items():
        yield f"{name:20} {_quoted(place)}"
    for key, sort in (("citations", "citation"), ("deadlines", "deadline")):
        for mention in told[key]:
            yield ""
            yield from _mention(sort, mention)
    for obligation in told["obligations"]:
        yield ""
        yield from why_lines(obligation)
    if told["edition"]["note"]:
        yield ""
        yield told["edition"]["note"]
