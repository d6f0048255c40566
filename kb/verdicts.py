"""Whether words that speak to somebody speak to the enterprise of a profile: applies, may apply, does not, each with its reason."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import Literal

from kb.addressees import Addressee
from kb.profiles import Profile
from kb.trades import above, chain, load_trades

Certainty = Literal["applies", "may apply", "no"]
_RANK: dict[Certainty, int] = {"no": 0, "may apply": 1, "applies": 2}
_ACTS = {
    "make": "生产", "sell": "经营", "cater": "餐饮", "use": "使用", "store": "贮存运输", "farm": "种植养殖",
    "build": "施工", "test": "检验检测", "mine": "开采", "net": "平台", "serve": "服务",
}  # fmt: skip
_SIZES = {"large": "大型", "medium": "中型", "small": "小型", "micro": "微型"}
_BREACH = ("失信", "违法", "违规", "无证", "无照", "严重", "拒不", "未")
_SAME = 4  # characters that a condition and an attribute must share to be of one thing


@dataclass(frozen=True, slots=True)
class Verdict:
    """How far words concern a profile; `because` has both sides' words, `ask` what would decide it."""

    certainty: Certainty
    because: tuple[str, ...] = ()
    ask: tuple[str, ...] = ()


_YES = Verdict("applies")
_NO = Verdict("no")


def judge(addressee: Addressee, profile: Profile) -> Verdict:
    """How far an addressee is the profile's enterprise: as far as the weakest of its marks."""
    if addressee.form in ("association", "public"):
        return _NO
    if addressee.form == "named":
        return Verdict("applies", (f"点名“{addressee.printed}”",)) if profile.name and profile.name in addressee.printed else _NO
    tests: tuple[Callable[[Addressee, Profile], Verdict], ...] = (_form, _trade, _act, _size, _scale, _conditions, _residue)
    found = _YES
    for test in tests:
        one = test(addressee, profile)
        if one.certainty == "no":
            return _NO
        found = Verdict(min(found.certainty, one.certainty, key=_RANK.__getitem__), found.because + one.because, found.ask + one.ask)
    printed = f"条文“{addressee.printed}”" if not addressee.scope else f"条文“{addressee.printed}”，所在“{addressee.scope}”"
    return replace(found, because=(printed, *(found.because or ("泛指各类企业",))))


def best(addressees: Iterable[Addressee], profile: Profile) -> Verdict:
    """The strongest verdict over all whom an obligation speaks to."""
    return max((judge(one, profile) for one in addressees), key=lambda verdict: _RANK[verdict.certainty], default=_NO)


def _form(addressee: Addressee, profile: Profile) -> Verdict:
    if addressee.form != "enterprise" or profile.is_enterprise:
        return _YES
    return _NO if profile.is_enterprise is False else Verdict("may apply", ask=("是否登记为企业",))


def _trade(addressee: Addressee, profile: Profile) -> Verdict:
    if addressee.not_trades & profile.within.keys():
        return _NO
    if not addressee.trades:
        return _YES
    return max((_of_group(group, profile) for group in addressee.trades), key=lambda verdict: _RANK[verdict.certainty])


def _of_group(group: frozenset[str], profile: Profile) -> Verdict:
    """How far the profile is in all the trades of a group."""
    table = load_trades()
    missing = group - profile.within.keys()
    asked = [name for name in sorted(missing) if table[name].kind == "trait" or _leaves_open(name, profile)]
    if len(asked) < len(missing):
        return _NO
    because = tuple(_belongs(name, profile) for name in sorted(group - missing))
    if asked:
        return Verdict("may apply", because, (f"是否涉及{'、'.join(asked)}",))
    return Verdict("applies", because)


def _belongs(name: str, profile: Profile) -> str:
    own = profile.within[name]
    return f"画像“{profile.trades[own]}”属于{' ⊂ '.join(chain(own, name) or (name,))}"


def _leaves_open(name: str, profile: Profile) -> bool:
    parents = [own for own in profile.trades if own != name and own in above(name)]
    return any(not any(other != own and own in above(other) for other in profile.trades) for own in parents) and not profile.products


def _act(addressee: Addressee, profile: Profile) -> Verdict:
    if not addressee.acts:
        return _YES
    if not profile.acts:
        return Verdict("may apply", ask=(f"从事的环节（{_words(addressee.acts)}）",))
    shared = addressee.acts & profile.acts
    return Verdict("applies", (f"环节：{_words(shared)}",)) if shared else _NO


def _words(acts: frozenset[str]) -> str:
    return "、".join(_ACTS[act] for act in _ACTS if act in acts)


def _size(addressee: Addressee, profile: Profile) -> Verdict:
    if not addressee.sizes:
        return _YES
    if not profile.sizes:
        return Verdict("may apply", ask=("企业规模（大型、中型、小型、微型）",))
    shared = addressee.sizes & profile.sizes
    return Verdict("applies", (f"规模：{'、'.join(_SIZES[size] for size in sorted(shared))}",)) if shared else _NO


def _scale(addressee: Addressee, profile: Profile) -> Verdict:
    if addressee.above_scale is None:
        return _YES
    if profile.above_scale is None:
        return Verdict("may apply", ask=("是否规模以上",))
    return Verdict("applies", ("规模以上",)) if profile.above_scale is addressee.above_scale else _NO


def _conditions(addressee: Addressee, profile: Profile) -> Verdict:
    """Conditions of which the profile says nothing are asked for; those of a breach hold for whoever commits it."""
    open_ = [condition for condition in addressee.conditions if not _says(condition, profile)]
    if not open_:
        return _YES if not addressee.conditions else Verdict("applies", (f"条件“{'、'.join(addressee.conditions)}”与画像相符",))
    if all(any(word in condition for word in _BREACH) for condition in open_):
        return Verdict("may apply", (f"如有“{'、'.join(open_)}”情形",))
    return Verdict("may apply", ask=tuple(f"是否符合“{condition}”" for condition in open_))


def _says(condition: str, profile: Profile) -> bool:
    for words in profile.words:
        if condition in words or len(words) >= 3 and words in condition:
            return True
        match = SequenceMatcher(None, condition, words, autojunk=False).find_longest_match()
        if match.size >= _SAME:
            return True
    return False


def _residue(addressee: Addressee, profile: Profile) -> Verdict:
    if not addressee.residue or _says(addressee.residue, profile) or any(addressee.residue in words for words in profile.words):
        return _YES
    if not addressee.trades:
        return _NO
    return Verdict("may apply", ask=(f"是否属于“{addressee.printed}”",))
