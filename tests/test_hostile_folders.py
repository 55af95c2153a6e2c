"""Folders made to break the tool: findings or one clear line, never a trace, within bounds of time and memory.

The time limit allows for slow machines; `LICENSECHECK_WALL_SECONDS=2` (as `make bench` sets it) is the one we promise.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from licensecheck.errors import InputError
from licensecheck.pipeline import examine
from tests.conftest import tool_command, tool_environment

pytestmark = pytest.mark.skipif(os.name == "nt", reason="FIFOs, symbolic links, sparse files and resource usage are those of Unix")

WALL_SECONDS = float(os.environ.get("LICENSECHECK_WALL_SECONDS", "10"))
PEAK_MEGABYTES = 150
SECRET = "do-not-tell-3f9a1c"

#: Escape and other C0/C1 controls except tab and line feed; bidi overrides, isolates and marks; line separators.
UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")

# Started from a small process of its own: a child's peak memory counts that of whoever forked it.
LAUNCHER = """
import json, os, resource, signal, subprocess, sys, time
limit, out, err, usage, *command = sys.argv[1:]
with open(out, "wb") as stdout, open(err, "wb") as stderr:
    start = time.monotonic()
    child = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=stdout, stderr=stderr)
    signal.signal(signal.SIGALRM, lambda *_: child.kill())
    signal.setitimer(signal.ITIMER_REAL, float(limit))
    _, status, used = os.wait4(child.pid, 0)
    wall = time.monotonic() - start
    signal.setitimer(signal.ITIMER_REAL, 0)
child.returncode = os.waitstatus_to_exitcode(status)
scale = 1 if sys.platform == "darwin" else 1024
json.dump({"code": child.returncode, "wall": wall, "peak": used.ru_maxrss * scale / 1e6}, open(usage, "w"))
"""


class Outcome(NamedTuple):
    """What one run left: exit code, both streams, seconds and megabytes."""

    code: int
    out: str
    err: str
    wall: float
    peak: float

    @property
    def report(self) -> dict:
        return json.loads(self.out)["reports"][0]

    def rules(self, *kinds: str) -> set[str]:
        return {finding["rule"] for finding in self.report["findings"] if finding["kind"] in kinds}


Check = Callable[..., Outcome]


@pytest.fixture
def check(tmp_path: Path) -> Check:
    """Check a folder, hold the outcome against every promise made for hostile folders, and return it."""

    def run(folder: Path, *options: str) -> Outcome:
        out, err, usage = (tmp_path / name for name in ("stdout", "stderr", "usage"))
        command = [*tool_command(), "check", "--offline", "--as", "public", *options, str(folder)]
        subprocess.run(
            [sys.executable, "-I", "-S", "-c", LAUNCHER, str(WALL_SECONDS), str(out), str(err), str(usage), *command],
            env=tool_environment(),
            stdin=subprocess.DEVNULL,
            check=True,
        )
        used = json.loads(usage.read_text())
        outcome = Outcome(used["code"], out.read_text("utf-8"), err.read_text("utf-8"), used["wall"], used["peak"])
        assert outcome.wall < WALL_SECONDS, f"killed after {outcome.wall:.1f} s"
        assert outcome.code in (0, 1, 2), f"left with {outcome.code}\n{outcome.err[-2000:]}"
        assert "Traceback" not in outcome.err
        assert not UNPRINTABLE.findall(outcome.out + outcome.err)
        assert outcome.peak < PEAK_MEGABYTES, f"{outcome.peak:.0f} MB"
        if outcome.code == 2:
            assert not outcome.out
            assert len(outcome.err.strip().splitlines()) == 1, outcome.err
        return outcome

    return run


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small model folder, valid as it is; a test adds what is hostile."""
    made = tmp_path / "Llama-Harbour-8B"
    made.mkdir()
    (made / "README.md").write_text(card(), encoding="utf-8")
    (made / "config.json").write_text('{"model_type": "llama", "architectures": ["LlamaForCausalLM"]}', encoding="utf-8")
    return made


def card(front: str = "license: llama3.1\nbase_model: meta-llama/Llama-3.1-8B-Instruct", body: str = "Built with Llama.") -> str:
    return f"---\n{front}\n---\n\n# Llama-Harbour-8B\n\n{body}\n"


def both(check: Check, folder: Path) -> Outcome:
    """The text report and the JSON report must both hold; the JSON one is returned."""
    text = check(folder)
    outcome = check(folder, "--format", "json")
    assert text.code == outcome.code
    if outcome.code != 2:
        assert outcome.report["findings"]
    return outcome


def nested(depth: int, opening: str, closing: str) -> str:
    return opening * depth + closing * depth


def yaml_bomb() -> str:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]
    return "\n".join(lines)


def test_the_folder_the_others_are_built_on_gives_findings(check: Check, folder: Path) -> None:
    assert "llama3.1/notice-file" in both(check, folder).rules("fail")


# ---------------------------------------------------------------------------------------------- cards


BROKEN_CARDS = {
    "unclosed bracket": card("license: [llama3.1\nbase_model: meta-llama/Llama-3.1-8B-Instruct"),
    "tab indentation": card("license: llama3.1\n\tbase_model: x"),
    "never closed": "---\nlicense: llama3.1\nbase_model: meta-llama/Llama-3.1-8B-Instruct\n",
    "a list": card("- license\n- llama3.1"),
    "a scalar": card("llama3.1"),
    "duplicate keys": card("license: apache-2.0\nlicense: llama3.1\nbase_model: meta-llama/Llama-3.1-8B-Instruct"),
    "keys that are no strings": card("? [a, b]\n: c\n1: 2\nnull: 3\nlicense: llama3.1"),
    "values of every wrong type": card("license: {a: 1}\nbase_model: {b: [1, 2]}\ndatasets: 3.5\ntags: 2024-01-01\nlanguage: no"),
    "a python tag": card('license: !!python/object/apply:os.system ["touch /tmp/never"]'),
    "a merge key onto nothing": card("<<: *nowhere\nlicense: llama3.1"),
    "an anchor that holds itself": card("license: &a [*a]"),
    "a date that is none": card("license: llama3.1\nreleased: 2024-13-45"),
    "a sexagesimal": card("license: 1:61:61"),
    "document markers within": card("license: llama3.1\n...\n---\nlicense: mit"),
    "deep flow": card("license: " + nested(5_000, "[", "]")),
    "deep blocks": card("\n".join(" " * n + "a:" for n in range(2_000))),
    "a million colons": card("license: llama3.1\n" + "a: b\n" * 200_000),
    "one long line": card("license: llama3.1\nnote: " + "x" * 2_000_000),
    "one long line of prose": card(body="built with " * 200_000),
    "many short lines of mark-up": card(body="[![" * 100_000 + "\n" + "](" * 100_000),
    "unfinished comments": card(body="<!-- " * 100_000),
    "unfinished emphasis and quotes": card(body="**`_\"'" * 100_000),
    "only a byte order mark": "\ufeff",
    "only dashes": "---\n---\n",
    "carriage returns alone": card().replace("\n", "\r"),
    "an unpaired surrogate escape": card('license: "\\ud800"'),
    "an integer of ten thousand digits": card("license: llama3.1\nnumber: " + "9" * 10_000),
}


@pytest.mark.parametrize("text", BROKEN_CARDS.values(), ids=BROKEN_CARDS.keys())
def test_broken_card_is_a_finding_and_no_crash(text: str, check: Check, folder: Path) -> None:
    (folder / "README.md").write_text(text, encoding="utf-8")
    assert both(check, folder).code in (0, 1)


def test_broken_front_matter_is_reported_with_its_line(check: Check, folder: Path) -> None:
    (folder / "README.md").write_text(BROKEN_CARDS["unclosed bracket"], encoding="utf-8")
    outcome = check(folder, "--format", "json")
    lines = [item.get("line") for finding in outcome.report["findings"] for item in finding["evidence"] if item["source"] == "README.md"]
    said = json.dumps([outcome.report["findings"], outcome.report["incomplete"]])
    assert any(lines) or re.search(r"README\.md:\d+", said)


def test_yaml_bomb_in_a_card_is_not_expanded(check: Check, folder: Path) -> None:
    (folder / "README.md").write_text(card("license: llama3.1\n" + yaml_bomb() + "\nbase_model: *a11"), encoding="utf-8")
    assert both(check, folder).code in (0, 1)


def test_card_of_ten_megabytes_is_cut_and_the_report_says_so(check: Check, folder: Path) -> None:
    filler = "Words about ships and berths, over and over again, to no purpose at all.\n" * 145_000
    (folder / "README.md").write_text(card(body=filler), encoding="utf-8")
    assert (folder / "README.md").stat().st_size > 10_000_000
    outcome = both(check, folder)
    assert "README.md" in json.dumps(outcome.report["incomplete"])
    assert "README.md" in check(folder).out


@pytest.mark.parametrize("encoding", ["latin-1", "utf-16", "utf-16-le", "utf-32", "gb18030", "cp1252"])
def test_card_in_another_encoding_gives_findings(encoding: str, check: Check, folder: Path) -> None:
    (folder / "README.md").write_bytes(card(body="Für Häfen – “gebaut” mit Sorgfalt").encode(encoding, "replace"))
    assert both(check, folder).code in (0, 1)


@pytest.mark.parametrize("content", [b"", b"\0", b"\0" * 100_000, bytes(range(256)) * 400, b"\xff\xfe", b"\xed\xa0\x80"])
def test_bytes_that_are_no_text_give_findings(content: bytes, check: Check, folder: Path) -> None:
    for name in ("README.md", "LICENSE", "NOTICE", "config.json", "adapter_config.json", "generation_config.json"):
        (folder / name).write_bytes(content)
    assert both(check, folder).code in (0, 1)


# ---------------------------------------------------------------------------------------------- what is no regular file


@pytest.mark.parametrize("name", ["README.md", "config.json", "LICENSE", "NOTICE", "licensecheck.yaml"])
def test_fifo_is_never_waited_for(name: str, check: Check, folder: Path) -> None:
    (folder / name).unlink(missing_ok=True)
    os.mkfifo(folder / name)
    both(check, folder)


@pytest.mark.parametrize("name", ["README.md", "config.json", "LICENSE", "NOTICE", "adapter_config.json", "licensecheck.yaml"])
def test_folder_in_the_place_of_a_file(name: str, check: Check, folder: Path) -> None:
    (folder / name).unlink(missing_ok=True)
    (folder / name).mkdir()
    both(check, folder)


@pytest.mark.parametrize("name", ["README.md", "LICENSE", "NOTICE", "config.json", "docs", "licensecheck.yaml"])
def test_links_out_of_the_folder_are_not_followed(name: str, check: Check, folder: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    words = f"---\nlicense: {SECRET}\nbase_model: {SECRET}/{SECRET}\n---\n# {SECRET}\n{SECRET}: 1\n"
    (outside / "secret.md").write_text(words, encoding="utf-8")
    (folder / name).unlink(missing_ok=True)
    (folder / name).symlink_to(outside if name == "docs" else outside / "secret.md")
    for outcome in (check(folder), check(folder, "--all", "--format", "json")):
        assert SECRET not in outcome.out + outcome.err


@pytest.mark.parametrize("name", ["README.md", "LICENSE", "config.json", "docs", "licensecheck.yaml"])
def test_links_that_go_in_circles_or_nowhere(name: str, check: Check, folder: Path) -> None:
    (folder / name).unlink(missing_ok=True)
    (folder / name).symlink_to(folder / name)
    (folder / "up").symlink_to(folder, target_is_directory=True)
    (folder / "gone.md").symlink_to(folder / "nowhere.md")
    both(check, folder)


def test_device_behind_a_link_is_not_read(check: Check, folder: Path) -> None:
    (folder / "NOTICE").symlink_to("/dev/zero")
    (folder / "LICENSE").symlink_to("/dev/urandom")
    both(check, folder)


def test_unreadable_file_is_the_one_clear_line(closed: Callable[..., None], folder: Path) -> None:
    (folder / "LICENSE").write_text("words")
    closed(folder / "LICENSE")
    with pytest.raises(InputError, match=r"LICENSE: can't be read: Permission denied$"):
        examine(str(folder))


# ---------------------------------------------------------------------------------------------- size and number


@pytest.mark.parametrize("name", ["LICENSE", "README.md", "NOTICE", "config.json", "model.safetensors", "model.gguf", "licensecheck.yaml"])
def test_sparse_file_of_one_gigabyte_is_not_read_through(name: str, check: Check, folder: Path) -> None:
    with (folder / name).open("ab") as file:
        file.truncate(1 << 30)
    both(check, folder)


def test_file_longer_than_we_read_is_named_in_the_report(check: Check, folder: Path) -> None:
    with (folder / "LICENSE").open("ab") as file:
        file.truncate(1 << 30)
    assert "LICENSE" in json.dumps(check(folder, "--format", "json").report["incomplete"])


def test_three_thousand_files(check: Check, folder: Path) -> None:
    for number in range(1_000):
        (folder / f"LICENSE-{number}.txt").write_text(f"Licence number {number} of a thousand, in our own words.\n")
        (folder / f"README_{number}.md").write_text(card(body=f"Page {number}."))
        (folder / f"shard-{number:05}.safetensors").touch()
    both(check, folder)


def test_folders_a_hundred_and_fifty_deep(check: Check, folder: Path) -> None:
    deep = folder / "docs" / "/".join(["d"] * 150)
    deep.mkdir(parents=True)
    (deep / "README.md").write_text(card())
    both(check, folder)


def test_a_hundred_documents_of_half_a_megabyte(check: Check, folder: Path) -> None:
    (folder / "docs").mkdir()
    for number in range(100):
        (folder / "docs" / f"{number}.md").write_text("Built with care and llamas, based on hard work.\n" * 11_000)
    both(check, folder)


# ---------------------------------------------------------------------------------------------- JSON


BROKEN_JSON = {
    "nothing": "",
    "half": '{"model_type": "llama", "architectures": [',
    "a list": "[1, 2, 3]",
    "a string": '"llama"',
    "null": "null",
    "not a number": '{"model_type": NaN, "hidden_size": Infinity, "vocab_size": -Infinity}',
    "a huge integer": '{"model_type": "llama", "hidden_size": ' + "9" * 100_000 + "}",
    "a huge exponent": '{"model_type": "llama", "rope_theta": 1e999999999}',
    "deep lists": '{"model_type": "llama", "x": ' + nested(100_000, "[", "]") + "}",
    "deep objects": nested(50_000, '{"a":', "}").replace("}", "1}", 1),
    "wrong types": '{"model_type": 7, "architectures": {"a": 1}, "_name_or_path": ["x"], "base_model_name_or_path": {"y": null}}',
    "surrogates": '{"_name_or_path": "\\ud800\\udfff\\ud800", "model_type": "\\u0000"}',
    "a long name": '{"_name_or_path": "' + "a/" * 500_000 + '"}',
    "duplicate keys": '{"model_type": "llama", "model_type": "gpt2", "_name_or_path": "a/b", "_name_or_path": "c/d"}',
    "a byte order mark": '\ufeff{"model_type": "llama"}',
    "two megabytes of keys": "{" + ",".join(f'"k{n}": {n}' for n in range(150_000)) + "}",
}


@pytest.mark.parametrize("text", BROKEN_JSON.values(), ids=BROKEN_JSON.keys())
def test_broken_json_gives_findings(text: str, check: Check, folder: Path) -> None:
    for name in ("config.json", "adapter_config.json", "generation_config.json", "tokenizer_config.json"):
        (folder / name).write_text(text, encoding="utf-8")
    assert both(check, folder).code in (0, 1)


# ---------------------------------------------------------------------------------------------- the manifest


BROKEN_MANIFESTS = {
    "bomb": yaml_bomb() + "\nbuilt_from: *a11\n",
    "deep flow": "version: 1\nmodel: " + nested(5_000, "[", "]"),
    "deep mapping": "version: 1\nmodel: " + nested(5_000, "{a: ", "}"),
    "unclosed": "version: 1\nrelease: {weights: public\n",
    "a list": "- 1\n- 2\n",
    "a scalar": "just words\n",
    "not text": b"\x00\x01\x02\xff" * 50,
    "a python tag": "version: 1\nmodel: !!python/object/apply:os.system [ls]\n",
    "control characters": b"version: 1\nmodel: {name: \x1b[31mred\x1b[0m}\n",
    "an unknown key with controls": 'version: 1\n"\\e[31mred\\u202e": 1\n',
    "a value with controls": 'version: 1\nrelease: {weights: "\\e]0;title\\a\\u202e"}\n',
    "an integer of ten thousand digits": "version: 1\nuse: {monthly_active_users: " + "9" * 10_000 + "}\n",
    "not a number": "version: 1\nuse: {monthly_active_users: .nan}\n",
    "infinity": "version: 1\nuse: {monthly_active_users: .inf}\n",
    "an anchor that holds itself": "version: 1\nbuilt_from: &a [*a]\n",
    "ten megabytes": "version: 1\n" + "# filler filler filler filler filler\n" * 280_000,
    "extends itself": "version: 1\nextends: licensecheck.yaml\n",
    "extends a device": "version: 1\nextends: /dev/zero\n",
    "extends a folder": "version: 1\nextends: ..\n",
    "extends nothing": "version: 1\nextends: ../nowhere.yaml\n",
    "built from itself": "version: 1\nbuilt_from: [{path: .}]\n",
    "built from the whole disk": "version: 1\nbuilt_from: [{path: /}]\n",
    "subjects that hold one another": "version: 1\nsubjects: [., ./.]\n",
}

MUST_BE_REFUSED = {
    "bomb",
    "deep flow",
    "unclosed",
    "a list",
    "a scalar",
    "not text",
    "a python tag",
    "an unknown key with controls",
    "extends nothing",
}


@pytest.mark.parametrize("name", BROKEN_MANIFESTS)
def test_broken_manifest_is_one_clear_line(name: str, check: Check, folder: Path) -> None:
    text = BROKEN_MANIFESTS[name]
    (folder / "licensecheck.yaml").write_bytes(text if isinstance(text, bytes) else text.encode())
    outcome = both(check, folder)
    if name in MUST_BE_REFUSED:
        assert outcome.code == 2
    if outcome.code == 2:
        assert "licensecheck.yaml" in outcome.err


def test_misspelt_manifest_key_is_refused_with_its_line(check: Check, folder: Path) -> None:
    (folder / "licensecheck.yaml").write_text("version: 1\nrelease:\n  wieghts: public\n", encoding="utf-8")
    outcome = check(folder)
    assert outcome.code == 2
    assert re.search(r"licensecheck\.yaml:3\b.*weights", outcome.err)


def test_broken_pyproject_is_one_clear_line_or_ignored(check: Check, folder: Path) -> None:
    (folder / "pyproject.toml").write_bytes(b"[tool.llm-licensecheck\nversion = \x1b[31m\xff")
    both(check, folder)


# ---------------------------------------------------------------------------------------------- what speaks to the terminal


ANSI = "\x1b[31mred\x1b[0m\x1b]0;title\x07\x9b2J\r\b"
BIDI = "\u202eeman\u202c\u2066\u2069\u200f"


def test_controls_in_names_of_files_do_not_reach_the_output(check: Check, folder: Path) -> None:
    for name in (f"LICENSE{ANSI}", f"README{BIDI}.md", "NOTICE\n::error::injected", "LICENSE-\t", "README \u2028.md"):
        (folder / name).write_text(card(body="words"), encoding="utf-8")
    (folder / "docs").mkdir()
    (folder / "docs" / f"{ANSI}{BIDI}.md").write_text("Built with Llama", encoding="utf-8")
    both(check, folder)
    assert "\n::error" not in check(folder, "--all").out


def test_name_that_is_no_text_does_not_stop_the_check(check: Check, folder: Path) -> None:
    try:
        Path(os.fsdecode(os.fsencode(folder) + b"/LICENSE-\xff\xfe.txt")).write_text("words")
    except OSError:
        pytest.skip("this file system wants names in UTF-8")
    both(check, folder)


def test_controls_in_the_name_of_the_folder_do_not_reach_the_output(check: Check, folder: Path) -> None:
    renamed = folder.rename(folder.with_name(f"model {ANSI}{BIDI}"))
    (renamed / "README.md").write_text(card().replace("# Llama-Harbour-8B\n", ""), encoding="utf-8")
    both(check, renamed)


def test_controls_in_contents_do_not_reach_the_output(check: Check, folder: Path) -> None:
    nasty = ANSI + BIDI
    escaped = json.dumps(nasty)
    base = f"[{json.dumps('org/' + nasty)}, meta-llama/Llama-3.1-8B]"
    front = f"license: {escaped}\nbase_model: {base}\ndatasets: [{escaped}]\nlicense_name: {escaped}"
    (folder / "README.md").write_text(card(front, body=f"# {nasty}\nBuilt with Llama {nasty}\n::error::{nasty}"), encoding="utf-8")
    (folder / "config.json").write_text(json.dumps({"_name_or_path": "org/" + nasty, "model_type": nasty}), encoding="utf-8")
    (folder / "LICENSE").write_text(nasty * 50, encoding="utf-8")
    both(check, folder)
    assert "\n::error" not in check(folder, "--all").out


@pytest.mark.parametrize("command", ["notice", "attribution"])
def test_rendered_documents_hold_no_controls_of_strangers(command: str, folder: Path, tool: Callable) -> None:
    nasty = json.dumps("org/" + ANSI + BIDI)
    (folder / "README.md").write_text(card(f"license: llama3.1\nbase_model: [{nasty}, meta-llama/Llama-3.1-8B]"), encoding="utf-8")
    done = tool(command, folder)
    assert done.returncode in (0, 1, 2)
    assert not UNPRINTABLE.findall(done.stdout + done.stderr)


# ---------------------------------------------------------------------------------------------- licence expressions


@pytest.mark.parametrize(
    "expression",
    [nested(100_000, "(", ")"), "MIT AND (" * 20_000, "MIT OR " * 50_000 + "ISC", " AND ".join(f"(A{n} OR B{n})" for n in range(40))],
)
def test_a_licence_expression_without_end_is_a_short_finding_or_one_line(expression: str, check: Check, folder: Path) -> None:
    base = "base_model: meta-llama/Llama-3.1-8B-Instruct"
    (folder / "README.md").write_text(card(f"license: {json.dumps(expression)}\n{base}"), encoding="utf-8")
    outcome = both(check, folder)
    assert "check/declared-license.bad-expression" in outcome.rules("review")
    assert len(outcome.out) < 200_000
    manifest = f"version: 1\nbuilt_from: [{{model: acme/part, license: {json.dumps(expression)}}}]\n"
    (folder / "licensecheck.yaml").write_text(manifest, encoding="utf-8")
    stated = check(folder)
    assert stated.code == 2
    assert "is no licence expression" in stated.err
    assert len(stated.err) < 1_000


# ---------------------------------------------------------------------------------------------- targets


@pytest.mark.parametrize("target", ["nowhere", "a\x1b[31mb", "x" * 5_000, "../../../../../../../..", "org/name/too/many", "", "\u202e"])
def test_target_that_is_no_folder_is_one_clear_line(target: str, tmp_path: Path, tool: Callable) -> None:
    done = tool("check", "--offline", target, cwd=tmp_path)
    assert done.returncode in (0, 1, 2, 3), done.stderr
    assert "Traceback" not in done.stderr
    assert not UNPRINTABLE.findall(done.stdout + done.stderr)


def test_empty_folder_is_no_crash(check: Check, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    check(tmp_path / "empty")
    check(tmp_path / "empty", "--format", "json")
