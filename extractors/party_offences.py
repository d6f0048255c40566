"""Offences (违法行为): whether a clause tells what the party that it opens with is punished for."""

from __future__ import annotations

import re

from extractors.party_phrases import Phrase

_MAX_BEHIND = 60  # characters behind an offence in which its penalty begins
_OFFENDS = re.compile("(?:(?:和|或者?|及)个人)?(?:违反|未(?!成年|来)|不(?!动产|锈钢)|拒|擅自|逾期|有(?:下列|前款|上述)|存在|隐瞒|提供虚假|伪造|骗取|弄虚作假|阻碍|妨碍|侵占|损毁|以[^，。；\n]{1,12}手段)(?:[^，。；\n]{1,40}，)?[^，。；\n]{0,60}的，")
_PENALTY = re.compile("处[^，。；\n]{1,24}罚款|责令|没收|吊销|警告|罚款|追究|取消[^，。；\n]{0,20}资格|列入[^，。；\n]{0,12}名单|处罚|追回|追缴|退回|收回")


def is_offender(text: str, phrase: Phrase) -> bool:
    """Whether a clause opens with the phrase and tells what it is punished for: 个人|未按规定投放的，处…罚款."""
    if phrase.governor is not None and phrase.governor.kind != "stop":
        return False
    offence = _OFFENDS.match(text, phrase.end)
    return offence is not None and _PENALTY.search(text, offence.end(), offence.end() + _MAX_BEHIND) is not None
