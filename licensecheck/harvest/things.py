"""A place in a sentence and the table of words in, whether its words are said of a tool or a part instead of the model out."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from .about import ARTICLES, BULLETS, REACH, Place
from .grammar import OWN
from .saying import first_place, holds, last_place

#: how far behind a phrase its object stands
_OBJECT_REACH = 30
_DIRECTLY = 12
_WIDENED = ("扩充", "扩展", "扩大")
_ENDING = tuple("on with by using in at over via through for and is was took has which that from to".split())
#: from one end of the making to the other
_ALL_ALONG = r"从[^从，。]{1,12}到[^，。]{1,16}?(?=均|都|全|皆|完全|纯)"
_SUBJECT = (
    r"(?:the|each|every|all|our|its|their|these|both|an?|most|some) ([a-z0-9 -]{1,50}?)"
    r" (?:is|was|are|were|has been|have been)(?: [a-z]+)?\s*$"
)
#: the subject of a clause that says more of it before its verb: the platform *on which the model is served* was developed
_HEAD = r"\s*((?:the|our|this|an?) [a-z -]{2,30}?) (?:(?:on|in|with|by|for|from|through|under) which|that|which|used|who|we use|behind)\b"
#: ... or says what it is; the subject of a sentence that goes on about it: *an internal critic*, which stays here, *is* tuned from
_IS_A = r"\s*(?:the|our|its) ([a-z -]{2,30}?) (?:is|was|are|were) (?:an?|our|the)\b"
_FIRST = r"\s*((?:the|our|its|an?) [a-z -]{2,40}?)(?:,| (?:is|was|are|were|has|have)\b)"
#: in Chinese, a noun behind what describes it, one that a phrase begins with, and one of several words, none of them a doing
_DESCRIBED = r"\s*(?:微调|精调|训练|继续训练|蒸馏|改造|构建|开发|实现)?(?:而成|得到|而来|得来)?的([^，。；,.;、：:\s]{1,12})"
_BEGUN = r"[用以将把由从使采][^，。；]{0,8}?的?([^，。；的]{2,8}?)(?:是|为|系|则|均|也是)?(?:从|由|以|基于|用)"
_COMPOUND = r"\s?的?([^，。；、：的\s与和及在于用并]{1,10}?模型)"
_DOING = r"训练|微调|构建|优化|生成|评测|驱动|支持|加速|部署|服务|处理|蒸馏"
_USED = r"过滤|筛选|标注|打分|评分|清洗|生成|改写|评估|评测|判别|打标"
#: trained *on our corpus*, starting from; 由某公司算法*团队*; 扩充词表*后的*
_ON_WHAT = r" (?:on|with|using|over|in|for|at) [^,]{1,60}?(?=,| from )"
_MAKER = r"由[^，。]{0,20}(?:团队|公司|实验室|研究院|研究所|学院|大学|中心|集团|部门|小组|课题组|厂|所|院)\s*$"
_ATTRIBUTE = r"(?:后|之后|过|好|完)的\s*$"
#: this very model as the subject, and what it is
_THIS_ONE = r"\s*本[^，。；的]{0,8}模型"
_IS_ONE = r"(?:-[\w.-]+)?\s*(?:(?:is|was|are) (?:an?|our|the|one)\b|是|为|系|作为|属于)"


def of_a_part(place: Place, objects: Mapping[str, Sequence[str]], made_with: Sequence[str] = (), *, is_one: bool = False) -> bool:
    """Is the nearest thing that it can be said of a tool or a part rather than the model?

    `is_one`: what stands before the words is what the model is.
    """
    if "从" in place.before and "到" in place.before:
        place = place._replace(before=re.sub(_ALL_ALONG, "", place.before))
    head = re.match(_IS_A, place.before) if place.before.lstrip().startswith(("the ", "our ", "its ")) else None
    if head is not None and _nearest(head[1], objects, last=True) == (0, True):
        return True
    if place.before.strip():
        objects = {**objects, "other": (*objects["other"], *objects["form"])}
    within = _nearest(re.sub(_ON_WHAT, "", place.inside.partition(" by ")[0]), objects, last=True)
    if within is not None:
        return within[1]
    after = place.after[:_OBJECT_REACH]
    right = _compound(after, objects) or _nearest(after, objects, last=False)
    left = _subject(place, objects)
    # what follows directly (自研的框架, an in-house tokenizer) is what it is about; else what went before (the tokenizer was trained ...)
    if right is not None and (right[0] <= _DIRECTLY or left is None) and not _ends_before(after[: right[0]]):
        return right[1]
    return not is_one and left is not None and left[1] and not _is_made_with(place, left[0], objects, made_with)


def _compound(after: str, objects: Mapping[str, Sequence[str]]) -> tuple[int, bool] | None:
    """In Chinese, what a noun of several words is: its last (代码*大模型*, but 奖励模型 as the table has it)."""
    found = re.match(_COMPOUND, after) if "模型" in after else None
    if found is None or re.search(_DOING, found[1]):
        return None
    return 0, re.match(_USED, after[found.end() :]) is not None or any(found[1].endswith(word) for word in objects["other"])


def _is_made_with(place: Place, distance: int, objects: Mapping[str, Sequence[str]], made_with: Sequence[str]) -> bool:
    """In Chinese, is the tool before the words only what it was made with, on or by, and not what was made?"""
    if not place.before.strip() or place.inside.isascii():
        return False
    tail = place.before[: len(place.before) - distance]
    maker = re.search(_MAKER, place.before)
    if maker is not None and maker.start() < len(tail):
        at = maker.start()
    else:
        reach = max(0, len(tail) - REACH // 4)
        places = (tail.rfind(word, reach) for word in made_with)
        at = max((place for place in places if place >= 0 and "的" not in tail[place : place + 3]), default=-1)
    if at < 0:
        return False
    left = _nearest(tail[:at][-REACH:], objects, last=True)
    return left is None or not left[1]


def of_a_thing(place: Place, table: Mapping[str, Any]) -> bool:
    """Is the subject a noun with an article that no table knows as that of a model: *each question* was independently developed?"""
    found = re.match(_SUBJECT, place.before.lstrip())
    return found is not None and not holds(found[1], table["object"]["model"]) and not holds(found[1], table["may_be_a_model"])


def has_other_subject(place: Place, table: Mapping[str, Any]) -> bool:
    """Is the subject of a statement about bases a tool or a part? An adapter, a repository or "we" is none."""
    if _nearest(place.inside, table["object"], last=False) == (0, False):
        return False  # the words have their own: *the base model* is, 底座选用
    left = _subject(place, table["object"], table["self"])
    if left is None or not left[1] or re.search(_ATTRIBUTE, place.before):
        return False
    return not _is_made_with(place, left[0], table["object"], table["made_with"])


def holds_a_part(place: Place, objects: Mapping[str, Sequence[str]]) -> bool:
    """Do the words themselves speak of a tool or a part (the architecture *of the classifier* is that of ...)?"""
    for lead in (" of the ", " of our ", " of "):
        nearest = _nearest(place.inside.partition(lead)[2], objects, last=False)
        if nearest is not None and nearest[0] == 0:
            return nearest[1]
    return False


def names_a_thing_of(place: Place, table: Mapping[str, Any]) -> bool:
    """Do the words go on with what is not the model that they name (based on the X *tokenizer*, 基于某模型*的分词器*)?"""
    made, _, _ = place.inside.partition(" from ")
    if " " in made and _nearest(made, table["object"], last=True) == (0, True):  # we adapted *the tokenizer* from ...
        return True
    if _names_its_tool(place, table):
        return True
    if place.inside.endswith(_WIDENED):
        return False  # what was made of it: 在某模型上扩充*词表*
    after = place.after.lstrip(" -")
    for lead in ("'s ", "’s ", "的", "generated "):
        after = after.removeprefix(lead)
    nearest = _nearest(after[:16], table["object"], last=False)
    return after.startswith(tuple(table["goes_on"])) or (nearest is not None and nearest[0] <= 1 and nearest[1])


def _names_its_tool(place: Place, table: Mapping[str, Any]) -> bool:
    """In Chinese: do the words describe a tool (基于某模型微调的*分类器*), or begin with one (所用的*草稿模型*是从…)?"""
    if place.inside.isascii() and "的" not in place.after:
        return False
    made = re.match(_DESCRIBED, place.after)
    if made is not None:
        noun = _compound(made[1], table["object"])
        if noun is not None and not place.sentence.text[: place.start].strip(BULLETS):
            return False  # a sentence without a subject that says what the model is
        return (noun or _nearest(made[1][:_DIRECTLY], table["object"], last=False) or (0, False))[1]
    begun = re.match(_BEGUN, place.inside)
    return begun is not None and _nearest(begun[1], table["object"], last=True) == (0, True)


def tells_what_it_is(place: Place, own: Sequence[str], table: Mapping[str, Any]) -> bool:
    """Is this very model the subject, and what follows what it is: *this model is* a reward model trained on ...?"""
    text = place.sentence.text[: place.start]
    if place.before.strip().split(" ")[0] in ARTICLES and text[: place.start - len(place.before)].rstrip(" ,，").endswith(OWN):
        return True
    if "本" in place.before and re.match(_THIS_ONE, place.before):
        return True
    at = max((at + len(word) for word in (*own, *table["this"], OWN) if (at := last_place(place.before, word)) >= 0), default=-1)
    return at >= 0 and re.match(_IS_ONE, place.before[at:]) is not None


def _subject(place: Place, objects: Mapping[str, Sequence[str]], speaker: Sequence[str] = ()) -> tuple[int, bool] | None:
    """The nearest thing before the words, in their clause or, when they begin it, in the one before."""
    text = (place.before if place.before.strip() else place.leading)[-REACH:]
    head = re.match(_HEAD, text) or (re.match(_FIRST, place.leading) if place.leading and place.before.strip() else None)
    nearest = _nearest(head[1] if head else text, objects, last=True)
    if nearest is None or not speaker:
        return nearest
    said = max((at + len(word) for word in speaker if (at := last_place(text, word)) >= 0), default=-1)
    return nearest if len(text) - nearest[0] >= said else (len(text) - said, False)


def _ends_before(text: str) -> bool:
    """A preposition between: from scratch *on our cluster*, 从零训练*于*…: what follows is where, not what."""
    return holds(text, _ENDING) or any(char in text for char in "于用由在并和与")


def _nearest(text: str, objects: Mapping[str, Sequence[str]], *, last: bool) -> tuple[int, bool] | None:
    """Distance to the nearest object, and whether it is something other than the model; of two at one place the longer counts."""
    best: tuple[int, int, bool] | None = None
    for other in (True, False):
        for word in objects["other" if other else "model"]:
            if word not in text:
                continue
            at = last_place(text, word) if last else first_place(text, word)
            if at < 0:
                continue
            distance = len(text) - (at + len(word)) if last else at
            candidate = (distance, -len(word), other)
            if best is None or candidate < best:
                best = candidate
    return None if best is None else (best[0], best[2])
