"""The tokenizer of the encoder: Chinese words and characters, Latin letters and figures, cut by the likeliest way.

The words are jieba's over the texts, each with its share of all words; a text is cut so that the product of the shares
is greatest (a unigram model), which the `tokenizers` library does from one file and without jieba.
"""

from __future__ import annotations

import logging
import math
import re
from collections import Counter
from collections.abc import Iterable
from typing import Any

RARELY = 5  # a word seen less often is left to its characters
LONGEST = 8  # characters of a word
_RUN = re.compile(r"[\u3400-\u9fff]+")
_KEPT = r"[^\u3400-\u9fffa-z0-9%]+"
_FIGURES = {**{str(year): 100 for year in range(1980, 2031)}, **{str(figure): 50 for figure in range(10, 101)}}


def count_words(texts: Iterable[str]) -> tuple[Counter[str], Counter[str]]:
    """How often each Chinese word and each character stands in the texts."""
    import jieba

    jieba.setLogLevel(logging.ERROR)
    words: Counter[str] = Counter()
    characters: Counter[str] = Counter()
    for text in texts:
        for run in _RUN.findall(text):
            words.update(jieba.cut(run))
            characters.update(run)
    return words, characters


def make_tokenizer(words: Counter[str], characters: Counter[str], rarely: int = RARELY) -> Any:
    """A `tokenizers.Tokenizer` of the words seen at least `rarely` times and of every character."""
    from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers

    counts = {word: count for word, count in words.items() if count >= rarely and len(word) <= LONGEST}
    for character, count in characters.items():
        # A character that is no word by itself: rather a word is taken than this.
        counts.setdefault(character, max(1, count // 50))
    counts |= dict.fromkeys("abcdefghijklmnopqrstuvwxyz0123456789%", 1000) | _FIGURES
    total = sum(counts.values())
    ranked = sorted(((word, math.log(count / total)) for word, count in counts.items()), key=lambda pair: (-pair[1], pair[0]))
    tokenizer = Tokenizer(models.Unigram([("<unk>", -20.0), *ranked], unk_id=0, byte_fallback=False))
    tokenizer.normalizer = normalizers.Sequence([normalizers.NFKC(), normalizers.Lowercase()])
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.Split(Regex(_KEPT), "removed"), pre_tokenizers.Split(Regex("[0-9]+|[a-z]+|%"), "isolated")]
    )
    return tokenizer
