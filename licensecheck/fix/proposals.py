"""A plan in, what is said beside the diff out: what it mends, what is not written and why, what only a person can do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from licensecheck.render.templating import template
from licensecheck.render.terminal import safe

from .aims import adverse
from .records import Plan

#: Steps whose words are shown, where a person writes them.
_WORDS = ("set-field", "add-text")


def words(lang: str) -> Mapping[str, Any]:
    import yaml

    loaded: Mapping[str, Mapping[str, Any]] = yaml.safe_load(template("fix.yaml"))
    return loaded[lang]


def summary(plan: Plan, lang: str, done: bool) -> list[str]:
    """Lines for people, each safe to show."""
    say = words(lang)
    lines: list[str] = []
    mends = [_about(finding, finding["title"], say) for finding in plan.mended]
    _section(lines, say["mended" if done else "mends"].format(n=len(mends)), mends)
    shown = [say["copy"].format(name=c.name, text=c.text, found=c.found, sha256=c.sha256) for c in plan.copies]
    _section(lines, say["copies"], shown)
    _section(lines, say["refused"], [*map(str, plan.refusals), *plan.lacking, *plan.unreachable])
    left = list(dict.fromkeys(line for finding in adverse(plan.after) for line in _for_a_person(finding, say)))
    _section(lines, say["person"].format(n=len(left)), left)
    questions = [(question["fact"], question.get("ask") or question["fact"]) for question in plan.after["questions"]]
    asks = [say["about"].format(what=fact, said=ask) for fact, ask in questions]
    _section(lines, say["questions"].format(n=len(asks)), asks)
    return lines


def _section(lines: list[str], title: str, items: Iterable[str]) -> None:
    items = [safe(" ".join(item.split()), 1000) for item in items]
    if items:
        lines += [*([""] if lines else []), title, *(f"  {item}" for item in items)]


def _about(finding: Any, said: str, say: Mapping[str, Any]) -> str:
    component = f" ({finding['component']})" if finding["component"] else ""
    return str(say["about"].format(what=finding["rule"] + component, said=said))


def _for_a_person(finding: Any, say: Mapping[str, Any]) -> list[str]:
    """What would mend a finding and is not done here; an open one waits for an answer, which is asked below."""
    remedy = finding["remedy"]
    if finding["kind"] == "open" or remedy is None or finding.get("condition"):  # what nobody declares is judged as a whole
        return []
    names = [action["proposal"] for action in remedy["actions"] if action["kind"] == "rename"]
    if names:
        return [_about(finding, say["rename"].format(names=say["or"].join(names)), say)]
    if finding["topic"] == "license-copy":
        url = finding["citation"].get("url")
        where = say["where"].format(url=url) if url else ""
        return [_about(finding, say["copy_wanted"].format(license=finding["license"], where=where), say)]
    if finding["topic"] == "display-attribution" and finding["required"]:
        required = finding["required"]
        places = say["or"].join(say["places"].get(place, place) for place in required["places"])
        return [_about(finding, say["show"].format(text=say["or"].join(required["texts"]), places=places), say)] if places else []
    texts = [" | ".join(action["text"].split("\n")) for action in remedy["actions"] if action["kind"] in _WORDS and action.get("text")]
    return [_about(finding, " ".join([remedy["summary"], *texts]), say)]
