"""The same files through other tools, each in an environment of its own and one process for all files: right answers, CPU per file, memory.

python -m venv build/peers/scancode && build/peers/scancode/bin/pip install scancode-toolkit-mini 'pluggy<1.6'
python -m venv build/peers/spdx-matcher && build/peers/spdx-matcher/bin/pip install spdx-matcher
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

from identify_texts import RESTRICTIONS, Sample, Text, restricted, samples

from licensecheck.recognise import TextMatch

#: Files of each class.
EACH = 14

_HEAD = """
import json, resource, sys, time
started = time.process_time()
"""
_TAIL = """
answer(sys.argv[1])  # whatever is loaded at the first call
ready = time.process_time() - started
found, took = {}, []
for path in sys.argv[1:]:
    begun = time.process_time()
    try:
        found[path] = answer(path)
    except Exception as error:
        found[path] = ["! " + type(error).__name__]
    took.append(time.process_time() - begun)
memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps({"found": found, "took": took, "ready": ready, "memory": memory}))
"""
#: How each tool is asked; `answer(path)` gives the ids it finds.
TOOLS = {
    "scancode": """
from scancode.api import get_licenses
import re
def answer(path):
    expressions = [one["license_expression"] for one in get_licenses(path)["license_detections"]]
    return sorted({key for one in expressions for key in re.findall(r"[\\w.+-]+", one) if key not in ("AND", "OR", "WITH")})
""",
    "spdx-matcher": """
from spdx_matcher import analyse_license_text
def answer(path):
    with open(path, encoding="utf-8", errors="replace") as file:
        return sorted(analyse_license_text(file.read())[0]["licenses"])
""",
}


def compare(texts: list[Text], find: Callable[[str], tuple[TextMatch, ...]], canonical: Callable[[str], str], folder: Path) -> None:
    chosen = _sample(texts)
    by_id = {text.id: text for text in texts}
    with tempfile.TemporaryDirectory() as name:
        paths = {}
        for number, sample in enumerate(chosen):
            path = Path(name) / f"{number}" / "LICENSE"
            path.parent.mkdir()
            path.write_text(sample.text, encoding="utf-8")
            paths[str(path)] = sample
        print(f"  {len(chosen)} files, {EACH} of each class; right: exactly the ids expected; restriction put in: not the plain id")
        ours = _ours(chosen, find, canonical)
        _report("this one", ours, lambda sample: [canonical(one) for one in sample.expected])
        for tool, code in TOOLS.items():
            python = folder / tool / "bin" / "python"
            if not python.exists():
                print(f"  {tool}: no {python}")
                continue
            answers = _ask(python, code, paths)
            known: Callable[[Sample], list[str | None]] = {
                "scancode": lambda sample: [by_id[one].scancode for one in sample.expected],
                "spdx-matcher": lambda sample: [by_id[one].spdx for one in sample.expected],
            }[tool]
            _report(tool, answers, known)
            ratio = statistics.median(answers["took"]) / statistics.median(ours["took"])
            print(f"  {'':<14} CPU per file: {ratio:.0f} times ours (target 60)")


def _sample(texts: list[Text]) -> list[Sample]:
    classes: dict[str, list[Sample]] = defaultdict(list)
    for sample in samples(texts):
        classes[sample.kind].append(sample)
    for text in texts:
        edit = restricted(text.content, f"{text.id} peers")
        if edit and any(words in edit.text for words in RESTRICTIONS):
            classes["a restriction put in"].append(Sample("a restriction put in", text.id, (text.id,), edit.text))
    return [sample for kind in classes.values() for sample in kind[:: max(1, len(kind) // EACH)][:EACH]]


def _ours(chosen: list[Sample], find: Callable[[str], tuple[TextMatch, ...]], canonical: Callable[[str], str]) -> dict[str, Any]:
    found, took = [], []
    for sample in chosen:
        begun = time.process_time()
        matches = find(sample.text)
        took.append(time.process_time() - begun)
        tampered = sample.kind == "a restriction put in"
        found.append((sample, sorted({match.text for match in matches if match.complete or not tampered})))
    return {"found": found, "took": took, "ready": None, "memory": None}


def _ask(python: Path, code: str, paths: dict[str, Sample]) -> dict[str, Any]:
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    run = subprocess.run([python, "-c", _HEAD + code + _TAIL, *paths], capture_output=True, text=True, env=environment, check=False)
    if run.returncode:
        raise SystemExit(f"{python}: {run.stderr.strip()[-400:]}")
    answers: dict[str, Any] = json.loads(run.stdout.splitlines()[-1])
    answers["found"] = [(paths[path], ids) for path, ids in answers["found"].items()]
    return answers


def _report(tool: str, answers: dict[str, Any], expected: Callable[[Sample], list[Any]]) -> None:
    right: dict[str, list[bool]] = defaultdict(list)
    known: list[bool] = []
    for sample, ids in answers["found"]:
        wanted = expected(sample)
        if sample.kind == "a restriction put in":
            right[sample.kind].append(not set(ids) & set(wanted) if all(wanted) else not ids)
            continue
        right[sample.kind].append(all(wanted) and sorted({*wanted}) == ids)
        if all(wanted):
            known.append(sorted({*wanted}) == ids)
    total = [one for kind, answers_of in right.items() if kind != "a restriction put in" for one in answers_of]
    start = "" if answers["ready"] is None else f", first answer after {answers['ready']:.1f} s CPU, {answers['memory']:.0f} MB"
    of_known = 100 * sum(known) / max(1, len(known))
    print(f"  {tool:<14} {100 * sum(total) / len(total):.1f} % right, {of_known:.1f} % of the {len(known)} files whose ids it has")
    print(f"  {'':<14} CPU per file: median {1000 * statistics.median(answers['took']):.1f} ms{start}")
    for kind, answers_of in right.items():
        print(f"      {kind:<28} {100 * sum(answers_of) / len(answers_of):5.1f} %")
