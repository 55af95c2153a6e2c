"""How long `llm-licensecheck check` takes from a cold start, against bare Python and against its two small imports.

    python benchmarks/check_cold.py [--rounds 21] [--command PATH]

Whole processes, interleaved round by round so that a busy moment strikes all alike; medians, and the median of the ratios of each
round. The files are in the page cache, the process is new. Nothing here fails: a number is for reading, and machines differ.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

TARGETS = {"python -c 'import click, yaml'": 1.6, "python -c pass": 10.0}
LICENCE_BYTES = 8_000
WORDS = (
    "agreement licence model weights party grant right notice copy term condition use distribution derivative product service user month "
    "affiliate written request law court section material output improve display name begin attribute retain liability warranty provide"
).split()
MANIFEST = """\
version: 1
release: {weights: public, service: false, product: false}
use: {commercial: true, purposes: [customer-support]}
licensee: {name: Harbour Labs BV, established: NL, monthly_active_users: 2000}
"""


def licence_like(size: int) -> str:
    """Sections of shuffled words in the shape of a licence: as long as a real one, and nobody's."""
    shuffle = random.Random(7)
    lines = ["HARBOUR LABS MODEL LICENCE AGREEMENT", "Version of 14 September 2026", ""]
    section = 0
    while sum(len(line) + 1 for line in lines) < size:
        section += 1
        lines.append(f"{section}. {shuffle.choice(WORDS).capitalize()}.")
        lines += [" ".join(shuffle.choices(WORDS, k=16)).capitalize() + "." for _ in range(5)] + [""]
    return "\n".join(lines)[:size]


def make_folder(folder: Path) -> None:
    """Twelve files of a fine-tune, with a licence of 8 kB and a manifest."""
    model = "meta-llama/Llama-3.1-8B-Instruct"
    card = f"---\nlicense: llama3.1\nbase_model: {model}\npipeline_tag: text-generation\n---\n\n# Llama-Harbour-8B\n\nBuilt with Llama.\n\n"
    texts = {
        "README.md": card + "It answers questions about berths, pilots and paperwork.\n" * 40,
        "LICENSE": licence_like(LICENCE_BYTES),
        "NOTICE": "Notices of what this model is built from follow.\n",
        "config.json": json.dumps(
            {"_name_or_path": model, "architectures": ["LlamaForCausalLM"], "model_type": "llama", "vocab_size": 128256}
        ),
        "generation_config.json": json.dumps({"temperature": 0.4, "top_p": 0.9}),
        "tokenizer_config.json": json.dumps({"tokenizer_class": "PreTrainedTokenizerFast"}),
        "special_tokens_map.json": json.dumps({"eos_token": "<|eot_id|>"}),
        "model.safetensors.index.json": json.dumps({"weight_map": {f"layer.{n}": "model-00001-of-00001.safetensors" for n in range(300)}}),
        "model-00001-of-00001.safetensors": "",
        "docs/usage.md": "# Usage\n\nAsk about a berth.\n" * 20,
        "train.py": "print('trained elsewhere')\n",
        "licensecheck.yaml": MANIFEST,
    }
    for name, text in texts.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


#: Without what would keep the first round from leaving compiled modules to the others, as an installation does.
ENVIRONMENT = {key: value for key, value in os.environ.items() if key not in {"PYTHONDONTWRITEBYTECODE", "PYTHONPYCACHEPREFIX"}}


def seconds(command: list[str], cwd: Path) -> float:
    start = time.perf_counter()
    code = subprocess.run(command, cwd=cwd, env=ENVIRONMENT, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, check=False).returncode
    passed = time.perf_counter() - start
    if code not in (0, 1):
        sys.exit(f"{command[0]} left with {code}")
    return passed


def console_script() -> str:
    return str(Path(sys.executable).parent / ("llm-licensecheck.exe" if os.name == "nt" else "llm-licensecheck"))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=21)
    parser.add_argument("--command", default=console_script(), help="default: the console script beside this interpreter")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "Llama-Harbour-8B"
        folder.mkdir()
        make_folder(folder)
        commands = {
            "llm-licensecheck check": [options.command, "check", "--offline", str(folder)],
            "python -c 'import click, yaml'": [sys.executable, "-c", "import click, yaml"],
            "python -c pass": [sys.executable, "-c", "pass"],
        }
        for command in commands.values():  # compile what needs compiling, fill the page cache
            seconds(command, Path(name))
        taken: dict[str, list[float]] = {label: [] for label in commands}
        for _ in range(options.rounds):
            for label, command in commands.items():
                taken[label].append(seconds(command, Path(name)))
    check = taken["llm-licensecheck check"]
    print(f"{options.rounds} rounds, Python {sys.version.split()[0]}")
    for label, times in taken.items():
        print(f"{label:<32} {statistics.median(times) * 1000:7.1f} ms  (fastest {min(times) * 1000:.1f})")
    for label, target in TARGETS.items():
        ratio = statistics.median(ours / theirs for ours, theirs in zip(check, taken[label], strict=True))
        print(f"ratio to {label:<32} {ratio:5.2f}   target {target:g}")


if __name__ == "__main__":
    main()
