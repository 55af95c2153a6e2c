"""A corpus of licence texts in, classes of what becomes of them in the wild out: files and the ids expected; seeded, so always the same."""

from __future__ import annotations

import html
import random
import re
import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import yaml


class Text(NamedTuple):
    """One licence text of the corpus and its further wordings as vendors ship them."""

    id: str
    content: str
    variants: tuple[str, ...]
    policy: bool
    family: str
    spdx: str | None
    scancode: str | None


class Sample(NamedTuple):
    """A file to be identified."""

    kind: str
    name: str
    expected: tuple[str, ...]
    text: str


#: A variant that is another text: this publisher once shipped the plain permissive one under the same name.
ANOTHER = {("minimax-m2-licence", 2): "mit"}
#: What somebody may put into a text to take rights away, in our own words.
RESTRICTIONS = (
    "Use by anybody with more than forty employees requires a separate written permission of the author.",
    "It may not be used commercially, nor by competitors of the author.",
    "Redistribution outside the country of the recipient is prohibited.",
    "You shall not train, tune or evaluate another system with what it puts out.",
    "This permission is limited to non-commercial research and ends after twelve months.",
)
_FILLERS = (
    "apple bridge candle dune engine feather garden harbour island jacket kettle lantern meadow needle orchard pebble quarry river saddle"
    " timber umbrella valley window yellow zebra copper marble silver basket hammer"
).split()
_WORD = re.compile(r"[A-Za-z]{3,}|[\u4e00-\u9fff]")


def read(path: Path) -> str:
    with open(path, encoding="utf-8", newline="") as file:
        return file.read()


def corpus(folder: Path) -> list[Text]:
    rows: list[dict[str, Any]] = yaml.safe_load(read(folder / "index.yaml"))["licences"]
    return [
        Text(
            row["id"],
            read(folder / row["file"]),
            tuple(read(folder / variant["file"]) for variant in row.get("variants") or ()),
            row["kind"] == "use-policy",
            row["family"],
            row.get("spdx"),
            row.get("scancode_key"),
        )
        for row in rows
    ]


def paragraphs(text: str) -> list[str]:
    return [part for part in re.split(r"\n[ \t]*\n", text.replace("\r\n", "\n")) if part.strip()]


def rewrapped(text: str, width: int = 60) -> str:
    return "\n\n".join(textwrap.fill(" ".join(part.split()), width, break_long_words=False) for part in paragraphs(text))


def one_line_each(text: str) -> str:
    return "\n".join(" ".join(part.split()) for part in paragraphs(text))


def as_markdown(text: str) -> str:
    first, *rest = paragraphs(text)
    bold = [re.sub(r"^(\s*)(\d{1,2}\.|\([a-z]\)|[a-z]\.)(\s+)(\S+)", r"\1\2\3**\4**", part) for part in rest]
    return "\n\n".join(["# " + " ".join(first.split()), *(re.sub(r"(?<=\S)_(?=\S)", r"\\_", part) for part in bold)])


def as_html(text: str) -> str:
    body = "\n".join(f"<p>{html.escape(part)}</p>" for part in paragraphs(text))
    return f"<!DOCTYPE html>\n<html><head><title>Licence</title></head><body>\n<div class='text'>{body}</div>\n</body></html>\n"


def with_quotes(text: str) -> str:
    text = re.sub(r'"([^"\n]{1,80})"', "\u201c\\1\u201d", text).replace("'", "\u2019")
    return text.replace(" - ", " \u2013 ").replace("--", "\u2014").replace("(c)", "\u00a9")


def with_bom_and_crlf(text: str) -> str:
    return "\ufeff" + text.replace("\r\n", "\n").replace("\n", "\r\n")


def gated(text: str) -> str:
    body = textwrap.indent(text.replace("\r\n", "\n").replace("\t", "    "), "  ")
    return f"---\nlicense: other\nextra_gated_prompt: |-\n{body}\nextra_gated_fields:\n  Name: text\n---\n\n# A model\n\nIt talks.\n"


def modelfile(text: str) -> str:
    return f'FROM ./model.gguf\nPARAMETER temperature 0.2\nLICENSE """{text}"""\nSYSTEM """You are a clerk."""\n'


def cut(text: str) -> str:
    return text[: int(0.6 * len(text))]


def reworded(text: str, share: float, seed: str) -> str:
    """So many of the plain words replaced by others."""
    shuffle = random.Random(seed)
    places = [match.span() for match in _WORD.finditer(text)]
    for start, end in sorted(shuffle.sample(places, max(1, round(share * len(places)))), reverse=True):
        text = text[:start] + (shuffle.choice(_FILLERS) if text[start].isascii() else shuffle.choice("甲乙丙丁")) + text[end:]
    return text


CHANGES: dict[str, Callable[[str], str]] = {
    "re-wrapped": rewrapped,
    "a line per paragraph": one_line_each,
    "Markdown": as_markdown,
    "HTML": as_html,
    "typographic quotes": with_quotes,
    "BOM and CRLF": with_bom_and_crlf,
    "upper case": str.upper,
    "gated prompt in YAML": gated,
    "Modelfile": modelfile,
    "cut to 60 %": cut,
}


def samples(texts: list[Text]) -> Iterator[Sample]:
    """Every text in every guise; what is expected are ids of the corpus."""
    for text in texts:
        yield Sample("originals", text.id, (text.id,), text.content)
        for number, variant in enumerate(text.variants, 1):
            name = ANOTHER.get((text.id, number), text.id)
            yield Sample("vendor variants", f"{text.id}--{number}", (name,), variant)
        for kind, change in CHANGES.items():
            yield Sample(kind, text.id, (text.id,), change(text.content))
        for share in (1, 3):
            yield Sample(f"{share} % of words changed", text.id, (text.id,), reworded(text.content, share / 100, f"{share} {text.id}"))
    yield from concatenations(texts)


def concatenations(texts: list[Text]) -> Iterator[Sample]:
    """Each text before another at random; and every use policy with the licences of its family, both ways round."""
    shuffle = random.Random(11)
    for text in texts:
        other = shuffle.choice([one for one in texts if one.family != text.family])
        yield _pair("concatenated", text, other)
    for policy in texts:
        for text in texts:
            if policy.policy and not text.policy and text.family == policy.family:
                yield _pair("licence and use policy", text, policy)
                yield _pair("licence and use policy", policy, text)


def _pair(kind: str, first: Text, second: Text) -> Sample:
    return Sample(kind, f"{first.id} + {second.id}", (first.id, second.id), f"{first.content}\n\n{second.content}")


class Edit(NamedTuple):
    """A text with one clause tampered with, and the line on which that was done."""

    text: str
    line: int


def restricted(text: str, seed: str) -> Edit | None:
    """With a restriction put in after some sentence that the line goes on after."""
    shuffle = random.Random(f"restriction {seed}")
    places = [match.end() for match in re.finditer(r"(?<=[a-z)][.;]) (?=[A-Z(\"])|(?<=[。；])(?=\S)", text)]
    places = [place for place in places if not re.search(r"https?://\S*$", text[max(0, place - 100) : place].rstrip())]
    if not places:
        return None
    place = shuffle.choice(places)
    return Edit(f"{text[:place]}{shuffle.choice(RESTRICTIONS)} {text[place:]}", text.count("\n", 0, place) + 1)


def renumbered(text: str, seed: str) -> Edit | None:
    """With another figure somewhere inside a sentence."""
    shuffle = random.Random(f"number {seed}")
    places = [match.span() for match in re.finditer(r"(?<=[a-z,] )\d+(?:[.,]\d+)*(?=[ %,;.)])", text)]
    # years of copyright are everybody's own, and the numbers of headings their mark
    not_these = re.compile(r"copyright|\(c\)|©|^\W*(section|article) $", re.IGNORECASE)
    places = [place for place in places if not not_these.search(text[: place[0]].rpartition("\n")[2])]
    if not places:
        return None
    start, end = shuffle.choice(places)
    old = text[start:end]
    new = str(int(re.sub(r"\D", "", old)) + shuffle.randint(1, 9) if shuffle.random() < 0.5 else shuffle.randint(2, 98))
    return Edit(text[:start] + (new if new != old else new + "7") + text[end:], text.count("\n", 0, start) + 1)


def _has_licence(path: Path) -> bool:
    """Does a module open with the terms of a licence?"""
    opening = path.read_text(encoding="utf-8", errors="replace")[:8000].lower()
    return "permission" in opening and "copyright" in opening


def negatives(corpus_folder: Path, count: int) -> Iterator[tuple[str, str]]:
    """What is no licence: documents and code of real folders, code and documents of the standard library, prose out of a hat."""
    import sysconfig

    shuffle = random.Random(5)
    endings, licences = {".md", ".py", ".json", ".yaml", ".txt"}, re.compile(r"licen|notice|copying|polic", re.IGNORECASE)
    for path in sorted((corpus_folder / "real-inputs").rglob("*")):
        if path.is_file() and path.suffix in endings and not licences.search(path.name):
            yield str(path.relative_to(corpus_folder)), path.read_text(encoding="utf-8", errors="replace")
    library = sorted(Path(sysconfig.get_path("stdlib")).rglob("*.py"))
    library = [path for path in library if "site-packages" not in path.parts and not _has_licence(path)]
    for path in shuffle.sample(library, min(len(library), count * 2 // 3)):
        yield path.name, path.read_text(encoding="utf-8", errors="replace")
    words = sorted({word for path in library[:40] for word in _WORD.findall(path.read_text(encoding="utf-8", errors="replace"))})
    for number in range(count // 3):
        chosen = shuffle.choices(words, k=shuffle.randint(50, 1500))
        yield f"random words {number}", "\n".join(" ".join(chosen[at : at + 14]) for at in range(0, len(chosen), 14))
