"""`python -m licensecheck` in, the command line out."""

from __future__ import annotations

from licensecheck.cli.main import main

if __name__ == "__main__":
    main()
