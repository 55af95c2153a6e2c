"""A stretch of a licence text in, pieces of it out as its layout shows them: items of lists, paragraphs, sentences, headings.

A stretch is text with its line ends and indentation. Nothing is found by guessing: what the layout does not show is not there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from licensecheck.recognise.markers import ROMAN

_MARKUP = r"[ \t#>*_\-•●]*"
_BULLET = re.compile(r"\s*[-*•●]\s+\S")
_QUOTE = ("“", '"', "«", "「", "『")
#: What a heading ends with: its line, a stop, a dash, or the word that is defined under it.
_AFTER_HEADING = r"[*_]*(?:[.:。：]|[ \t]+[-–—]|\s*\n|\s*\Z|\s+[“\"])"
#: A line that is a heading (`#`, underlined, or short and followed by nothing), and a title in front of a paragraph.
_HEADING_LINE = re.compile(
    r"(?:[ \t]*#{1,6}[ \t].*|[ \t]*[*_]{0,2}[A-Z0-9\u4e00-\u9fff][^\n.;,]{0,70})\n(?:[ \t]*[-=]{3,})?[ \t]*(?:\n|\Z)"
)
_RUN_IN = re.compile(r"[ \t#>*_]*(?:[A-Z][^\n.:;]{1,70}[.:][*_]*[ \t]+\S|[A-Z][^\n.:;*_]{1,70}[*_]+[.:]|[“\"][^\n”\"]{1,60}[”\"])")


def items(stretch: str) -> list[str]:
    """The items of the outermost list, counted by place: bullets, lines further in than the first, or what follows a colon."""
    lines = [line.expandtabs(4) for line in stretch.strip("\n").split("\n")]
    bullets = [_indent(line) for line in lines[1:] if _BULLET.match(line)]
    if bullets:
        return _blocks(lines[1:], min(bullets), bulleted=True)
    deeper = [_indent(line) for line in lines[1:] if line.strip() and _indent(line) > _indent(lines[0])]
    if deeper:
        return _blocks(lines[1:], min(deeper), bulleted=False)
    lead = next((number for number, line in enumerate(lines) if line.rstrip(" *").endswith((":", "："))), None)
    if lead is None:
        return []
    listed = [line for line in lines[lead + 1 :] if line.strip()]
    if len(listed) == 1 and listed[0].lstrip().startswith(_QUOTE):
        return []
    blocks = [block.strip().split("\n") for block in re.split(r"\n\s*\n", "\n".join(lines[lead + 1 :])) if block.strip()]
    if not _wrapped(blocks):
        return listed
    if len(blocks) > 1:
        return ["\n".join(block) for block in blocks]
    return [item.strip() for item in re.split(r"[;；]", " ".join(listed)) if item.strip()]


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _wrapped(blocks: Sequence[Sequence[str]]) -> bool:
    """Do most lines that another follows end in the middle of a sentence? Then an item is more than a line."""
    broken = [line for block in blocks for line in block[:-1]]
    ended = [line for line in broken if re.search(r"[.;,:。；，](?:\s*(?:and|or|and/or|以及|或))?\s*$", line)]
    return bool(broken) and 2 * len(ended) <= len(broken)


def _blocks(lines: Sequence[str], indent: int, bulleted: bool) -> list[str]:
    """The lines at one indentation, each with what stands further in below it; words quoted after a colon belong to the line above."""
    found: list[list[str]] = []
    before = ""
    open_ = False
    blank = False
    for line in lines:
        if not line.strip():
            blank = True
            continue
        quoted = line.lstrip().startswith(_QUOTE) and before.rstrip().endswith((":", "："))
        if _indent(line) < indent or (bulleted and blank and _indent(line) == indent and not _BULLET.match(line)):
            open_ = False
        elif _indent(line) == indent and not quoted and (not bulleted or _BULLET.match(line)):
            found.append([line])
            open_ = True
        elif open_:
            found[-1].append(line)
        before, blank = line, False
    return ["\n".join(block) for block in found]


def marked(stretch: str, sign: str, above: str = "") -> str | None:
    """The item that bears a mark such as `(c)`, `c.`, `3.` or, `above` it being 4, `4.3`, wherever its line breaks.

    The marks before it must be there, in their order and of its kind.
    """
    for row in _rows(sign):
        for kind in _KINDS:
            start = at = 0
            for one in row[:-1]:
                match = _mark(kind, one, above).search(stretch, at)
                if match is None:
                    break
                start, at = match.start(), match.end()
            else:
                following = _mark(kind, row[-1], above).search(stretch, at)
                return stretch[start : following.start() if following else len(stretch)]
    return None


def unmarked_first(stretch: str, sign: str) -> str | None:
    """The same where the first item alone has lost its mark: it begins on the second line."""
    first, second, *_ = next((row for row in _rows(sign)), ["", ""])
    given = stretch.replace("\n", f"\n{first}. ", 1)
    return marked(given, sign) if first and marked(given, second) is not None else None


#: At the beginning of a line or after a stop, in brackets, with the number above it.
_KINDS = (
    rf"(?:(?m:^){_MARKUP}|(?<=[;:.]\s)(?=\w{{1,4}}[.)]\s+[A-Z])){{sign}}\\?[.)](?=\s|\*|[A-Z“\"])",
    rf"(?:(?m:^){_MARKUP}|(?<=[\s;,:.])(?<!opyright\s))\({{sign}}\)",
    r"(?<!\d)(?<!\d\.)(?<!ection\s)(?<!ections\s){above}\.{sign}\.?(?=\s+[A-Z“\"])",
)


def _mark(kind: str, sign: str, above: str) -> re.Pattern[str]:
    return re.compile(kind.replace("{sign}", sign).replace("{above}", re.escape(above) or "(?!)"))


def _rows(sign: str) -> Iterator[list[str]]:
    """The marks up to one, and the next: `c` → a, b, c, d; `ii` → i, ii, iii; `2` → 1, 2, 3; `v` may be a letter or a Roman number."""
    if sign.isdigit():
        yield [str(number) for number in range(1, int(sign) + 2)]
    elif re.fullmatch("[a-z]", sign):
        yield [chr(code) for code in range(ord("a"), ord(sign) + 2)]
    if sign in ROMAN[:-1]:
        yield list(ROMAN[: ROMAN.index(sign) + 2])


def ordinal_of(sign: str, roman: bool) -> int | None:
    """What place a part of a label stands for; `i`, `v` and `x` are letters unless Roman numbers are meant."""
    if sign in ROMAN and (roman or len(sign) > 1):
        return ROMAN.index(sign) + 1
    return next((len(row) - 1 for row in _rows(sign)), None)


def paragraphs(stretch: str) -> list[str]:
    """What blank lines part, without titles and lines of copyright."""
    found = [block.strip("\n") for block in re.split(r"\n[ \t]*\n", stretch.strip("\n"))]
    return [block for block in found if _length(block) >= 8 and not re.match(r"\W*copyright\b", block, re.IGNORECASE)]


def _length(words: str) -> int:
    return len(re.findall(r"[^\W\u4e00-\u9fff]+|[\u4e00-\u9fff]", words))


def lists(stretch: str) -> list[str]:
    """Each line that ends with a colon, and what follows up to the next."""
    at = [match.start() for match in re.finditer(r"(?m)^.*[:：][ \t]*$", stretch)]
    return [stretch[start:end] for start, end in zip(at, [*at[1:], len(stretch)], strict=True)]


def sentences(stretch: str) -> list[str]:
    """Without the mark in front of the first; a title is one."""
    words = re.sub(r"^\W*\w{1,4}\\?[.)]\s+", "", stretch.strip())
    return [one for one in re.split(r"(?<=[.!?。！？])[”\"*_]*\s+(?=[A-Z“\"(])|(?<=。)", words) if one.strip()]


def headed(text: str, words: str, start: int = 0, exact: bool = False) -> tuple[int, int] | None:
    """From where to where the words of a heading stand: a line of its own or the title of a paragraph.

    `exact`: as they are written, wherever a sentence ends before them; else at the beginning of a line, in any case.
    """
    said = r"\s+".join(map(re.escape, words.strip("“”\"'").split()))
    before = r"(?:(?m:^)|(?<=[.:;])\s?|(?<=[A-Z]{3}\s))" if exact else r"(?m:^)"
    number = r"(?:[\divx]{1,4}\\?[.)]\s*)?"
    match = re.compile(rf"{before}{_MARKUP}{number}[“\"]?{said}(?:[”\"]|{_AFTER_HEADING})", 0 if exact else re.IGNORECASE).search(
        text, start
    )
    return (match.start(), match.end()) if match else None


def under(text: str, start: int, end: int) -> str:
    """What stands under a heading: up to the next line that is one, or the next paragraph with a title where this is such a title."""
    line_end = text.find("\n", max(start, end - 1))
    if line_end < 0:
        return text[start:]
    titles_paragraph = bool(text[end:line_end].strip(" *_.:："))
    for match in re.compile(r"(?m)^(?=.*\S)").finditer(text, line_end + 1):
        heading = text[: match.start()].endswith("\n\n") and _HEADING_LINE.match(text, match.start())
        if heading or (titles_paragraph and _RUN_IN.match(text, match.start())):
            return text[start : match.start()]
    return text[start:]
