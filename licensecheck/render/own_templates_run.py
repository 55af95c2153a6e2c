"""A job on stdin (folder, template, values) in, its text or what is wrong with it on stdout out; the process has little time and memory."""

from __future__ import annotations

import json
import os
import sys
from types import TracebackType
from typing import Any

from jinja2 import FunctionLoader, TemplateError, TemplateNotFound, TemplateSyntaxError

from licensecheck.render.templating import environment, template

#: Bytes of a template, characters of what it gives, seconds of computing, bytes of memory.
MOST_SOURCE, MOST_TEXT, CPU, MEMORY = 256_000, 1_000_000, 3, 768_000_000
_SHIPPED = "shipped/"
_MISTAKES = (ArithmeticError, AttributeError, LookupError, MemoryError, RecursionError, TypeError, ValueError)


class TooLargeError(TemplateError):
    """More text than any notice has."""


def confined(folder: str, name: str) -> tuple[str, str, None] | None:
    """The source of a template that lies in the folder, or of one of the shipped ones; None for all else, links out of it among them."""
    if name.startswith(_SHIPPED) and "/" not in name[len(_SHIPPED) :]:
        try:
            return template(name[len(_SHIPPED) :]), name, None
        except OSError:
            return None
    root = os.path.realpath(folder)
    path = os.path.realpath(os.path.join(root, *name.split("/")))
    if not path.startswith(os.path.join(root, "")) or ".." in name.split("/") or "\\" in name or not os.path.isfile(path):
        return None
    with open(path, "rb") as stream:
        data = stream.read(MOST_SOURCE + 1)
    if len(data) > MOST_SOURCE:
        raise TemplateSyntaxError(f"larger than {MOST_SOURCE:,} bytes", 1, name, name)
    try:
        return data.decode("utf-8-sig"), name, None
    except UnicodeDecodeError as error:
        raise TemplateSyntaxError("not UTF-8", data.count(b"\n", 0, error.start) + 1, name, name) from None


def answer(job: dict[str, Any]) -> dict[str, Any]:
    """The text, or template, line and message."""
    names = {job["name"]}

    def load(name: str) -> tuple[str, str, None] | None:
        names.add(name)
        return confined(job["folder"], name)

    try:
        found, size = [], 0
        for piece in environment(FunctionLoader(load)).get_template(job["name"]).generate(job["values"]):
            size += len(piece)
            if size > MOST_TEXT:
                raise TooLargeError(f"gives more than {MOST_TEXT:,} characters")
            found.append(piece)
        return {"text": "".join(found)}
    except TemplateSyntaxError as error:
        return {"template": error.filename or error.name or job["name"], "line": error.lineno, "message": error.message or "syntax error"}
    except (TemplateError, *_MISTAKES) as error:
        place, line = _where(error.__traceback__, names)
        return {"template": place or job["name"], "line": line, "message": _said(error)}


def _said(error: BaseException) -> str:
    if isinstance(error, TemplateNotFound):
        return f"there is no template {error.name!r} in this folder, or it is a link that leaves it"
    if isinstance(error, MemoryError):
        return "takes too much memory"
    return str(error) or type(error).__name__


def _where(trace: TracebackType | None, names: set[str]) -> tuple[str | None, int | None]:
    """The innermost line of a template; Jinja puts the lines of templates into the trace."""
    found: tuple[str | None, int | None] = (None, None)
    while trace is not None:
        if trace.tb_frame.f_code.co_filename in names:
            found = (trace.tb_frame.f_code.co_filename, trace.tb_lineno)
        trace = trace.tb_next
    return found


def main() -> None:
    job = json.loads(sys.stdin.buffer.read())
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_CPU, (CPU, CPU))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    sys.stdout.buffer.write(json.dumps(answer(job)).encode())
