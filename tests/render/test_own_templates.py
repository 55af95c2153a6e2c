"""Templates of one's own: they stand in for the shipped ones, see nothing but their values, and come to an end."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from licensecheck.errors import InputError, UsageError
from licensecheck.render.documents import attribution, notice, template_name
from licensecheck.render.own_templates import place_own

REPORT = json.loads((Path(__file__).resolve().parent.parent / "reports" / "fine-tune.json").read_text(encoding="utf-8"))["reports"][0]


def write(folder: Path, text: str, name: str = "attribution.md.j2") -> str:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")
    return str(folder)


@pytest.fixture
def own(tmp_path: Path) -> Path:
    return tmp_path / "own"


def wrong(folder: str, **values: Any) -> str:
    with pytest.raises(InputError) as raised:
        place_own(folder, "attribution.md.j2", values)
    assert "\n" not in str(raised.value)
    return str(raised.value)


def test_own_template_stands_in_for_the_shipped_one(own: Path) -> None:
    folder = write(own, "# {{ name }}\n{% for text in displays %}\n**{{ text }}**\n{% endfor %}\n")
    assert attribution(REPORT, templates=folder) == "# Harbour-Chat-8B\n**Built with Llama**\n"


def test_template_that_is_not_there_is_the_shipped_one(own: Path) -> None:
    folder = write(own, "x", "attribution.rst.j2")
    assert attribution(REPORT, templates=folder) == attribution(REPORT)


def test_notice_takes_one_too(own: Path) -> None:
    folder = write(own, "ACME\n{% for item in notices %}\n{{ item.text }}\n{% endfor %}\n", "notice.txt.j2")
    assert notice(REPORT, templates=folder).startswith("ACME\nLlama 3.1 is licensed under")


SHIPPED = [("markdown", "section"), ("rst", "paragraph"), ("latex", "section"), ("html", "badge"), ("text", "paragraph")]


@pytest.mark.parametrize(("style", "length"), SHIPPED)
def test_shipped_template_can_be_extended(own: Path, style: str, length: str) -> None:
    name = template_name(style, length)
    folder = write(own, '{% include "shipped/' + name + '" %}', name)
    assert attribution(REPORT, "zh", style=style, length=length, templates=folder) == attribution(REPORT, "zh", style=style, length=length)


def test_value_that_does_not_exist_is_named_with_template_and_line(own: Path) -> None:
    folder = write(own, "a\nb {{ nmae }}\n")
    assert wrong(folder, name="x") == f"{own}/attribution.md.j2:2: 'nmae' is undefined"


def test_mistake_in_an_included_template_is_named_there(own: Path) -> None:
    write(own, "\n\n{{ 1 / 0 }}\n", "part.j2")
    folder = write(own, 'a\n{% include "part.j2" %}\n')
    assert wrong(folder).startswith(f"{own}/part.j2:3: ")


def test_wrong_syntax_is_named_with_its_line(own: Path) -> None:
    assert wrong(write(own, "a\n\n{% for x in %}\n")).startswith(f"{own}/attribution.md.j2:3: ")


def test_template_that_is_not_text_is_named_with_its_line(own: Path) -> None:
    own.mkdir()
    (own / "attribution.md.j2").write_bytes(b"a\nb\xff\n")
    assert wrong(str(own)) == f"{own}/attribution.md.j2:2: not UTF-8"


def test_folder_that_is_not_there_is_bad_usage(own: Path) -> None:
    with pytest.raises(UsageError, match="no such folder"):
        attribution(REPORT, templates=str(own))


@pytest.mark.parametrize(
    "name", ["../secret.j2", "/etc/passwd", "link.j2", "below/../../secret.j2", "shipped/../words.yaml", "..\\secret.j2", "."]
)
def test_nothing_outside_the_folder_can_be_read(own: Path, tmp_path: Path, name: str) -> None:
    (tmp_path / "secret.j2").write_text("SECRET", encoding="utf-8")
    folder = write(own, '{% include "' + name.replace("\\", "\\\\") + '" %}')
    (own / "below").mkdir()
    (own / "link.j2").symlink_to(tmp_path / "secret.j2")
    said = wrong(folder)
    assert "there is no template" in said
    assert "SECRET" not in said


def test_template_that_is_itself_a_link_out_of_the_folder_is_not_read(own: Path, tmp_path: Path) -> None:
    own.mkdir()
    (tmp_path / "secret.j2").write_text("SECRET", encoding="utf-8")
    (own / "attribution.md.j2").symlink_to(tmp_path / "secret.j2")
    assert "there is no template" in wrong(str(own))


@pytest.mark.parametrize(
    "text",
    [
        "{{ name.__class__.__mro__ }}",
        "{{ ''.__class__ }}",
        "{{ cycler.__init__.__globals__ }}",
        "{{ self.__init__ }}",
        "{{ displays.append(1) }}",
        "{{ '{0.__class__}'.format(1) }}",
    ],
)
def test_sandbox_holds(own: Path, text: str) -> None:
    assert wrong(write(own, f"a\n{text}\n"), name="x", displays=[]).startswith(f"{own}/attribution.md.j2:2: ")


@pytest.mark.parametrize(
    "text",
    [
        "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}",
        "{% for a in range(999999999) %}{% endfor %}",
        "{% for a in range(99999) %}xxxxxxxxxxxxxxxxxxxx{% endfor %}",
        "{{ 'x' * 10 ** 10 }}",
        "{% macro again() %}{{ again() }}{% endmacro %}{{ again() }}",
        '{% include "attribution.md.j2" %}',
    ],
)
def test_template_without_end_is_stopped(own: Path, text: str) -> None:
    assert wrong(write(own, text), name="x").startswith(f"{own}/attribution.md.j2")


def test_nothing_in_the_current_folder_is_run(own: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = write(own, "{{ x }}")
    for name in ("jinja2.py", "json.py", "licensecheck.py"):
        (tmp_path / name).write_text("raise SystemExit(9)", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend("")
    assert place_own(folder, "attribution.md.j2", {"x": 1}) == "1\n"


def test_larger_template_than_any_is_refused(own: Path) -> None:
    assert "larger than" in wrong(write(own, "x" * 300_000))
