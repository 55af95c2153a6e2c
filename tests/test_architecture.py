"""The shape of the code: who may import whom, what the machinery may know, what the hook may load, how long things get."""

from __future__ import annotations

import ast
import configparser
import io
import re
import subprocess
import tokenize
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from tests.conftest import REPO, tool_command, tool_environment

PACKAGE = REPO / "licensecheck"
MODULES = sorted(PACKAGE.rglob("*.py"))

#: Each line may import the lines before it, and itself; parts of one line know nothing of one another.
LAYERS = (
    ("records",),
    ("errors", "values", "report", "wording", "hubnames"),
    ("sources",),
    ("markdown", "marked", "evidence", "expressions", "compatibility"),
    ("manifest", "recognise", "knowledge"),
    ("harvest",),
    ("hub",),
    ("lineage",),
    ("facts",),
    ("engine", "citations"),
    ("house", "nearby", "measured"),
    ("upstreams",),
    ("pipeline",),
    ("scenarios", "reference", "baseline", "many", "interview", "identify"),
    ("render",),
    ("fix",),
    ("cli",),
    ("api",),
)
RANK = {part: rank for rank, layer in enumerate(LAYERS) for part in layer}
ENTRANCES = frozenset({"__init__", "__main__"})
FOUNDATION = frozenset(LAYERS[0])
#: Renderers read the report, and nothing that made it.
NOT_FOR_RENDER = frozenset({"engine", "facts", "lineage", "harvest", "recognise", "knowledge", "manifest", "pipeline", "scenarios"})
#: The engine reads no file, no clock and no network.
NOT_FOR_ENGINE = frozenset({"sources", "harvest", "manifest", "recognise", "knowledge", "render", "marked"})
IMPURE = frozenset(
    {"os", "io", "pathlib", "subprocess", "socket", "time", "shutil", "tempfile", "urllib", "random", "sys", "yaml", "click"}
)
CLOCKS = frozenset({"today", "now", "utcnow"})

HEAVY = frozenset({"huggingface_hub", "jinja2", "license_expression", "spdx_tools", "spdx_python_model", "cyclonedx", "numpy"})
#: Not forbidden by contract, but each costs the hook milliseconds that nobody has missed yet.
DEAR = frozenset({"jsonschema", "difflib", "subprocess", "asyncio", "importlib.metadata", "logging", "unittest", "http", "email"})

#: Run by those who change the rules, never by those who use the tool.
WORKSHOP = frozenset({"licensecheck/recognise/build.py"})

MOST_LINES = 300
MOST_LINES_OF_A_FUNCTION = 60


def part_of(path: Path) -> str:
    return named(path.relative_to(PACKAGE).with_suffix("").parts[0])


def named(top: str) -> str:
    """`marked`, `marked_errors`, ... are one part."""
    return top if top.startswith("_") else top.partition("_")[0]


def imported(path: Path) -> Iterator[tuple[str, int]]:
    """Every module a file imports anywhere in it, by absolute name, with the line."""
    package = ("licensecheck", *path.relative_to(PACKAGE).parent.parts)
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = ".".join(package[: len(package) - node.level + 1]) if node.level else ""
            module = ".".join(filter(None, (base, node.module)))
            if module == "licensecheck":
                yield from ((f"licensecheck.{alias.name}", node.lineno) for alias in node.names)
            else:
                yield module, node.lineno


def own_parts(path: Path) -> Iterator[tuple[str, int]]:
    """The parts of this package that a file imports."""
    for module, line in imported(path):
        head, _, rest = module.partition(".")
        if head == "licensecheck" and rest and not rest.startswith("__"):
            yield named(rest.split(".")[0]), line


def where(path: Path, line: int) -> str:
    return f"{path.relative_to(REPO)}:{line}"


def test_every_part_of_the_package_has_a_place_in_the_order() -> None:
    parts = {part_of(path) for path in MODULES} - ENTRANCES
    assert parts <= RANK.keys()


def test_imports_only_go_down_the_layers() -> None:
    wrong = []
    for path in MODULES:
        part = part_of(path)
        for other, line in own_parts(path):
            if part in RANK and other in RANK and other != part and RANK[other] >= RANK[part] and not {part, other} <= FOUNDATION:
                wrong.append(f"{where(path, line)}: {part} imports {other}")
    assert not wrong, "\n".join(wrong)


def test_renderers_know_the_report_and_not_what_made_it() -> None:
    wrong = [
        f"{where(path, line)}: imports {part}"
        for path in MODULES
        if part_of(path) == "render"
        for part, line in own_parts(path)
        if part in NOT_FOR_RENDER
    ]
    assert not wrong, "\n".join(wrong)


def test_engine_is_pure() -> None:
    wrong = []
    for path in MODULES:
        if part_of(path) != "engine":
            continue
        wrong += [f"{where(path, line)}: imports {part}" for part, line in own_parts(path) if part in NOT_FOR_ENGINE]
        wrong += [f"{where(path, line)}: imports {module}" for module, line in imported(path) if module.split(".")[0] in IMPURE]
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                called = node.func
                if isinstance(called, ast.Name) and called.id in {"open", "print", "input"}:
                    wrong.append(f"{where(path, node.lineno)}: calls {called.id}()")
                if isinstance(called, ast.Attribute) and called.attr in CLOCKS:
                    wrong.append(f"{where(path, node.lineno)}: asks for the time ({called.attr})")
    assert not wrong, "\n".join(wrong)


def catches_everything(handler: ast.ExceptHandler) -> bool:
    """Does it, and keep it? Tidying up and raising again is no harm."""
    last = handler.body[-1]
    if isinstance(last, ast.Raise) and last.exc is None:
        return False
    return handler.type is None or (isinstance(handler.type, ast.Name) and handler.type.id in {"Exception", "BaseException"})


def test_nothing_below_the_command_line_catches_everything_or_prints() -> None:
    wrong = []
    for path in MODULES:
        if part_of(path) == "cli" or path.relative_to(REPO).as_posix() in WORKSHOP:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ExceptHandler) and catches_everything(node):
                wrong.append(f"{where(path, node.lineno)}: catches everything")
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print":
                wrong.append(f"{where(path, node.lineno)}: prints")
    assert not wrong, "\n".join(wrong)


# ---------------------------------------------------------------------------------------------- names stay in rules/

#: Words that names in `rules/` are made of and that any program may use.
ORDINARY = frozenset(
    """
    author authors display with publisher publishers copyright copyrights holder holders later licenses licenser licensor zero
    academic acceptable access agreement align alignment allow alpha amber anon api apple application apply assistant atom attribution
    business audio base bedrock bilingual biology black bloom camel capybara chameleon chat chatbot chemistry chinese clause clip code coder
    command commercial common commons community competition consent consumer content copy core corporation cosmos cot creative data
    dataset deci deed default derivative developer diffusion distill distribution document dolphin domain eclipse edition embed
    embedded embedding european eval evaluation family fine firefly fireworks forest free galactica garage general generation
    generative guard handbook hello hermes hub idea image inc index instruct instruction intellect international jan joint lab labs
    language large law lesser library licence license lima limited line liquid llm long lucy magpie mamba math medium menlo mini
    minima mixture model models modified module moonlight moss multi multilingual name navigator nest network neural new nlp non
    noncommercial north notice nucleus omni only open opt orca org original orion other output parakeet permissive perplexity personal
    phi physics pile platform platforms plus policy preview private pro product prohibited project prompt proof public pure python
    reflection registry release replicate research responsible road robots sample science sea seed self sentence service services
    share simplified sky small society soda software solar source spaces stable standard state step student summarize sweden swiss
    switch synthetic team tele terms text the thoughts tiger tiny together toxic train transformers tuned turbo union unknown
    unnatural unverified use utter version vertex virtuoso vision wan watt web weights whisper work works world yarn young
    and addendum clear def dev diff documentation font for generic high inf learning low machine policies resources risk usage want
    weight what you additional calm cross institute latex materials provider quants speaker
    """.split()
)
#: Names that are words of the trade too, each with the reason why the code may say it.
ALLOWED = frozenset(
    {
        "mlx",  # a form that weights are converted into
        "apache",  # ruled out below in its full form only: a bare word in prose about SPDX expressions
        "meta",  # metadata; "Meta Platforms" and "meta-llama" are looked for in full
        "mit",  # part of "limit", "emit"
        "other",  # the Hub's own value for "none of these"
        "zlib",  # a module of Python
    }
)
#: Must come out of `rules/`, or this test looks for nothing.
EXPECTED_NAMES = frozenset({"llama", "qwen", "tongyi", "alibaba", "gemma", "mistral", "deepseek", "openai", "anthropic"})

NAME_KEYS = frozenset({"id", "name", "names", "aliases", "publisher", "publishers", "license", "organisation", "organization", "family"})
WORD = re.compile(r"[A-Za-z]{3,}")


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from _strings(item)
    elif isinstance(value, list):
        for item in value:
            yield from _strings(item)


def _row_ids(document: object) -> Iterator[str]:
    """The `id` of every row of a registry file: `organisation/model`, a pattern of it, or a service."""
    if isinstance(document, dict):
        for rows in document.values():
            if isinstance(rows, list):
                yield from (row["id"] for row in rows if isinstance(row, dict) and isinstance(row.get("id"), str))


def _documents(folder: str) -> Iterator[tuple[Path, object]]:
    for path in sorted((REPO / "rules" / folder).rglob("*.yaml")):
        yield path, yaml.load(path.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))


@pytest.fixture(scope="module")
def names() -> frozenset[str]:
    """Every word that names a licence, a publisher or a model, taken from the rules themselves."""
    found: list[str] = []
    for folder in ("licenses", "policies"):
        for path, document in _documents(folder):
            found.append(path.stem)
            if isinstance(document, dict):
                found += [text for key in NAME_KEYS & document.keys() for text in _strings(document[key])]
    for _, document in _documents("registry"):
        for row_id in _row_ids(document):
            found += WORD.findall(row_id)[:2]  # the organisation and the family; what follows is sizes and kinds
    words = {word.lower() for text in found for word in WORD.findall(text)}
    return frozenset(words - ORDINARY - ALLOWED)


def words_of(path: Path) -> Iterator[tuple[str, int]]:
    """Words of a file's identifiers, strings and comments, split at case, digits and underscores."""
    for token in tokenize.generate_tokens(io.StringIO(path.read_text(encoding="utf-8")).readline):
        if token.type in {tokenize.NAME, tokenize.STRING, tokenize.COMMENT} or "FSTRING" in tokenize.tok_name[token.type]:
            for offset, line in enumerate(token.string.splitlines()):
                for word in WORD.findall(re.sub(r"(?<=[a-z])(?=[A-Z])", " ", line)):
                    yield word.lower(), token.start[0] + offset


def test_names_are_read_from_the_rules(names: frozenset[str]) -> None:
    assert names >= EXPECTED_NAMES


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(REPO)))
def test_no_licence_publisher_or_model_is_named_in_the_code(path: Path, names: frozenset[str]) -> None:
    wrong = [f"{where(path, line)}: {word}" for word, line in words_of(path) if word in names]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(REPO)))
def test_no_full_licence_id_is_named_in_the_code(path: Path) -> None:
    full = re.compile(r"(?i)\b(apache-2\.0|cc-by[\w.-]*|a?gpl-\d|mit license|meta[- ]platforms|meta-llama|openrail)")
    wrong = [where(path, number) for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1) if full.search(line)]
    assert not wrong, "\n".join(wrong)


# ---------------------------------------------------------------------------------------------- what the hook pays for


@pytest.fixture(scope="module")
def loaded_by_check(tmp_path_factory: pytest.TempPathFactory) -> frozenset[str]:
    """Modules that `check` of the example loads, as the interpreter itself lists them."""
    done = subprocess.run(
        [*tool_command("-X", "importtime"), "check", "--as", "public", str(REPO / "examples" / "harbour-chat")],
        cwd=tmp_path_factory.mktemp("elsewhere"),
        env=tool_environment(),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 1, done.stderr[-2000:]
    assert "Traceback" not in done.stderr, done.stderr[-2000:]
    return frozenset(re.findall(r"^import time:.*\| +(\S+)$", done.stderr, re.MULTILINE))


def test_the_list_of_loaded_modules_is_real(loaded_by_check: frozenset[str]) -> None:
    assert {"click", "licensecheck.errors"} <= loaded_by_check


@pytest.mark.parametrize("module", sorted(HEAVY | DEAR))
def test_check_does_not_load(module: str, loaded_by_check: frozenset[str]) -> None:
    assert not {name for name in loaded_by_check if name == module or name.startswith(module + ".")}


# ---------------------------------------------------------------------------------------------- sizes


def test_modules_are_short() -> None:
    lengths = {str(path.relative_to(REPO)): len(path.read_text(encoding="utf-8").splitlines()) for path in MODULES}
    assert not {name: length for name, length in lengths.items() if length > MOST_LINES}


def test_functions_are_short() -> None:
    long = {}
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = (node.end_lineno or node.lineno) - node.lineno + 1
                if length > MOST_LINES_OF_A_FUNCTION:
                    long[f"{where(path, node.lineno)} {node.name}"] = length
    assert not long


def test_every_module_says_what_it_is_for() -> None:
    silent = [str(path.relative_to(REPO)) for path in MODULES if not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))]
    assert not [name for name in silent if not (name.endswith("__init__.py") and not (REPO / name).read_text(encoding="utf-8").strip())]


# ---------------------------------------------------------------------------------------------- packages


def test_packages_of_setup_cfg_are_the_folders_on_disk() -> None:
    config = configparser.ConfigParser()
    config.read(REPO / "setup.cfg", encoding="utf-8")
    listed = set(config["options"]["packages"].split())
    mapped = dict(line.split(" = ") for line in config["options"]["package_dir"].strip().splitlines())
    code = {PACKAGE} | {path.parent for path in MODULES}
    on_disk = {"licensecheck" + "".join(f".{part}" for part in folder.relative_to(PACKAGE).parts) for folder in code}
    on_disk |= {name for name, folder in mapped.items() if (REPO / folder).is_dir()}
    assert listed == on_disk


def test_every_package_has_an_init_file() -> None:
    folders = {path.parent for path in MODULES} | {REPO / "rules", REPO / "schema", REPO / "templates"}
    assert not [str(folder) for folder in folders if not (folder / "__init__.py").is_file()]
