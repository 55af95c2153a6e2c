"""What is built from this checkout works elsewhere: wheel, source distribution and editable install."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import zipfile
from pathlib import Path

import pytest

from tests.conftest import REPO, tool_environment

pytestmark = pytest.mark.slow

MOST_BYTES = 5_000_000


def run(*command: str | Path, cwd: Path, expected: int = 0) -> str:
    """Run a command with nothing of this checkout in its environment; its output."""
    environment = tool_environment(XDG_CACHE_HOME=str(cwd / "cache"))
    del environment["PYTHONPATH"]
    done = subprocess.run(
        list(map(str, command)), cwd=cwd, env=environment, stdin=subprocess.DEVNULL, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == expected, f"{command} left with {done.returncode}\n{done.stdout[-3000:]}\n{done.stderr[-3000:]}"
    return done.stdout


def copy_checkout(destination: Path) -> Path:
    """The files git knows or would add, so that nothing ignored (an old build, a virtual environment) gets in."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], cwd=REPO, capture_output=True, check=True
    )
    for name in sorted(set(filter(None, os.fsdecode(listed.stdout).split("\0")))):
        source = REPO / name
        if source.is_file():
            target = destination / name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source, target)
    return destination


def fresh_environment(folder: Path) -> Path:
    """The `bin` of a new virtual environment that borrows the dependencies of this one, searched after its own packages."""
    run(sys.executable, "-m", "venv", folder, cwd=folder.parent)
    bin_ = folder / ("Scripts" if os.name == "nt" else "bin")
    site = run(bin_ / "python", "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=folder).strip()
    borrowed = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    Path(site, "borrowed.pth").write_text("\n".join(sorted(borrowed)) + "\n", encoding="utf-8")
    return bin_


def origin(bin_: Path, cwd: Path) -> str:
    return run(bin_ / "python", "-c", "import licensecheck; print(licensecheck.__file__)", cwd=cwd).strip()


def checks_the_example(bin_: Path, folder: Path) -> None:
    shutil.copytree(REPO / "examples" / "harbour-chat", folder / "harbour-chat")
    command = bin_ / "llm-licensecheck"
    assert "/model-name" in run(command, "check", "--as", "public", "--offline", "harbour-chat", cwd=folder, expected=1)
    assert run(command, "licenses", cwd=folder)
    run(command, "notice", "--write", "harbour-chat", cwd=folder)
    assert (folder / "harbour-chat" / "NOTICE").is_file()


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Wheel and source distribution; `build` makes the wheel from the source distribution, so that its contents suffice."""
    source = copy_checkout(tmp_path_factory.mktemp("checkout"))
    out = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--outdir", out, source, cwd=out)
    (wheel,) = out.glob("*.whl")
    (sdist,) = out.glob("*.tar.gz")
    return wheel, sdist


def test_wheel_holds_rules_templates_schema_and_the_compiled_index(built: tuple[Path, Path]) -> None:
    names = zipfile.ZipFile(built[0]).namelist()
    for expected in (
        "licensecheck/py.typed",
        "licensecheck/rules/__init__.py",
        "licensecheck/rules/facts.yaml",
        "licensecheck/rules/licenses/llama3.1.yaml",
        "licensecheck/schema/report-1.json",
        "licensecheck/templates/__init__.py",
    ):
        assert expected in names
    assert [name for name in names if name.startswith("licensecheck/knowledge/_index/") and not name.endswith("/")]
    for folder in ("rules", "schema", "templates"):
        files = {path.relative_to(REPO).as_posix() for path in (REPO / folder).rglob("*") if path.is_file() and path.suffix != ".pyc"}
        assert files == {name.removeprefix("licensecheck/") for name in names if name.startswith(f"licensecheck/{folder}/")}


def test_wheel_holds_nothing_else(built: tuple[Path, Path]) -> None:
    tops = {name.split("/")[0] for name in zipfile.ZipFile(built[0]).namelist()}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"licensecheck"}


def test_wheel_is_small(built: tuple[Path, Path], record_property: pytest.RecordProperty) -> None:
    size = built[0].stat().st_size
    record_property("wheel_bytes", size)
    assert size < MOST_BYTES


def test_source_distribution_holds_the_licence_and_the_rules(built: tuple[Path, Path]) -> None:
    with tarfile.open(built[1]) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert {"LICENSE", "README.md", "setup.cfg", "setup.py", "rules/facts.yaml", "schema/report-1.json", "templates/__init__.py"} <= names


def test_installed_wheel_works_outside_the_checkout(built: tuple[Path, Path], tmp_path: Path) -> None:
    bin_ = fresh_environment(tmp_path / "env")
    run(bin_ / "python", "-m", "pip", "install", "--quiet", "--no-deps", built[0], cwd=tmp_path)
    assert origin(bin_, tmp_path).startswith(str(tmp_path / "env"))
    checks_the_example(bin_, tmp_path)


def test_installed_wheel_uses_the_index_it_came_with(built: tuple[Path, Path], tmp_path: Path) -> None:
    bin_ = fresh_environment(tmp_path / "env")
    run(bin_ / "python", "-m", "pip", "install", "--quiet", "--no-deps", built[0], cwd=tmp_path)
    shutil.copytree(REPO / "examples" / "harbour-chat", tmp_path / "harbour-chat")
    home = tmp_path / "home"
    home.mkdir()
    environment = tool_environment(HOME=str(home), XDG_CACHE_HOME=str(home / "cache"))
    del environment["PYTHONPATH"]
    command = [str(bin_ / "llm-licensecheck"), "check", "--as", "public", "harbour-chat"]
    assert subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, check=False).returncode == 1
    assert not [path for path in home.rglob("*") if path.is_file()]


def test_editable_install_works_and_sees_edited_rules(tmp_path: Path) -> None:
    source = copy_checkout(tmp_path / "checkout")
    bin_ = fresh_environment(tmp_path / "env")
    run(bin_ / "python", "-m", "pip", "install", "--quiet", "--no-deps", "--editable", source, cwd=tmp_path)
    assert origin(bin_, tmp_path).startswith(str(source))
    checks_the_example(bin_, tmp_path)
    rules = source / "rules" / "licenses" / "llama3.1.yaml"
    rules.write_text(rules.read_text(encoding="utf-8").replace("Built with Llama", "Edited by a test"), encoding="utf-8")
    assert "Edited by a test" in run(
        bin_ / "llm-licensecheck", "check", "--as", "public", "--format", "json", "harbour-chat", cwd=tmp_path, expected=1
    )
