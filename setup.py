"""The rules go into the wheel twice: as they are, and compiled into an index that loads in milliseconds."""

from __future__ import annotations

import sys
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

ROOT = Path(__file__).resolve().parent


class BuildWithIndex(build_py):
    """`build_py`, then the compiled index of the rules beside the code that reads it."""

    def run(self) -> None:
        super().run()
        if not self.editable_mode:  # a checkout compiles its own index when the rules change
            self.compile_index(Path(self.build_lib) / "licensecheck" / "knowledge" / "_index")

    @staticmethod
    def compile_index(out_dir: Path) -> None:
        sys.path.insert(0, str(ROOT))
        try:
            from licensecheck.knowledge.compile import build
        finally:
            sys.path.remove(str(ROOT))
        out_dir.mkdir(parents=True, exist_ok=True)
        build(ROOT / "rules", out_dir)


setup(cmdclass={"build_py": BuildWithIndex})
