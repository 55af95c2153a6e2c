"""What the knowledge says of one licence, clause, model or table entry in, the text that explains it out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from .conditions import described
from .explain_words import NAMES, WORDS
from .terminal import Look, cells, pad, safe

Record = Mapping[str, Any]


def licence(record: Record, look: Look, lang: str) -> str:
    """Who publishes it, its editions, then each clause: section, what it says, when it applies, what it wants."""
    words = WORDS[lang]
    lines = [look.paint("strong", f"{safe(record['id'])}: {safe(record['name'])}")]
    rows = [(words["publisher"], record.get("publisher")), (words["url"], record.get("url")), (words["spdx"], record.get("spdx"))]
    rows += [(words["editions"], _editions(record, words))]
    rows += [(words["policies"], words["comma"].join(record.get("policies") or []))]
    rows += [(words["aliases"], words["comma"].join(record.get("aliases") or []))]
    rows += [(words["verified"], _yes_no(record.get("verified"), words))]
    lines += _rows(rows, look)
    for item in record["clauses"]:
        lines += ["", *_summary(record["id"], item, look, lang)]
    return _text(lines)


def clause(record: Record, item: Record, look: Look, lang: str) -> str:
    """All of one clause, with the conditions under which it applies, is excepted or is unsettled."""
    words = WORDS[lang]
    lines = [*_title(record["id"], item, look, lang), "", *look.prose(_said(item["says"], lang)), ""]
    rows = [
        (words["licence"], f"{record['name']} ({record['id']})"),
        (words["section"], item["section"]),
        (words["effect"], words.get("effect." + item["effect"], item["effect"])),
        (words["topic"], item["topic"]),
        (words["layer"], _named("value", item["layer"], lang)),
        (words["binds"], words.get("binds." + item["binds"], item["binds"])),
        (words["editions"], words["comma"].join(item.get("editions") or [])),
        (words["verified"], _yes_no(item.get("verified", record.get("verified")), words)),
        (words["policy"], item.get("policy_name") or item.get("policy")),
    ]
    lines += _rows(rows, look)
    lines += _conditions(words["when"], [(None, item["when"])], look, lang)
    lines += _conditions(words["forbids"], [(None, item["forbids"])] if item.get("forbids") else [], look, lang)
    lines += _branches(words["unless"], item.get("unless") or [], look, lang)
    lines += _branches(words["unsettled"], item.get("unsettled") or [], look, lang)
    lines += _purposes(item.get("purposes") or {}, look, lang)
    if item.get("requires"):
        lines += ["", look.paint("strong", words["requires"])] + [
            line for text in _requirement(item["requires"], words, lang) for line in look.prose(text, "  ")
        ]
    if item.get("attest"):
        lines += ["", look.paint("strong", words["attest"]), *look.prose(_said(item["attest"]["ask"], lang), "  ")]
    if item.get("remedy"):
        lines += ["", look.paint("strong", words["remedy"]), *look.prose(_said(item["remedy"], lang), "  ")]
    return _text(lines)


def row(kind: str, asked: str, record: Record, license_name: str | None, look: Look, lang: str) -> str:
    """What the registry knows of a model, data set or service, and how well."""
    words = WORDS[lang]
    licensed = str(record.get("license") or record.get("terms") or words["unknown"]) + (f" ({license_name})" if license_name else "")
    verified = _yes_no(record.get("verified"), words)
    if record.get("source"):
        verified += f" ({record['source']})"
    edition = record.get("edition")
    since = words["in_force"].format(date=edition["in_force_from"]) if edition and edition.get("in_force_from") else ""
    rows = [
        (words["row"], record["id"] if record["id"] != asked else None),
        (words["licence"], licensed),
        (words["edition"], edition["text"] + since if edition else None),
        (words["policies"], words["comma"].join(record.get("policies") or [])),
        (words["travelling"], words["comma"].join(record.get("travelling") or [])),
        (words["since"], record.get("from")),
        (words["until"], record.get("until")),
        (words["released"], record.get("released")),
        (words["modality"], record.get("modality")),
        (words["base"], record.get("base")),
        (words["inherits"], _listed(record.get("inherits"), words)),
        (words["notice"], words["yes"] if record.get("notice") else None),
        (words["verified"], verified),
        (words["how"], words.get(f"how.{record.get('evidence')}") if record.get("verified") else words["how.nobody"]),
        (words["unverified_fields"], words["comma"].join(record.get("unverified_fields") or [])),
        (words["note"], record.get("note")),
    ]
    return _text([look.paint("strong", f"{safe(asked)}: {words[kind]}"), *_rows(rows, look)])


def entry(kind: str, name: str, record: Record, look: Look, lang: str, related: Iterable[str] = ()) -> str:
    """An entry of a table: a fact, relation, topic or purpose, with everything the table says of it."""
    words = WORDS[lang]
    rows = [(_named("field", key, lang), _field(key, value, lang)) for key, value in record.items()]
    rows.append((words["used_by"], words["comma"].join(related)))
    return _text([look.paint("strong", f"{safe(name)}: {words[kind]}"), *_rows(rows, look)])


def listing(entries: Mapping[str, Record], look: Look, lang: str) -> str:
    """A whole table: each entry with what it means, is asked by or is called."""
    said = ("means", "ask", "title", "from")
    return _text(_rows([(name, _said(next((row[key] for key in said if key in row), "-"), lang)) for name, row in entries.items()], look))


def policy(record: Record, look: Look, lang: str) -> str:
    """A use policy: the purposes it names, section by section."""
    words = WORDS[lang]
    rows = [(words["publisher"], record.get("publisher")), (words["url"], record.get("url"))]
    rows.append((words["verified"], _yes_no(record.get("verified"), words)))
    title = look.paint("strong", f"{safe(record['id'])}: {safe(record['name'])}")
    return _text([title, *_rows(rows, look), *_purposes(record, look, lang)])


def table(rows: Sequence[Record], look: Look, lang: str) -> str:
    """The licences with rules, one line each."""
    words = WORDS[lang]
    columns = ("id", "name", "verified", "clauses", "editions")
    shown = [tuple(words["column." + column] for column in columns)]
    for item in rows:
        verified, editions = _yes_no(item["verified"], words), ", ".join(item["editions"])
        shown.append((safe(item["id"]), safe(item["name"]), verified, str(item["clauses"]), safe(editions)))
    widths = [max(cells(line[index]) for line in shown) for index in range(len(columns))]
    lines = ["  ".join(pad(text, width) for text, width in zip(line, widths, strict=True)).rstrip() for line in shown]
    return _text([look.paint("strong", lines[0]), *lines[1:]])


def _summary(identifier: str, item: Record, look: Look, lang: str) -> list[str]:
    words = WORDS[lang]
    lines = _title(identifier, item, look, lang) + look.prose(_said(item["says"], lang), "    ")
    if item.get("requires"):
        wanted = words["semicolon"].join(_requirement(item["requires"], words, lang))
        lines += look.prose(words["requires"] + words["colon"] + wanted, "    ", "      ")
    if item.get("remedy"):
        lines += look.prose(words["remedy"] + words["colon"] + _said(item["remedy"], lang), "    ", "      ")
    return lines


def _title(identifier: str, item: Record, look: Look, lang: str) -> list[str]:
    effect = WORDS[lang].get("effect." + item["effect"], item["effect"])
    return [look.paint("strong", f"{safe(identifier)}/{safe(item['id'])}") + f" § {safe(item['section'])} ({effect})"]


def _editions(record: Record, words: Mapping[str, str]) -> str:
    return words["semicolon"].join(
        safe(edition.get("title") or edition["text"]) + (words["in_force"].format(date=edition["from"]) if edition.get("from") else "")
        for edition in record.get("editions") or []
    )


def _rows(rows: Iterable[tuple[str, object]], look: Look) -> list[str]:
    known = [(safe(label), str(value)) for label, value in rows if value not in (None, "", [])]
    width = max((cells(label) for label, _ in known), default=0)
    return [line for label, value in known for line in look.prose(value, f"  {pad(label, width)}  ", " " * (width + 4))]


def _conditions(title: str, branches: list[tuple[str | None, Record]], look: Look, lang: str) -> list[str]:
    if not branches:
        return []
    lines = ["", look.paint("strong", title)]
    for why, node in branches:
        for depth, text in described(node, lang, 1):
            lead = "  " * depth
            lines += look.prose(text, lead, lead + "  ")
        if why:
            lines += look.prose(why, "    ")
    return lines


def _branches(title: str, branches: Iterable[Record], look: Look, lang: str) -> list[str]:
    shown = []
    for branch in branches:
        section = f"§ {branch['section']}{WORDS[lang]['colon']}" if branch.get("section") else ""
        shown.append(((section + _said(branch.get("why") or "", lang)) or None, branch["when"]))
    return _conditions(title, shown, look, lang)


def _purposes(purposes: Record, look: Look, lang: str) -> list[str]:
    lines: list[str] = []
    for key in ("forbids", "conditions"):
        for number, item in enumerate(purposes.get(key) or []):
            lines += ["", look.paint("strong", WORDS[lang]["purposes." + key])] if number == 0 else []
            why = f" ({_said(item['why'], lang)})" if item.get("why") else ""
            named = WORDS[lang]["comma"].join(item["purposes"])
            lines += look.prose(f"§ {item['section']}{WORDS[lang]['colon']}{named}{why}", "  ", "    ")
    return lines


def _requirement(requires: Record, words: Mapping[str, str], lang: str) -> list[str]:
    shown = []
    for key, value in requires.items():
        text = words["comma"].join(_named("place", place, lang) for place in value) if key == "places" else _plain(value, "en")
        shown.append(words["requires." + key].format(value=text) if "requires." + key in words else f"{key}: {text}")
    return shown


def _listed(value: object, words: Mapping[str, str]) -> object:
    return words["comma"].join(value) if isinstance(value, list) else value


def _named(table: str, word: str, lang: str) -> str:
    return NAMES[lang].get(f"{table}.{word}", str(word))


def _field(key: str, value: Any, lang: str) -> str:
    """What a column of a table says: lists that a person chooses from keep their identifiers, the rest is put into words."""
    plain = _plain(value, lang)
    chosen = key in ("values", "vocabulary", "ask_as", "assume") or not isinstance(value, str | bool)
    return plain if chosen else _named("value", plain, lang)


def _said(words: Any, lang: str) -> str:
    return words if isinstance(words, str) else str(words.get(lang) or words.get("en") or "")


def _plain(value: Any, lang: str) -> str:
    if isinstance(value, Mapping):
        return _said(value, lang) if "en" in value else ", ".join(f"{key} {_plain(item, lang)}" for key, item in value.items())
    if isinstance(value, list | tuple):
        return ", ".join(_plain(item, lang) for item in value)
    return ("true" if value else "false") if isinstance(value, bool) else str(value)


def _yes_no(value: object, words: Mapping[str, str]) -> str:
    return words["yes"] if value else words["no"]


def _text(lines: list[str]) -> str:
    return "\n".join(lines) + "\n"
