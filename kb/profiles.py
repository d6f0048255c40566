"""Profiles (企业画像): what is known of one enterprise, from a TOML file or from options."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from kb.errors import KbError, UsageError
from kb.records import Json
from kb.trades import above, find_acts, find_trades, load_trades

FIELDS = ("name", "industry", "products", "size", "region", "licences", "attributes")
_CHINESE = {"名称": "name", "行业": "industry", "产品": "products", "规模": "size", "地区": "region", "许可": "licences", "许可证": "licences", "特征": "attributes", "属性": "attributes"}
SIZES = {"大型": "large", "中型": "medium", "小型": "small", "微型": "micro", "小微": "small", "中小": "small", "large": "large", "medium": "medium", "small": "small", "micro": "micro"}
_FORM = "docs/profile.toml shows the form"
_INSTITUTION = frozenset({"学校", "医疗机构", "宗教场所"})
_SOLE = ("个体", "摊贩", "小作坊", "农户", "合作社", "家庭农场")


@dataclass(frozen=True)
class Profile:
    """One enterprise (or school, shop, farm) as it describes itself; whatever is empty is not known."""

    name: str = ""
    industry: tuple[str, ...] = ()
    products: tuple[str, ...] = ()
    size: str = ""
    region: tuple[str, ...] = ()
    licences: tuple[str, ...] = ()
    attributes: tuple[str, ...] = ()
    unknown: tuple[str, ...] = field(default=(), compare=False)  # keys of the file that mean nothing here

    def as_json(self) -> Json:
        """As `kb applies --json` prints it."""
        return {key: list(value) if isinstance(value := getattr(self, key), tuple) else value for key in FIELDS if getattr(self, key)}

    @cached_property
    def words(self) -> tuple[str, ...]:
        """Everything it says of itself but its place."""
        return (*self.industry, *self.products, *self.licences, *self.attributes, self.size, self.name)

    @cached_property
    def trades(self) -> dict[str, str]:
        """Its trades and traits, each with the words that say so."""
        found: dict[str, str] = {}
        for words in (*self.industry, *self.products, *self.attributes, *self.licences):
            for named in find_trades(words):
                for trade in named.trades:
                    found.setdefault(trade, words)
        return found

    @cached_property
    def within(self) -> dict[str, str]:
        """Its trades and all that hold them, each with the trade by which it belongs there."""
        found: dict[str, str] = {}
        for trade in self.trades:
            for name in above(trade):
                found.setdefault(name, trade)
        if "make" in self.acts and self.trades:  # whoever makes goods is industry, whatever the goods
            for name in above("制造业"):
                found.setdefault(name, next(iter(self.trades)))
        return found

    @cached_property
    def acts(self) -> frozenset[str]:
        """What it does: 生产, 经营, 餐饮 …; empty where it says nothing of that."""
        said = find_acts("，".join((*self.industry, *self.licences)))
        if said & {"net"}:
            return frozenset({"net"}) | (said - {"sell"})
        own = frozenset().union(*(load_trades()[trade].does for trade in self.trades if load_trades()[trade].kind != "trait"))
        return said | own or find_acts("，".join((*self.attributes, *self.products)))

    @cached_property
    def sizes(self) -> frozenset[str]:
        """Its size by the statistical classes; empty where it says none."""
        found = {value for word, value in SIZES.items() if word in self.size.lower()}
        return frozenset(found or {value for word, value in SIZES.items() if any(word in said for said in self.attributes) and len(word) > 2})

    @cached_property
    def above_scale(self) -> bool | None:
        """Whether it is 规模以上; None where that cannot be told."""
        said = "，".join((self.size, *self.attributes))
        if "规模以下" in said or "规下" in said:
            return False
        if "规模以上" in said or "规上" in said or self.sizes & {"large"}:
            return True
        return False if self.sizes & {"micro"} else None

    @cached_property
    def is_enterprise(self) -> bool | None:
        """Whether it is a 企业: False of a school or hospital, None (it may count as one) of a sole trader or farm."""
        said = "，".join((*self.industry, *self.attributes, self.name))
        if "企业" in said or "公司" in said:
            return True
        if any(name in self.within for name in _INSTITUTION) or "事业单位" in said or "机关" in said:
            return False
        return None if any(word in said for word in _SOLE) else True


def load_profile(path: Path) -> Profile:
    """Read a profile from a TOML file; raises `KbError` with what is wrong in it."""
    try:
        held = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise KbError(str(path), f"cannot be read ({error.strerror})", f"name a TOML file; {_FORM}") from error
    except UnicodeDecodeError as error:
        raise KbError(str(path), "is not UTF-8 text", "save it as UTF-8") from error
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise KbError(str(path), f"is no TOML ({error})", _FORM) from error
    return make_profile(held.get("profile", held) if isinstance(held.get("profile", held), dict) else held, str(path))


def make_profile(held: Mapping[str, Any], source: str = "--profile") -> Profile:
    """A profile from its fields; a text may stand for a list of one."""
    known: dict[str, Any] = {}
    unknown = []
    for key, value in held.items():
        name = _CHINESE.get(key, "licences" if key == "licenses" else key)
        if name not in FIELDS:
            unknown.append(key)
        elif name in ("name", "size"):
            known[name] = _text(source, key, value)
        else:
            known[name] = (*known.get(name, ()), *_texts(source, key, value))
    if "region" in known:
        known["region"] = whole_region(known["region"])
    profile = Profile(**known, unknown=tuple(unknown))
    if not profile.words or not any(profile.words):
        raise UsageError(source, "says nothing of the enterprise", f"give at least its industry; {_FORM}")
    return profile


def _text(source: str, key: str, value: Any) -> str:
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    if not isinstance(value, str):
        raise KbError(source, f"{key} is no text", _FORM)
    return value.strip()


def _texts(source: str, key: str, value: Any) -> tuple[str, ...]:
    values = value if isinstance(value, list) else [value]
    if not all(isinstance(one, str) for one in values):
        raise KbError(source, f"{key} is no text or list of texts", _FORM)
    return tuple(one.strip() for one in values if one.strip())


def strange(profile: Profile) -> list[str]:
    """What a profile says that is not understood, a line each: an industry without a trade, a size that is none, an unknown place."""
    from extractors.regions import regions_named

    lines = [f"{words}: no trade is known by these words; only what binds enterprises of every trade is found by them" for words in profile.industry if not find_trades(words)]
    if profile.size and not profile.sizes and profile.above_scale is None:
        lines.append(f"{profile.size}: no size; known are {'、'.join(word for word in SIZES if not word.isascii())}、规模以上、规模以下")
    if profile.region and not regions_named(profile.region[-1]):
        lines.append(f"{''.join(profile.region)}: no place of this name is known; an overlay may name it (KB_OVERLAY)")
    return lines


def whole_region(names: tuple[str, ...]) -> tuple[str, ...]:
    """A region with all that lies above it, from any of its names: 河南省郑州市, or 郑州市 alone; as given where unknown."""
    from extractors.regions import chain_of, regions_named

    last = names[-1] if names else ""
    for start in range(max(len(last) - 1, 0)):
        given = "".join((*names[:-1], last[:start]))
        ways = [tuple(region.name for region in chain_of(found)) for found in regions_named(last[start:], short=not start)]
        fitting = {way for way in ways if given in (upper := "".join(way[:-1])) or upper in given}
        if len(fitting) > 1:
            listed = "、".join(sorted("".join(way) for way in fitting)[:4])
            raise UsageError("region", f"several places are called {last[start:]} ({listed})", "name the province too")
        if fitting:
            return fitting.pop()
    return names
