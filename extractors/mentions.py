"""What extractors give back: mentions with their place and the rule that found them, and the obligations made of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from ingest.document import Span

DeadlineType = Literal["by", "during", "recurring", "within"]
Role = Literal["lead", "responsible", "cooperating"]
Kind = Literal["duty", "prohibition", "target", "support", "encouragement"]
Comparator = Literal[">=", ">", "<=", "<", "=", "range", "increase", "decrease", "multiple"]
Relation = Literal["basis", "mention"]


Way = Literal["heading", "line", "cell", "frame", "list_head", "carried"]


@dataclass(frozen=True, slots=True)
class Origin:
    """How a mention came to an obligation that does not print it, and the place of what speaks for the obligation.

    `heading` above it, `line` of its item (or a bracket behind it), another `cell` of its row, the time `frame` of the
    campaign, the date that heads the list or paragraph (`list_head`), the clause whose subject is `carried` over.
    """

    way: Way
    place: Span


@dataclass(frozen=True, slots=True)
class Context:
    """What resolving a mention may know of its notice: never the machine's clock."""

    issued_on: date | None = None
    year: int | None = None  # the notice's year where its date is unknown (from its number, title or text)
    level: str | None = None
    region: tuple[str, ...] = ()
    issuers: tuple[str, ...] = ()  # the issuing organs (发文机关) as printed
    guessed: bool = False  # the year is the first that the text prints: it tells nothing of what is past


@dataclass(frozen=True, slots=True)
class Deadline:
    """A deadline (时限): `start` and `end` are inclusive, None where open or not to be known (`reason` says why).

    `recurrence` is an ISO 8601 period. `event` names what `within` counts from; `provisional` marks working days
    counted past the last published calendar.
    """

    span: Span
    rule: str
    raw: str
    type: DeadlineType
    start: date | None = None
    end: date | None = None
    recurrence: str | None = None
    event: str | None = None
    reason: str | None = None
    provisional: bool = False
    inherited: bool = False
    origin: Origin | None = None


@dataclass(frozen=True, slots=True)
class Target:
    """A target (目标): a figure to be reached, kept or not exceeded; `by` is the last day of the date that binds it.

    `due` is the place of the deadline that `by` is from.
    """

    span: Span
    rule: str
    raw: str
    indicator: str
    comparator: Comparator
    value: float | None = None
    upper: float | None = None
    unit: str | None = None
    reference: str | None = None
    by: date | None = None
    due: Span | None = None


@dataclass(frozen=True, slots=True)
class Unit:
    """A responsible unit (责任单位) as printed, with its role; `canonical` is its full name in the issuer's jurisdiction.

    `listed` tells a unit of a list (责任单位：…, （市教育局牵头）) from one that is its sentence's subject.
    """

    span: Span
    rule: str
    name: str
    role: Role
    canonical: str | None = None
    listed: bool = False
    inherited: bool = False
    origin: Origin | None = None


@dataclass(frozen=True, slots=True)
class Citation:
    """A citation (引用) of a law, standard or policy document, by title, number or both."""

    span: Span
    rule: str
    title: str | None
    document_number: str | None
    relation: Relation = "mention"


@dataclass(frozen=True, slots=True)
class Party:
    """A regulated party (适用对象) as printed."""

    span: Span
    rule: str
    name: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the body: what it says is judged as a whole (`kind` None: it asks nothing)."""

    span: Span
    block: int  # index of its block in Document.blocks
    path: tuple[str, ...] = ()
    kind: Kind | None = None
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Obligation:
    """The smallest passage that states one thing required, forbidden, aimed at, promised or encouraged."""

    span: Span
    kind: Kind
    rule: str
    text: str
    path: tuple[str, ...] = ()
    page: int | None = None
    units: tuple[Unit, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    targets: tuple[Target, ...] = ()
    parties: tuple[Party, ...] = ()
    citations: tuple[str, ...] = ()  # title or number of each document the passage cites
    confidence: float = 1.0
    cited: tuple[Citation, ...] = ()  # where each of `citations` is printed first


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that was found in one document."""

    obligations: tuple[Obligation, ...] = ()
    citations: tuple[Citation, ...] = ()  # each distinct document once, in reading order
    level: str | None = None
    region: tuple[str, ...] = ()
    adcode: str | None = None
    effective_on: date | None = None
    expires_on: date | None = None
    deadlines: tuple[Deadline, ...] = ()  # every one printed, resolved
    notes: Mapping[str, str] = field(default_factory=dict)
