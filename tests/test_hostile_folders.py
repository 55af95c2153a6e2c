"""Folders made to break the tool: findings or one clear line, never a trace, within bounds of time and memory.

The time limit allows for slow machines; `LICENSECHECK_WALL_SECONDS=2` (as `make bench` sets it) is the one we promise.
"""

from __future__ import annotations

import json
import os
import re
import struct
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from licensecheck.errors import InputError
from licensecheck.evidence import observed
from licensecheck.knowledge import load
from licensecheck.lineage import Assembler
from licensecheck.lineage.entries import Entry
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


# ---------------------------------------------------------------------------------------------- headers of weight files


def gguf(pairs: int, *parts: bytes) -> bytes:
    return b"GGUF" + struct.pack("<IQQ", 3, 0, pairs) + b"".join(parts)


def gguf_key(name: bytes, kind: int, value: bytes) -> bytes:
    return struct.pack("<Q", len(name)) + name + struct.pack("<I", kind) + value


def gguf_text(text: bytes) -> bytes:
    return struct.pack("<Q", len(text)) + text


def safetensors(header: bytes, length: int | None = None) -> bytes:
    return struct.pack("<Q", len(header) if length is None else length) + header


BROKEN_HEADERS = {
    "a safetensors header of 2^63 bytes": ("model.safetensors", safetensors(b"{}" * 20, 1 << 63)),
    "a safetensors header of 2^64 - 1 bytes": ("model.safetensors", safetensors(b"{}" * 20, (1 << 64) - 1)),
    "a safetensors header nested deep": ("model.safetensors", safetensors(nested(100_000, '{"a":', "}").encode())),
    "safetensors texts nested deep": ("model.safetensors", safetensors(b'{"__metadata__":' + nested(100_000, "[", "]").encode() + b"}")),
    "safetensors texts of two megabytes": (
        "model.safetensors",
        safetensors(b'{"__metadata__":{' + b",".join(b'"base_model%d":"a/b%d"' % (n, n) for n in range(60_000)) + b"}}"),
    ),
    "a safetensors header of blanks": ("model.safetensors", safetensors(b" " * 1_900_000)),
    "GGUF of 2^63 entries": ("model.gguf", gguf(1 << 63, b"\0" * 64)),
    "GGUF of a million entries": ("model.gguf", gguf(1_000_000, gguf_key(b"k", 4, b"\0" * 4) * 1_000_000)),
    "a GGUF key of 2^63 bytes": ("model.gguf", gguf(1, struct.pack("<Q", 1 << 63), b"x" * 64)),
    "GGUF lists in lists": ("model.gguf", gguf(1, gguf_key(b"general.datasets", 9, struct.pack("<IQ", 9, 1) * 100_000))),
    "a GGUF list of 2^63 items": ("model.gguf", gguf(1, gguf_key(b"general.datasets", 9, struct.pack("<IQ", 8, 1 << 63)), b"\0" * 64)),
    "a GGUF list of 2^63 numbers": ("model.gguf", gguf(1, gguf_key(b"a", 9, struct.pack("<IQ", 10, 1 << 63)), b"\0" * 64)),
    "a GGUF list of a million texts": (
        "model.gguf",
        gguf(1, gguf_key(b"tokens", 9, struct.pack("<IQ", 8, 1_000_000)), gguf_text(b"") * 1_000_000),
    ),
    "four thousand GGUF licences": ("model.gguf", gguf(4_000, gguf_key(b"general.license", 8, gguf_text(b"(MIT AND " * 20)) * 4_000)),
    "a GGUF licence of a megabyte": ("model.gguf", gguf(1, gguf_key(b"general.license", 8, gguf_text(b"MIT OR " * 150_000)))),
    "a GGUF key of 65,000 bytes that are no text": (
        "model.gguf",
        gguf(9, gguf_key(b"general.\xff" * 7_000, 8, gguf_text(b"\x1b[31m\xff")) * 9),
    ),
}


@pytest.mark.parametrize("name", BROKEN_HEADERS)
def test_header_of_a_weight_file_that_lies_is_a_flaw_and_no_wait(name: str, check: Check, folder: Path) -> None:
    file, content = BROKEN_HEADERS[name]
    stem, _, ending = file.partition(".")
    for number in range(8):
        (folder / f"{stem}-{number}.{ending}").write_bytes(content)
    assert both(check, folder).code in (0, 1)


def test_safetensors_header_of_a_hundred_megabytes_is_not_read_through(check: Check, folder: Path) -> None:
    for number in range(8):
        with (folder / f"model-{number}.safetensors").open("wb") as file:
            file.write(safetensors(b'{"a":{"dtype":"F32"},', 99_000_000))
            file.truncate(1 << 30)
    assert both(check, folder).code in (0, 1)


def test_index_of_shards_that_lie_elsewhere_opens_none_of_them(check: Check, folder: Path, tmp_path: Path) -> None:
    (tmp_path / "outside.safetensors").write_bytes(safetensors(json.dumps({"__metadata__": {"base_model": f"{SECRET}/{SECRET}"}}).encode()))
    for shard in ("../outside.safetensors", str(tmp_path / "outside.safetensors"), "\0", "a/" * 5_000 + "../" * 5_000):
        (folder / "model.safetensors.index.json").write_text(json.dumps({"metadata": {}, "weight_map": {"layer": shard}}))
        assert SECRET not in both(check, folder).out


# ---------------------------------------------------------------------------------------------- recipes and packages


RECIPES = {
    "a bomb": "base_model: acme/tiny\n" + yaml_bomb(),
    "an anchor that holds itself": "base_model: &a [*a]\nlearning_rate: 1\n",
    "a hundred thousand keys": "base_model: acme/tiny\n" + "".join(f"k{n}: {n}\n" for n in range(9_000)),
    "keys without end": "base_model: acme/tiny\n" + "".join(f"k{n}: {n}\n" for n in range(100_000)),
    "line breaks alone": "\n" * 99_000,
    "blanks alone": "base_model" + " " * 99_000,
    "blanks and line breaks": "base_model:\n" + " \n\t" * 33_000,
    "datasets without end": "base_model: acme/tiny\nlearning_rate: 1\n"
    + "".join(f"{key}:\n" + "".join(f"- path: acme/{key}-{n}\n" for n in range(1_000)) for key in ("datasets", "dataset", "dataset_mixer")),
    "nested deep": "base_model: acme/tiny\nmodel: " + nested(5_000, "[", "]"),
    "a merge of a thousand": "merge_method: linear\nmodels:\n" + "".join(f"- model: acme/m{n}\n" for n in range(4_000)),
}


@pytest.mark.parametrize("text", RECIPES.values(), ids=RECIPES.keys())
def test_recipes_made_to_stop_the_reader_give_findings(text: str, check: Check, folder: Path) -> None:
    for number in range(40):
        (folder / f"recipe-{number}.yaml").write_text(text)
    (folder / "README.md").write_text(card(body=f"```yaml\n{text[:90_000]}\n```\n" * 8))
    assert both(check, folder).code in (0, 1)


MODELFILES = {
    "ten megabytes without a line break": "FROM " + "a" * 10_000_000,
    "many instructions": "FROM acme:1b\nADAPTER hf.co/acme/tiny\n" * 200_000,
    "many licences": 'LICENSE """Permission is hereby granted, free of charge, to any person obtaining a copy"""\n' * 2_000,
    "quotes without end": 'LICENSE """' * 20_000,
    "quotes on every line": 'SYSTEM """\n' * 100_000,
    "blanks": " \t" * 100_000 + "\n" + "\n" * 100_000,
}


@pytest.mark.parametrize("text", MODELFILES.values(), ids=MODELFILES.keys())
def test_modelfile_made_to_stop_the_reader_gives_findings(text: str, check: Check, folder: Path) -> None:
    for ending in ("", ".q4", ".q5", ".q6", ".q8"):
        (folder / f"Modelfile{ending}").write_text(text)
    assert both(check, folder).code in (0, 1)


@pytest.mark.parametrize("text", [nested(100_000, "[", "]"), nested(50_000, '{"layers":', "}"), '{"layers": [' + "{}," * 60_000 + "{}]}"])
def test_store_of_models_with_broken_manifests_gives_findings(text: str, check: Check, folder: Path) -> None:
    below = folder / "manifests" / "host" / "library" / "tiny"
    below.mkdir(parents=True)
    for number in range(12):
        (below / f"{number}b").write_text(text)
    assert both(check, folder).code in (0, 1)


def test_layers_of_a_store_cannot_name_files_outside(check: Check, folder: Path, tmp_path: Path) -> None:
    (tmp_path / "outside").write_text(f"{SECRET}\n" * 100)
    below = folder / "manifests" / "host" / "library" / "tiny"
    below.mkdir(parents=True)
    layers = [{"mediaType": "x.image.license", "digest": digest} for digest in ("../../outside", str(tmp_path / "outside"), "..", "\0")]
    (below / "1b").write_text(json.dumps({"layers": layers}))
    assert SECRET not in both(check, folder).out


# ---------------------------------------------------------------------------------------------- prose and tables


def table(rows: int, columns: int) -> str:
    line = "|" + " Base Model |" * columns + "\n"
    return line + "|" + "---|" * columns + "\n" + line * rows


PROSE = {
    "denials": "not based on " * 80_000,
    "a claim of four letters": "从零" * 300_000,
    "claims in sentences": "It was not trained from scratch. " * 30_000,
    "claims with models": "Tiny is based on Llama-3.1-8B, Qwen2.5-7B and acme/tiny-7b. " * 16_000,
    "claims in one sentence": "trained from scratch Llama-3.1-8B based on " * 23_000,
    "origin after origin": "self-developed in-house from scratch our own " * 22_000,
    "Chinese claims": "本模型基于Llama-3.1-8B微调，并非从零训练，完全自研。" * 30_000,
    "nested quotes": "“'\"«从零训练" * 100_000,
    "quotes and claims": '"trained from scratch" ' * 43_000,
    "commas": "trained from scratch" + "," * 100_000,
    "one long line": "word " * 200_000 + "trained from scratch",
    "names of models": "Llama-3.1-8B-Instruct-" * 45_000 + " based on ",
    "what could be names": "A1-" * 300_000 + " based on " + "a.a" * 1_000,
    "numbers": "llama" + "1" * 900_000 + " based on",
    "mark-up only": "based on " + "<" * 200_000 + "[](" * 100_000 + "\\href{" * 50_000 + "*_`~" * 50_000,
    "HTML": "<p>based on <b>Llama-3.1-8B</b></p>" * 28_000,
    "LaTeX": "\\section{Base}\\textbf{based on} \\cite{x} $\\alpha$ \\item from scratch " * 14_000,
    "line breaks": "from scratch\n" * 70_000,
    "blank lines": "based on" + "\n \t" * 300_000,
    "full stops": "from scratch e.g." * 60_000,
    "hyphens": "not-fine-tuned-from-" * 50_000,
    "a table of many rows": table(100_000, 2)[:1_000_000],
    "a table of many columns": table(3, 20_000),
    "many tables": table(60, 3) * 350,
    "many tables after many lines": "\n" * 500_000 + table(60, 2) * 30 * 8,
    "rules of a table alone": "|---|---|\n" * 100_000,
    "almost rules of a table": ("base model | x\n" + " " * 1_980 + "|x\n" + "-" * 1_990 + "|x\n") * 250,
    "blanks and bars": ("base model | x\n" + "| " * 980 + "\n") * 500,
    "bars": "base model" + "|" * 990_000,
    "teachers": "The data was generated with GPT-4, Claude 3.5 and acme/tiny-7b. " * 15_000,
    "teachers in one sentence": "synthetic data generated by GPT-4 distilled from Claude " * 18_000,
    "versions without end": "generated by gpt" + "-4.1" * 200_000,
    "fences": "base_model:\n" + "```\n" * 240_000,
}


@pytest.mark.parametrize("text", PROSE.values(), ids=PROSE.keys())
def test_prose_made_of_claims_gives_findings(text: str, check: Check, folder: Path) -> None:
    (folder / "README.md").write_text(card(body=text[:990_000]), encoding="utf-8")
    assert both(check, folder).code in (0, 1)


def test_folder_of_documents_made_of_claims_gives_findings(check: Check, folder: Path) -> None:
    (folder / "docs").mkdir()
    for number in range(80):
        (folder / "docs" / f"{number}.md").write_text("Built from scratch, based on Llama-3.1-8B, not derived from Qwen2.5-7B. " * 1_400)
    assert both(check, folder).code in (0, 1)


# ---------------------------------------------------------------------------------------------- lineage


@pytest.mark.parametrize("key", ["base_model", "tags", "datasets", "license"])
@pytest.mark.parametrize("count", [2_000, 100_000])
def test_list_without_end_in_the_card_gives_findings(key: str, count: int, check: Check, folder: Path) -> None:
    front = "license: llama3.1\n" * (key != "license") + f"{key}:\n" + "".join(f"- acme/m{n}\n" for n in range(count))
    (folder / "README.md").write_text(card(front[:950_000].rpartition("\n")[0]))
    outcome = both(check, folder)
    assert outcome.code in (0, 1)
    if count == 2_000 and key in ("base_model", "datasets"):
        assert f"of 2,000 entries of {key} were looked at" in json.dumps(outcome.report["incomplete"])


def test_chain_of_a_thousand_folders_ends(check: Check, folder: Path) -> None:
    for number in range(1_000):
        below = folder.parent / f"part-{number}"
        below.mkdir()
        (below / "licensecheck.yaml").write_text(f"version: 1\nbuilt_from: [{{path: ../part-{number + 1}}}]\n")
    (folder / "licensecheck.yaml").write_text("version: 1\nbuilt_from: [{path: ../part-0}]\n")
    assert both(check, folder).code in (0, 1)


def test_folders_that_name_one_another_end(check: Check, folder: Path) -> None:
    for name, other in (("a", "b"), ("b", "a")):
        (folder.parent / name).mkdir()
        named = f"[{{path: ../{other}}}, {{path: ../{folder.name}}}, {{path: .}}, {{path: ../{name}/../{name}}}]"
        (folder.parent / name / "licensecheck.yaml").write_text(f"version: 1\nbuilt_from: {named}\n")
    (folder / "licensecheck.yaml").write_text("version: 1\nbuilt_from: [{path: ../a}, {path: ../b}]\n")
    assert both(check, folder).code in (0, 1)


def test_thousand_folders_named_at_once_are_not_all_read(check: Check, folder: Path) -> None:
    for number in range(1_000):
        (folder.parent / f"part-{number}").mkdir()
    named = ", ".join(f"{{path: ../part-{number}}}" for number in range(1_000))
    (folder / "licensecheck.yaml").write_text(f"version: 1\nbuilt_from: [{named}]\n")
    outcome = both(check, folder)
    assert outcome.code in (0, 1)
    assert "were not read" in outcome.out


@pytest.mark.parametrize("relation", ["finetune", "merge", "quantized", "adapter"])
def test_lineage_in_which_every_level_names_all_of_the_next_is_walked_in_time(relation: str) -> None:
    levels, wide, knowledge = 20, 25, load()
    licenses = knowledge.license_ids()
    rows = {
        ("model", f"acme{level}/m{number}"): {
            "id": f"acme{level}/m{number}",
            "license": licenses[(level * wide + number) % len(licenses)],
            "bases": [{"id": f"acme{level + 1}/m{below}", "relation": relation} for below in range(wide)],
            "source": "card",
        }
        for level in range(levels)
        for number in range(wide)
    }
    entry = Entry("acme0/m0", "model", relation, [observed("README.md", 1, "base_model", "acme0/m0", "declared")])
    spent = time.process_time()
    found = Assembler(knowledge, "2026-01-01", None, frozenset(), rows).components([entry])
    assert time.process_time() - spent < WALL_SECONDS
    assert {component.license for component in found} == {row["license"] for row in rows.values()}


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
