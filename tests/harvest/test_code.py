from __future__ import annotations

import pytest

HEAD = """# coding=utf-8
# Copyright 2022 Harbour AI and the Example team. All rights reserved.
#
# Licensed under the Apache License, Version 2.0 (the "License");
# you may not use this file except in compliance with the License.
import torch

# Copyright 1999 nobody: this is no part of the head
# Copied from transformers.models.llama.modeling_llama.LlamaRMSNorm with Llama->Beacon
class BeaconRMSNorm: ...
"""


def read(harvested, text, name="modeling_beacon.py"):
    (file,) = harvested({name: text}).code
    return file


def test_the_head_of_a_file_names_licence_and_holders(harvested):
    file = read(harvested, HEAD)
    assert (file.license, file.header) == ("apache-2.0", "kept")
    assert [(item["line"], item["value"]) for item in file.copyrights] == [
        (2, "Copyright 2022 Harbour AI and the Example team. All rights reserved.")
    ]
    assert [(item["line"], item["value"]) for item in file.copied] == [(9, "transformers")]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("# SPDX-License-Identifier: MIT\nimport x\n", ("MIT", "partial")),
        ("# Copyright (c) 2024 Harbour\n# SPDX-License-Identifier: MIT OR Apache-2.0\n", ("MIT OR Apache-2.0", "kept")),
        ('"""Beacon.\n\nCopyright 2024 Harbour\n"""\nimport x\n', (None, "kept")),
        ("# Permission is hereby granted, free of charge, to\n# The above copyright notice shall be included\n", ("mit", "partial")),
        ("import x\n# Copyright 2024 Harbour\n", (None, "dropped")),
        ("", (None, "dropped")),
    ],
)
def test_a_head_is_kept_partial_or_dropped(harvested, text, found):
    file = read(harvested, text)
    assert (file.license, file.header) == found


@pytest.mark.parametrize("name", ["modeling_beacon.py", "configuration_beacon.py", "tokenization_beacon.py", "code/modeling_beacon.py"])
def test_modelling_code_lies_at_the_top_or_one_folder_below(harvested, name):
    assert read(harvested, HEAD, name).source == name


@pytest.mark.parametrize("name", ["train.py", "tests/modeling_beacon.py", "a/b/modeling_beacon.py", "modeling_beacon.md"])
def test_other_files_are_not_read_as_modelling_code(harvested, name):
    assert harvested({name: HEAD}).code == ()


def test_bytes_that_are_no_text_are_a_file_without_a_head(harvested):
    assert read(harvested, b"\xff\xfe\x00# Copyright").header in ("kept", "dropped")
