"""A folder of somebody's own templates and values in, their text out: placed by a process of its own, bounded in time and size."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from licensecheck.errors import InputError, Problem, UsageError

from .terminal import safe

#: Seconds that a template may take, by the clock.
SECONDS = 20
#: The process finds what this one finds, but nothing in the current folder: that may be a stranger's.
_RUN = "import json, sys; sys.path[:] = json.loads(sys.argv[1]); from licensecheck.render.own_templates_run import main; main()"


def has_own(folder: str, name: str) -> bool:
    """Is there a template of that name? UsageError if there is no such folder."""
    if not os.path.isdir(folder):
        raise UsageError(f"--templates {safe(folder)}: no such folder")
    return os.path.lexists(os.path.join(folder, name))


def place_own(folder: str, name: str, values: Mapping[str, Any]) -> str:
    """The text; InputError with template and line where there is none."""
    job = json.dumps({"folder": os.path.abspath(folder), "name": name, "values": values})
    package, here = str(Path(__file__).resolve().parent.parent.parent), os.getcwd()
    paths = [package, *(path for path in sys.path if path and os.path.realpath(path) != here)]
    try:
        done = subprocess.run(
            [sys.executable, "-I", "-c", _RUN, json.dumps(paths)],
            input=job.encode(),
            capture_output=True,
            timeout=SECONDS,
            check=False,
        )
        answer = json.loads(done.stdout)
    except subprocess.TimeoutExpired:
        raise _wrong(folder, name, None, f"takes longer than {SECONDS} seconds") from None
    except ValueError:
        raise _wrong(folder, name, None, "was stopped: it takes too long or too much memory") from None
    if "text" not in answer:
        raise _wrong(folder, answer["template"], answer["line"], answer["message"])
    return str(answer["text"]).strip("\n") + "\n"


def _wrong(folder: str, name: str, line: int | None, message: str) -> InputError:
    path = name if name.startswith("shipped/") else os.path.join(folder, name)
    return InputError([Problem(safe(path), line, " ".join(safe(message, 500).split()))])
