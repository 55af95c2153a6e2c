"""How well licence texts are recognised, and how fast: per class of what becomes of them, beside other tools if asked.

    LICENSECHECK_CORPUS=DIR python benchmarks/identify.py [--peers build/peers] [--part NAME]... [--wrong]

DIR holds `license-texts/` (index.yaml and the texts) and `real-inputs/` (folders of real models, for what is no licence). Everything is
seeded: two runs on one machine differ in times only. Nothing here fails: a number is for reading. `--wrong` lists every wrong answer.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr
from pathlib import Path

from identify_texts import ANOTHER, Edit, Sample, corpus, negatives, renumbered, restricted, samples

from licensecheck.recognise import Fingerprints, TextMatch, load_fingerprints, recognise

REPO = Path(__file__).resolve().parent.parent
NEGATIVES = 1200
SEEDS = 3
NEAR = 0.9  # share of words two texts have in common that makes their names easy to mix up

Recogniser = Callable[[str], tuple[TextMatch, ...]]


class Bench:
    """The texts, the shipped fingerprints, and where to say what went wrong."""

    def __init__(self, folder: Path, wrong: bool) -> None:
        self.folder = folder
        self.texts = corpus(folder / "license-texts")
        self.prints = load_fingerprints(REPO / "rules" / "fingerprints")
        self.wrong = wrong

    def find(self, text: str) -> tuple[TextMatch, ...]:
        return recognise(text, self.prints)

    def same(self, names: tuple[str, ...]) -> list[str]:
        return sorted({self.prints.canonical(name) for name in names})

    def tell(self, *parts: object) -> None:
        if self.wrong:
            print("   wrong:", *parts)


def row(label: str, good: float, count: float, target: str = "") -> None:
    print(f"  {label:<52} {good:6g} of {count:<6g} {100 * good / count if count else 0:6.2f} %   {target}")


def names_of(found: tuple[TextMatch, ...]) -> list[str]:
    return sorted({match.text for match in found})


def classes(bench: Bench) -> None:
    print("right: exactly the ids expected, no other (texts that are the same word for word as far as the file goes count as one)")
    good: Counter[str] = Counter()
    count: Counter[str] = Counter()
    times: list[float] = []
    versions = cut_alike = 0
    alike = _look_alikes(bench)
    for sample in samples(bench.texts):
        start = time.process_time()
        found = bench.find(sample.text)
        times.append(time.process_time() - start)
        expected, named = bench.same(sample.expected), names_of(found)
        right = named == expected
        if not right and len(expected) == len(named) == 1 and _same_so_far(bench, named[0], sample):
            right, cut_alike = True, cut_alike + 1
        count[sample.kind] += 1
        good[sample.kind] += right
        if not right:
            bench.tell(sample.kind, sample.name, [(match.text, match.score, match.complete) for match in found])
            versions += any(name in alike[other] for name in named for other in expected if name not in expected)
    for kind in count:
        row(kind, good[kind], count[kind], "target 90" if kind.startswith("cut") else "target 98" if "concat" in kind else "target 99")
    row("all", sum(good.values()), sum(count.values()), "target 98")
    print(f"  named as a near-identical other text: {versions} (target 0); cut off before any difference: {cut_alike}")
    print(
        f"  CPU per file: median {1000 * statistics.median(times):.2f} ms, mean {1000 * statistics.mean(times):.2f} ms,"
        f" 99th percentile {1000 * sorted(times)[int(0.99 * len(times))]:.1f} ms (target 5 ms)"
    )


def _look_alikes(bench: Bench) -> dict[str, set[str]]:
    """Texts that have nearly all words in common."""
    sets = [(bench.prints.index.texts[n], set(bench.prints.load(n).shingles)) for n in range(len(bench.prints.index.texts))]
    alike: dict[str, set[str]] = defaultdict(set)
    for name, own in sets:
        for other, others in sets:
            if name != other and len(own & others) > NEAR * min(len(own), len(others)):
                alike[name].add(other)
    return alike


def _same_so_far(bench: Bench, named: str, sample: Sample) -> bool:
    """Does the file hold nothing that tells the two texts apart? Then the words it holds begin both of them."""
    from licensecheck.recognise.words import words_of

    if not sample.kind.startswith("cut"):
        return False
    words = words_of(sample.text).tokens[:-1]
    for text in bench.texts:
        if bench.prints.canonical(text.id) == named:
            others = set(zip(*[words_of(text.content).tokens[at:] for at in range(4)], strict=False))
            own = list(zip(*[words[at:] for at in range(4)], strict=False))
            if sum(shingle in others for shingle in own) >= len(own) - 24:  # the title may differ
                return True
    return False


def held_back(bench: Bench) -> None:
    """Vendor variants against an index built without them."""
    import yaml

    from licensecheck.recognise.build import main as build

    source = bench.folder / "license-texts"
    with tempfile.TemporaryDirectory() as name:
        rows = yaml.safe_load((source / "index.yaml").read_text(encoding="utf-8"))["licences"]
        for one in rows:
            one.pop("variants", None)
            (Path(name) / one["file"]).symlink_to(source / one["file"])
        (Path(name) / "index.yaml").write_text(yaml.safe_dump({"licences": rows}), encoding="utf-8")
        out = Path(name) / "fingerprints"
        out.mkdir()
        (out / "same.yaml").symlink_to(REPO / "rules" / "fingerprints" / "same.yaml")
        with open(os.devnull, "w", encoding="utf-8") as nowhere, redirect_stderr(nowhere):
            build(["--texts", name, "--out", str(out)])
        prints = load_fingerprints(out)
        right = count = 0
        for text in bench.texts:
            for number, variant in enumerate(text.variants, 1):
                found = recognise(variant, prints)
                right, count = right + (names_of(found) == [ANOTHER.get((text.id, number), prints.canonical(text.id))]), count + 1
                if names_of(found) != [ANOTHER.get((text.id, number), prints.canonical(text.id))]:
                    bench.tell("held back", f"{text.id}--{number}", [(match.text, match.score, match.complete) for match in found])
        row("vendor variants, not in the index", right, count, "target 99")


def without(prints: Fingerprints, names: set[str]) -> Fingerprints:
    """The same fingerprints without some texts: their samples can never be reached."""
    from array import array

    from licensecheck.recognise.store import Index

    index = prints.index
    arrays = list(index.arrays)
    arrays[4] = array("H", [65535 if index.texts[n] in names else count for n, count in enumerate(index.counts)])
    less = Fingerprints(prints.directory)
    less._index = Index(arrays, index.texts, index.same)
    less._prints = prints._prints
    return less


def abstaining(bench: Bench) -> None:
    neighbour = modified = none = 0
    for text in bench.texts:
        name = bench.prints.canonical(text.id)
        found = recognise(text.content, without(bench.prints, {name}))
        whole = [match.text for match in found if match.complete]
        neighbour, modified, none = neighbour + bool(whole), modified + bool(found and not whole), none + (not found)
        if whole:
            bench.tell("left out", text.id, [(match.text, match.score, match.start_line, match.end_line) for match in found])
    count = len(bench.texts)
    row("left out: another named as if whole", neighbour, count, "target 2 at most")
    row("left out: named as another, modified", modified, count)
    row("left out: none", none, count)


def tampering(bench: Bench) -> None:
    for label, tamper in (("a restriction put in", restricted), ("a figure changed", renumbered)):
        count = flagged = placed = 0
        for text in bench.texts:
            whole = bench.find(text.content)
            for seed in range(SEEDS):
                edit = tamper(text.content, f"{text.id} {seed}")
                if edit is None or len(whole) != 1 or not whole[0].start_line <= edit.line <= whole[0].end_line:
                    continue
                found = [match for match in bench.find(edit.text) if match.text == whole[0].text]
                labels = {label for match in found for label in (*match.altered_sections, *match.missing_sections)}
                count, flagged = count + 1, flagged + bool(labels)
                right = bool(labels & _labels_at(whole[0], edit)) and len(labels) <= 2
                placed += right
                if not right:
                    line = edit.text.split("\n")[edit.line - 1]
                    bench.tell(label, text.id, edit.line, sorted(labels), sorted(_labels_at(whole[0], edit)), line[:80])
        row(f"{label}: flagged", flagged, count, "target 95")
        row(f"{label}: in the right section, of those", placed, flagged, "target 95")


def _labels_at(match: TextMatch, edit: Edit) -> set[str]:
    """The sections whose words stand on a line."""
    return {span.label for span in match.sections if span.start_line <= edit.line <= span.end_line}


def no_licences(bench: Bench) -> None:
    count = 0
    named = []
    for name, text in negatives(bench.folder, NEGATIVES):
        found = bench.find(text)
        count += 1
        if found:
            named.append(name)
            bench.tell("no licence", name, [(match.text, match.score, match.start_line, match.end_line) for match in found])
    row("no licence, but named", len(named), count, "target 0.1 at most")
    print("   ", "; ".join(named))


HOSTILE: dict[str, Callable[[], str]] = {
    "50 MB of prose": lambda: "the licensor grants you a licence to use the model and the weights " * 760_000,
    "50 MB on one line": lambda: "x" * 50_000_000,
    "one word, ten million times": lambda: "copyright " * 5_000_000,
    "random bytes": lambda: random.Random(1).randbytes(20_000_000).decode("latin-1"),
    "open brackets": lambda: "<" * 5_000_000 + "&" * 5_000_000,
    "combining marks": lambda: "a" + "\u0301" * 5_000_000,
    "a text 2,000 times": lambda: (REPO / "LICENSE").read_text(encoding="utf-8") * 2000,
}


def hostile(_: Bench) -> None:
    """Through the command line, as files, each in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        for name, make in HOSTILE.items():
            path = Path(folder) / "LICENSE"
            path.write_text(make(), encoding="utf-8")
            start = time.perf_counter()
            usage = _peak([sys.executable, "-m", "licensecheck", "identify", str(path)])
            print(f"  {name:<40} {time.perf_counter() - start:6.2f} s  {usage:6.0f} MB   target 300 MB")


def _peak(command: list[str]) -> float:
    """The most memory that a command needs, in MB."""
    code = "import resource, subprocess, sys; subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL);"
    code += "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024)"
    run = subprocess.run([sys.executable, "-c", code, *command], env=ENVIRONMENT, cwd=REPO, capture_output=True, text=True, check=True)
    return float(run.stdout)


#: Without what would keep the first round from leaving compiled modules to the others, as an installation does.
ENVIRONMENT = {key: value for key, value in os.environ.items() if key not in {"PYTHONDONTWRITEBYTECODE", "PYTHONPYCACHEPREFIX"}}


def cost(bench: Bench) -> None:
    path = bench.folder / "license-texts" / "llama-3.1-community-licence.txt"
    script = Path(sys.executable).parent / "llm-licensecheck"
    commands = {
        "identify, one file, cold": [str(script), "identify", str(path)],
        "python -c 'import click, yaml'": [sys.executable, "-c", "import click, yaml"],
    }
    taken: dict[str, list[float]] = {label: [] for label in commands}
    for _ in range(21):
        for label, command in commands.items():
            start = time.perf_counter()
            subprocess.run(command, env=ENVIRONMENT, stdout=subprocess.DEVNULL, check=True)
            taken[label].append(time.perf_counter() - start)
    ours, bare = taken.values()
    ratio = statistics.median(one / other for one, other in zip(ours[1:], bare[1:], strict=True))
    for label, times in taken.items():
        print(f"  {label:<40} {1000 * statistics.median(times[1:]):6.1f} ms")
    print(f"  {'ratio':<40} {ratio:6.2f}      target 1.3")
    print(f"  {'memory of that process':<40} {_peak(commands['identify, one file, cold']):6.0f} MB   target 60")
    resident = _peak([sys.executable, "-c", _WARM.format(repo=str(REPO), texts=str(path.parent))])
    print(f"  {'memory, all texts in one process':<40} {resident:6.0f} MB   target 60")
    size = sum(file.stat().st_size for file in (REPO / "rules" / "fingerprints").glob("*.bin"))
    print(f"  {'index':<40} {size / 1e6:6.2f} MB   target 3")


_WARM = """
import sys, pathlib
sys.path.insert(0, {repo!r})
from licensecheck.recognise import load_fingerprints, recognise
prints = load_fingerprints({repo!r} + "/rules/fingerprints")
for path in sorted(pathlib.Path({texts!r}).glob("*.txt")):
    recognise(path.read_text(encoding="utf-8", errors="replace"), prints)
"""

PARTS: dict[str, Callable[[Bench], None]] = {
    "classes": classes,
    "held-back": held_back,
    "abstaining": abstaining,
    "tampering": tampering,
    "negatives": no_licences,
    "cost": cost,
    "hostile": hostile,
}


def chosen(names: list[str]) -> Iterator[tuple[str, Callable[[Bench], None]]]:
    return ((name, part) for name, part in PARTS.items() if not names or name in names)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--part", action="append", default=[], choices=[*PARTS, "peers"], help="only this one (repeatable)")
    parser.add_argument("--wrong", action="store_true", help="list wrong answers")
    parser.add_argument("--peers", metavar="DIR", type=Path, help="compare with the tools that have environments in this folder")
    options = parser.parse_args()
    root = os.environ.get("LICENSECHECK_CORPUS")
    if not root:
        sys.exit("LICENSECHECK_CORPUS is not set: it names the folder that holds license-texts/")
    bench = Bench(Path(root), options.wrong)
    print(f"{len(bench.texts)} texts, {len(bench.prints.texts)} ids, Python {sys.version.split()[0]}")
    for name, part in chosen(options.part):
        print(f"\n{name}")
        part(bench)
    if options.peers and (not options.part or "peers" in options.part):
        from identify_peers import compare

        print("\npeers")
        compare(bench.texts, bench.find, bench.prints.canonical, options.peers)


if __name__ == "__main__":
    main()
