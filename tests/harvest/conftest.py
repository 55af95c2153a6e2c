"""A folder to harvest, and the phrases that sentences are read by."""

from __future__ import annotations

import json

import pytest

from licensecheck.harvest import gather
from licensecheck.knowledge import load
from licensecheck.scenarios import recognise_stand_in
from licensecheck.sources.folder import Folder


@pytest.fixture(scope="session")
def phrases():
    return load().words()


@pytest.fixture
def harvested(write, phrases):
    """Files (path → text, bytes, or an object that is written as JSON) in, the harvest of their folder out."""

    def harvest(files):
        folder = write({name: json.dumps(item, indent=2) if isinstance(item, dict) else item for name, item in files.items()})
        return gather(Folder(str(folder)), phrases, recognise_stand_in)

    return harvest
