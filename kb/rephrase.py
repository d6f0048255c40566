"""An answer in a language model's words, where $KB_LLM_URL names one: it may rephrase the evidence and say nothing else.

Any address that speaks OpenAI's chat completions will do (`http://localhost:8000/v1`); $KB_LLM_MODEL and $KB_LLM_KEY go with
it. Each sentence must cite its passages, and one that they do not bear is dropped. Off unless the address is set.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping, Sequence
from typing import Any

from kb.errors import KbError
from kb.terms import bigrams, searchable

_SECONDS = 60
_MOST = 1 << 20  # bytes of a reply
_BORNE = 0.5  # share of a sentence's pairs of characters that its passages must print
_CITED = re.compile(r"\[(\d{1,3})\]")
_FIGURE = re.compile(r"\d+(?:\.\d+)?")
_PASSAGES = 12
_TASK = "你只能改写下面给出的原文来回答问题，不得加入原文没有的内容。每句话末尾用[编号]注明依据。原文没有写明的，不要回答。"


def rephrase(answer: Mapping[str, Any]) -> dict[str, Any]:
    """An answer with a model's words before its own, where one is set and what it says is borne by the evidence.

    Raises `KbError` where the model cannot be reached or gives no chat completion.
    """
    address = os.environ.get("KB_LLM_URL")
    if not address or not answer["answered"]:
        return dict(answer)
    passages = [hit["passage"] for hit in answer["evidence"][:_PASSAGES]]
    told = _ask_model(address, answer["question"], passages)
    kept = [sentence for sentence in _sentences(told) if is_borne(sentence, passages)]
    return dict(answer) | ({"answer": "".join(kept) + "\n" + answer["answer"], "rephrased": True} if kept else {"rephrased": False})


def _sentences(text: str) -> list[str]:
    """The sentences of a text, each with the citations behind its end."""
    return [found.strip() for found in re.findall(r"[^。！？\n]+(?:[。！？]|$)(?:\s*\[\d{1,3}\])*", text) if found.strip()]


def is_borne(sentence: str, passages: Sequence[str]) -> bool:
    """Whether a sentence cites passages that print its figures and most of its words.

    >>> is_borne("合格率要达到98%以上[1]。", ["抽检合格率稳定在98%以上。"]), is_borne("合格率要达到99%[1]。", ["抽检合格率稳定在98%以上。"])
    (True, False)
    """
    cited = [int(number) for number in _CITED.findall(sentence)]
    if not cited or any(not 1 <= number <= len(passages) for number in cited):
        return False
    printed = searchable("\n".join(passages[number - 1] for number in cited))
    bare = searchable(_CITED.sub("", sentence))
    pairs = list(bigrams(bare))
    figures = set(_FIGURE.findall(bare))
    return bool(pairs) and figures <= set(_FIGURE.findall(printed)) and sum(pair in printed for pair in pairs) >= _BORNE * len(pairs)


def _ask_model(address: str, question: str, passages: Sequence[str]) -> str:
    from http.client import HTTPException
    from urllib.error import URLError
    from urllib.request import Request, urlopen

    listed = "\n".join(f"[{number}] {passage}" for number, passage in enumerate(passages, 1))
    messages = [{"role": "system", "content": _TASK}, {"role": "user", "content": f"原文：\n{listed}\n\n问题：{question}"}]
    body = json.dumps({"model": os.environ.get("KB_LLM_MODEL", "default"), "messages": messages, "temperature": 0}).encode()
    headers = {"Content-Type": "application/json"}
    if key := os.environ.get("KB_LLM_KEY"):
        headers["Authorization"] = f"Bearer {key}"
    try:
        request = Request(f"{address.rstrip('/')}/chat/completions", body, headers)
        if request.type not in ("http", "https"):
            raise ValueError("no http address")
        with urlopen(request, timeout=_SECONDS) as reply:
            told: str = json.loads(reply.read(_MOST))["choices"][0]["message"]["content"]
            return str(told)
    except (URLError, HTTPException, OSError, ValueError, LookupError, TypeError) as error:
        raise KbError("$KB_LLM_URL", f"the language model gives no answer ({error})", "check the address, or unset it; the answer itself needs none") from error
