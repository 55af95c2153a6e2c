"""What weight files say of themselves, by headers of our own making."""

from __future__ import annotations

import json
import struct

import pytest

from tests.sources.test_gguf import gguf, pair, string


def safetensors(**texts):
    raw = json.dumps({"__metadata__": texts}).encode()
    return struct.pack("<Q", len(raw)) + raw


def quantized(**texts):
    return gguf(*(pair(f"general.{key}", 8, string(value)) for key, value in texts.items()))


def found(harvest):
    return [(item.relation, item.type, item.id) for item in harvest.found]


HUB = "https://huggingface.co/"


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        ({"base_model.0.repo_url": HUB + "acme/base-7b"}, [(None, "model", "acme/base-7b")]),
        (
            {"base_model.0.repo_url": HUB + "acme/a", "base_model.1.repo_url": HUB + "acme/b"},
            [(None, "model", "acme/a"), (None, "model", "acme/b")],
        ),
        ({"source.repo_url": HUB + "acme/base-7b"}, [(None, "model", "acme/base-7b")]),
        ({"dataset.0.repo_url": HUB + "datasets/acme/corpus"}, [("data", "dataset", "acme/corpus")]),
        ({"base_model.0.repo_url": "https://example.org/acme/base-7b"}, []),
        ({"base_model.0.name": "Base 7B", "base_model.0.organization": "Acme"}, []),
        ({"url": HUB + "acme/this-very-model"}, []),
    ],
)
def test_a_gguf_header_names_what_it_was_made_from(harvested, texts, expected):
    harvest = harvested({"model.gguf": quantized(**texts)})
    assert found(harvest) == expected
    assert harvest.flaws == ()


def test_datasets_in_an_older_header_are_a_list(harvested):
    items = struct.pack("<IQ", 8, 2) + string("acme/a") + string("acme/b")
    harvest = harvested({"model.gguf": gguf(pair("general.datasets", 9, items))})
    assert found(harvest) == [("data", "dataset", "acme/a"), ("data", "dataset", "acme/b")]


def test_the_evidence_names_file_and_key(harvested):
    (item,) = harvested({"m.gguf": quantized(**{"base_model.0.repo_url": HUB + "acme/base"})}).found
    assert item.evidence == {
        "source": "m.gguf", "line": None, "key": "general.base_model.0.repo_url", "value": HUB + "acme/base", "how": "tool-written"
    }  # fmt: skip


@pytest.mark.parametrize(
    ("file", "content", "key"),
    [
        ("m.gguf", quantized(license="mit"), "general.license"),
        ("m.gguf", quantized(**{"license.name": "mit"}), "general.license.name"),
        ("m.safetensors", safetensors(license="mit"), "license"),
        ("m.safetensors", safetensors(**{"modelspec.license": "mit"}), "modelspec.license"),
    ],
)
def test_a_licence_in_a_header_is_a_label(harvested, file, content, key):
    labels = harvested({file: content}).labels
    assert [(label["source"], label["key"], label["value"]) for label in labels] == [(file, key, "mit")]


def test_an_adapter_from_a_training_window_names_its_base_in_the_header(harvested):
    assert found(harvested({"lora.safetensors": safetensors(ss_sd_model_name="acme/painter")})) == [(None, "model", "acme/painter")]
    assert found(harvested({"lora.safetensors": safetensors(ss_sd_model_name="painter.ckpt")})) == []


def test_quantizations_side_by_side_say_a_thing_once(harvested):
    header = quantized(license="mit", **{"base_model.0.repo_url": HUB + "acme/base"})
    harvest = harvested({f"model-{kind}.gguf": header for kind in ("q4", "q5", "q8")})
    assert (len(harvest.found), len(harvest.labels)) == (1, 1)


def test_of_a_file_in_parts_only_the_first_is_asked(harvested):
    files = {"m-00001-of-00002.gguf": quantized(license="mit"), "m-00002-of-00002.gguf": b"GGUF" + b"\xff" * 60}
    harvest = harvested(files)
    assert harvest.flaws == ()
    assert len(harvest.labels) == 1


POINTER = "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 12345\n"


@pytest.mark.parametrize("name", ["m.gguf", "m.safetensors"])
@pytest.mark.parametrize("content", ["", POINTER])
def test_what_stands_in_for_a_weight_file_is_no_flaw(harvested, name, content):
    assert harvested({name: content}).flaws == ()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("m.gguf", b"GGUF" + b"\xff" * 60),
        ("m.safetensors", struct.pack("<Q", 2**63) + b"{}" * 20),
        ("m.gguf", b"a text that is no header at all"),
    ],
)
def test_a_header_that_lies_is_a_flaw_of_the_file(harvested, name, content):
    ((file, line, sentence),) = harvested({name: content}).flaws
    assert (file, line) == (name, None)
    assert sentence.startswith("not a ")
