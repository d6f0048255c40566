"""What a query asks: its terms with their weights, official words for everyday ones, kinds of obligation."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from importlib.resources import files

from extractors.organs import current_name
from kb.terms import bigrams, dates, known_words, marked_terms, searchable, stretches
from kb.vocabulary import Vocabulary

# What a question is made of and no passage answers to.
_QUESTION = re.compile(
    r"怎么(?:办|写|样|定|做|提|说|表述|规定|要求|安排)?|如何|什么(?:时候|样)?|为什么|哪(?:些|个|几个|里|几件事|项|种)?|多少|多久|几(?:个|件|项)|要不要|有没有|能不能|可不可以|是不是|"
    r"会不会|该不该|是否|吗|呢|吧|请问|想问|我们|我家|我想|"
    r"(?:别|其[他它]|人家|兄弟|外)(?:的|处|家|地|省|市|县|区|单位)*(?:的)?(?:文件|方案|通知|办法|意见)?(?=怎|如何|是|对|给|提|都|有|里|写|$)|"
    r"别处|别的|其他地方|各地(?=怎|如|对|是)|有关|关于|规定了?|有无|应该|"
    r"之前|以前|平时|一下|[一几两]次|每?一批(?!次)|都要|都得|才能|才可以|的|了"
)
_BETWEEN = re.compile(r"[一两几]次|一下|过|个|那些|这些|自己|\n")  # what may stand inside an everyday word besides
_KINDS = (
    ("k:prohibition", re.compile(r"禁止|不得|严禁|不准|不许|不能做|不允许|禁令")),
    ("k:encouragement", re.compile(r"鼓励|倡导|提倡|支持企业|允许")),
    ("k:support", re.compile(r"奖励|补贴|补助|扶持|资助|奖补|优惠|贴息|减免|给企业|给钱|好处|优先")),
    ("k:target", re.compile(r"指标|目标|多高|比例|合格率|覆盖率|满意度|达到|[0-9]%|百分之")),
)
_LEVELS = (
    ("l:national", re.compile(r"国家级?(?:文件|规定|要求|政策)|国务院|中央文件")),
    ("l:provincial", re.compile(r"省级|全省|省里|省一级")),
    ("l:municipal", re.compile(r"市级(?:文件|规定|要求|政策)|地级市")),
    ("l:county", re.compile(r"县级|县里|区县")),
)
_ANSWERS = (
    ("a:who", re.compile(r"谁|(?:哪|什么)(?:个|些|家|一?级)?(?:部门|单位|机构|机关)|归哪|由哪|牵头|责任单位")),
    ("a:when", re.compile(r"什么(?:时候|时间)|何时|多久|几月|哪[天年月]|最迟|最晚|期限|时限|到期|截止")),
    ("a:how much", re.compile(r"多少|多高|多大|几成|几家|几个|比例|比率|占比|指标|目标|标准定|定多|百分之|[\u3400-\u9fff]率")),
)
_SAYS = tuple(term for term, _ in (*_KINDS, *_LEVELS, *_ANSWERS))
_ORGAN = re.compile(r"[\u3400-\u9fff]{2,10}?(?:局|委|厅|办|部门|部)")
# Characters of words that only hold a sentence together; none is a short name's.
_HOLDING = frozenset("的了是在有和与及或要会能可被把让给对为从到才都就也还再又不没很更最等个些这那么吗呢吧啊什哪怎几多少谁何去来得着过将于其")
_BY_CHANCE = 0.3  # what two neighbours count inside an everyday word that notices do not print
_ALONE = 0.5  # weight of a character of a stretch that no passage has
_EXPANDED = 0.6  # weight of an official word put in for an everyday one


@cache
def everyday_words() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Everyday words with the official ones that notices print for them, from `everyday.tsv`."""
    rows = files("extractors").joinpath("data", "everyday.tsv").read_text(encoding="utf-8").splitlines()
    pairs = [row.split("\t") for row in rows if row and not row.startswith("#")]
    return tuple((everyday, tuple(official.split())) for everyday, official in pairs)


@cache
def _by_first_character() -> dict[str, list[tuple[str, tuple[str, ...]]]]:
    """The everyday words by what they begin with."""
    found: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
    for everyday, official in everyday_words():
        found.setdefault(everyday[0], []).append((everyday, official))
    return found


def _everyday_in(*texts: str) -> list[tuple[str, tuple[str, ...]]]:
    """The everyday words that stand in one of the texts, with the official ones."""
    first = sorted(set("".join(texts)) & _by_first_character().keys())
    return [one for character in first for one in _by_first_character()[character] if any(one[0] in text for text in texts)]


@lru_cache(maxsize=64)
def official_words(folded: str) -> tuple[tuple[str, str], ...]:
    """The everyday words in the query, each with an official word for it, and "" with the names that organs in it have today.

    An everyday word may have something between its halves that no passage answers to: 交一次材料, 签了什么合同.
    """
    tight = _BETWEEN.sub("", _QUESTION.sub("", folded))
    found = [(everyday, word) for everyday, official in _everyday_in(folded, tight) for word in official if word not in folded]
    return (*found, *(("", name) for name in organ_names(folded)))


def organ_names(folded: str) -> list[str]:
    """Today's names of the organs that the query names by an older one, of every ending a name may have."""
    found = []
    for match in _ORGAN.finditer(folded):
        for start in range(match.start(), match.end() - 2):
            printed = folded[start : match.end()]
            today, reason = current_name(printed)
            if reason is not None and today != printed:
                found.append(today)
                break
    return [name for name in dict.fromkeys(found) if name not in folded]


def query_terms(query: str, index: Vocabulary) -> dict[str, float]:
    """The weighted terms that a query looks for."""
    folded = searchable(query)
    asked = _QUESTION.sub("\n", folded)
    _look_up_together(folded, asked, index)
    terms: dict[str, float] = {}

    def add(term: str, weight: float) -> None:
        terms[term] = max(weight, terms.get(term, 0.0))

    chance = _by_chance(asked, index)
    for term in bigrams(asked):
        add(term, _BY_CHANCE if term in chance else 1.0)
    for term in known_words(asked, index):
        add(term, 1.0)
    for character in unknown_characters(asked, index):
        add(character, _ALONE)
    for term in marked_terms(folded):
        add(term, 3.0 if term[0] == "@" else 2.0)
    for term in dates(folded):
        add(term, 1.5)
    for term, pattern in (*_KINDS, *_LEVELS, *_ANSWERS):
        if pattern.search(folded):
            add(term, 1.0)
    for term in places(asked, index):
        add(term, 1.0)
    for everyday, word in official_words(folded):
        weight = _expanded_weight(everyday, word, index)
        for term in (*bigrams(word), *known_words(word, index)):
            add(term, weight)
    return terms


def _look_up_together(folded: str, asked: str, index: Vocabulary) -> None:
    """Has the vocabulary look up at once what is asked of it one by one below."""
    official = "\n".join(word for _, word in official_words(folded))
    everyday = "\n".join(word for word, _ in official_words(folded))
    runs = "\n".join((asked, official))
    index.look_up([*bigrams(runs), *bigrams(everyday), *stretches(runs), *set(asked), *marked_terms(folded), *dates(folded), *_places_to_look_up(asked), *_SAYS])


def _by_chance(asked: str, index: Vocabulary) -> set[str]:
    """Pairs of neighbours that stand in everyday words which no passage prints whole, and nowhere else in the query: 监局 of 药监局."""
    whole = asked
    for everyday, _ in _everyday_in(asked):
        if len(everyday) >= 3 and not all(index.known([pair]) for pair in bigrams(everyday)):
            whole = whole.replace(everyday, "\n")
    return set(bigrams(asked)) - set(bigrams(whole))


def _expanded_weight(everyday: str, official: str, index: Vocabulary) -> float:
    """The weight of an official word's terms: together no more than the everyday word's own, where notices print that too."""
    own = [index.rarity(term) for term in bigrams(everyday)]
    if not own or not all(own):
        return _EXPANDED
    put_in = sum(index.rarity(term) for term in (*bigrams(official), *known_words(official, index)))
    return _EXPANDED * min(1.0, sum(own) / put_in) if put_in else _EXPANDED


def places(folded: str, index: Vocabulary) -> list[str]:
    """The places in the query that a document of the base is of."""
    return index.known(_places_to_look_up(folded))


def _places_to_look_up(folded: str) -> list[str]:
    runs = re.findall(r"[\u3400-\u9fff]{2,}", folded)
    return [f"g:{run[start : start + size]}" for run in runs for start in range(len(run) - 1) for size in (2, 3, 4)]


def unknown_characters(folded: str, index: Vocabulary) -> list[str]:
    """The characters that stand in no pair of neighbours which a passage has: of short names (食责险), of words nobody prints."""
    found: list[str] = []
    for run in re.findall(r"[\u3400-\u9fff]{2,}", folded):
        pairs = [run[at : at + 2] for at in range(len(run) - 1)]
        index.look_up(pairs)
        known = [pair in index for pair in pairs]
        found += [one for at, one in enumerate(run) if one not in _HOLDING and not any(known[max(0, at - 1) : at + 1])]
    return found
