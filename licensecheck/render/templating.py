"""The name of a template and values in, the text with the values in their places out."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any


def template(name: str) -> str:
    """The text of a file in `templates/`."""
    from importlib.resources import files

    try:
        return files("licensecheck.templates").joinpath(name).read_text(encoding="utf-8")
    except ModuleNotFoundError:  # a checkout that is not installed: templates/ lies beside the package
        return (Path(__file__).resolve().parent.parent.parent / "templates" / name).read_text(encoding="utf-8")


def words(lang: str, file: str = "words.yaml") -> Mapping[str, Any]:
    """The fixed words of documents in one language."""
    return _loaded(file)[lang]


@cache
def _loaded(file: str) -> Mapping[str, Mapping[str, Any]]:
    import yaml

    loaded: Mapping[str, Mapping[str, Any]] = yaml.safe_load(template(file))
    return loaded


def place(name: str, /, **values: Any) -> str:
    """A template with its values in it; a value that is missing stops the rendering."""
    return str(_compiled(name).render(values)).strip("\n") + "\n"


@cache
def _compiled(name: str) -> Any:
    """A template ready to be filled in, often in one run."""
    return environment().from_string(template(name))


def environment(loader: Any = None) -> Any:
    """Where templates run: they reach nothing but their values, and a name that is not there stops them."""
    from jinja2 import StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    # Autoescaping knows HTML only; every value was escaped for its own format before it came here.
    return ImmutableSandboxedEnvironment(undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, autoescape=False, loader=loader)
