"""Rule files in, one short key out that changes whenever a file does: names, sizes and times, so that no file is opened."""

from __future__ import annotations

import os

from licensecheck.sources.reading import digest


def quick_state(*folders: str | None) -> str:
    """The key of the index that belongs to these folders as they are now (rule files and the code that compiles them)."""
    parts: list[str] = []
    for folder in folders:
        if folder is not None:
            parts.append(f"\0{folder}")
            _add(folder, parts)
    return digest("\0".join(parts).encode("utf-8", "surrogateescape"))[:24]


def _add(folder: str, parts: list[str]) -> None:
    if not os.path.isdir(folder):
        parts.append(str(os.stat(folder).st_mtime_ns) if os.path.exists(folder) else "")
        return
    with os.scandir(folder) as entries:
        for entry in sorted(entries, key=lambda entry: entry.name):
            if entry.name.endswith((".yaml", ".py")):
                state = entry.stat()
                parts.append(f"{entry.name}\0{state.st_size}\0{state.st_mtime_ns}")
            elif entry.is_dir() and not entry.name.startswith((".", "_")) and entry.name != "fingerprints":
                parts.append(f"/{entry.name}")
                _add(entry.path, parts)
