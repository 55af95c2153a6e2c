"""What an Ollama Modelfile starts from and carries."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from licensecheck.harvest.modelfile import instructions


def found(harvest):
    return [(item.relation, item.type, item.id) for item in harvest.found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("FROM tiny:1b\nSYSTEM You are kind.\n", [("serves", "library", "tiny:1b")]),
        ("from hf.co/acme/tiny-GGUF:Q4_K_M\n", [("serves", "model", "acme/tiny-GGUF")]),
        ("FROM https://huggingface.co/acme/tiny-GGUF\n", [("serves", "model", "acme/tiny-GGUF")]),
        ("FROM acme/tiny:latest\n", [("serves", "library", "acme/tiny:latest")]),
        ("FROM tiny\nADAPTER ./lora\n", [("adapter", "library", "tiny"), ("quantized", "mark", "modelfile")]),
        ("FROM ./model.gguf\n", [("quantized", "mark", "modelfile")]),
        ("FROM model.gguf\n", [("quantized", "mark", "modelfile")]),
        ("FROM C:\\models\\x\n", [("quantized", "mark", "modelfile")]),
        ('FROM "tiny:1b"\n', [("serves", "library", "tiny:1b")]),
        ("# FROM tiny\n", []),
        ('SYSTEM """\nFROM elsewhere\n"""\nFROM tiny\n', [("serves", "library", "tiny")]),
        ("FROM\n", []),
    ],
)
def test_what_a_modelfile_starts_from(harvested, text, expected):
    assert found(harvested({"Modelfile": text})) == expected


def test_a_byte_order_mark_hides_no_instruction(harvested):
    assert found(harvested({"Modelfile": "\ufeffFROM tiny\n".encode()})) == [("serves", "library", "tiny")]


def test_a_licence_inside_is_a_copy_of_it(harvested):
    text = "licence text for tests: mit\n" + ".\n" * 200
    (copy,) = harvested({"Modelfile": f'FROM tiny\nLICENSE """{text}"""\n'}).texts.copies
    assert (copy.source, copy.match.text) == ("Modelfile (line 2)", "mit")


@given(st.text(alphabet='FROMfrom "\n#:x', max_size=200))
def test_whatever_stands_in_it_every_line_is_in_the_file(text):
    told = list(instructions(text))
    lines = [line for _, _, line in told]
    assert lines == sorted(set(lines))
    assert all(1 <= line <= text.count("\n") + 1 for line in lines)


def store(*layers):
    return json.dumps({"layers": [{"mediaType": f"application/vnd.ollama.image.{kind}", "digest": digest} for kind, digest in layers]})


def test_a_store_names_its_models_and_carries_their_licences(harvested):
    files = {
        "manifests/registry.ollama.ai/library/tiny/1b": store(("model", "sha256:aa"), ("license", "sha256:bb")),
        "manifests/registry.ollama.ai/somebody/tiny/latest": store(("model", "sha256:aa")),
        "blobs/sha256-bb": "licence text for tests: mit\n" + ".\n" * 200,
    }
    harvest = harvested(files)
    assert found(harvest) == [("serves", "library", "tiny:1b"), ("serves", "library", "somebody/tiny:latest")]
    assert [copy.match.text for copy in harvest.texts.copies] == ["mit"]


@pytest.mark.parametrize(
    "manifest", ["", "[]", "{}", '{"layers": 3}', '{"layers": [7]}', "[" * 100_000, store(("license", "sha256:../../x"))]
)
def test_a_broken_manifest_carries_nothing(harvested, manifest):
    assert harvested({"manifests/a/library/tiny/1b": manifest}).texts.copies == ()
