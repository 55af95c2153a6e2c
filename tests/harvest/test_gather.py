from __future__ import annotations

import pytest

LICENSE = "licence text for tests: mit\n"
GATE = " ".join(["word"] * 200)


def test_the_card_with_front_matter_is_the_card(harvested):
    harvest = harvested({"README.md": "# Foo\n", "README_zh.md": "---\nlicense: mit\n---\n# Foo\n"})
    assert (harvest.card.source, harvest.card.meta) == ("README_zh.md", {"license": "mit"})


def test_the_readme_is_the_card_when_none_has_front_matter(harvested):
    assert harvested({"README.md": "# Foo\n", "MODEL_CARD.md": "# Bar\n"}).card.source == "README.md"


def test_no_card_is_no_card(harvested):
    harvest = harvested({"notes.md": "# Foo\n"})
    assert harvest.card is None
    assert [document.source for document in harvest.documents] == ["notes.md"]


def test_a_pointer_to_front_matter_is_not_the_documents_own_words(harvested):
    harvest = harvested({"README.md": "---\nlicense: mit\nsummary: the weights were merged\n---\n# Foo\n"})
    assert harvest.documents[0].skip == ((1, 4),)
    assert harvest.changes == ()


def test_a_statement_in_a_notice_counts_and_one_in_a_licence_text_does_not(harvested):
    harvest = harvested({"NOTICE": "The weights were merged.\n", "LICENSE": "The weights were merged.\n"})
    assert [item["source"] for item in harvest.changes] == ["NOTICE"]


def test_the_licence_in_the_gate_counts_as_a_copy(write, phrases):
    from licensecheck.harvest import gather
    from licensecheck.scenarios import StandIn
    from licensecheck.sources.folder import Folder

    folder = write({"README.md": f"---\nextra_gated_prompt: >-\n  {GATE}\n---\n# Foo\n"})
    seen = []

    def recognise(text):
        seen.append(text)
        return (StandIn("mit", 1.0, 1, 1, (), (), (), True),)

    harvest = gather(Folder(str(folder)), phrases, recognise)
    assert [copy.source for copy in harvest.texts.copies] == ["README.md (extra_gated_prompt)"]
    assert seen == [GATE]


@pytest.mark.parametrize("prompt", ["please agree", "[a, b]", "5"])
def test_a_gate_that_only_asks_is_no_copy(harvested, prompt):
    assert harvested({"README.md": f"---\nextra_gated_prompt: {prompt}\n---\n"}).texts.copies == ()


def test_a_licence_printed_in_the_card_is_a_copy_only_without_a_file(write, phrases):
    from licensecheck.harvest import gather
    from licensecheck.scenarios import StandIn
    from licensecheck.sources.folder import Folder

    card = "# Foo\n" + "line\n" * 1_000
    folder = write({"README.md": card})
    harvest = gather(Folder(str(folder)), phrases, lambda text: (StandIn("mit", 1.0, 3, 9, (), (), (), True),))
    assert [(copy.source, copy.match.start_line) for copy in harvest.texts.copies] == [("README.md", 3)]
    assert harvest.documents[0].skip == ((3, 9),)


def test_a_notice_sentence_recognised_in_the_card_still_stands_there(write, phrases):
    from licensecheck.harvest import gather
    from licensecheck.scenarios import StandIn
    from licensecheck.sources.folder import Folder

    folder = write({"README.md": "# Foo\n" + "line\n" * 1_000})
    harvest = gather(Folder(str(folder)), phrases, lambda text: (StandIn("dbrx-notice", 1.0, 3, 3, (), (), (), True),))
    assert harvest.documents[0].skip == ()


@pytest.mark.parametrize(
    ("files", "weights", "model"),
    [
        ({"model.safetensors": "x"}, True, False),
        ({"pytorch_model.bin": "x"}, True, False),
        ({"config.json": "{}"}, False, True),
        ({"README.md": "---\nlicense: mit\n---\n"}, False, True),
        ({"README.md": "# Foo\n"}, False, False),
        ({"main.py": "x"}, False, False),
    ],
)
def test_what_looks_like_a_model(harvested, files, weights, model):
    harvest = harvested(files)
    assert (harvest.has_weights, harvest.looks_like_model) == (weights, model)


def test_inputs_are_the_files_that_were_read(harvested):
    harvest = harvested({"README.md": "# Foo\n", "LICENSE": LICENSE, "model.safetensors": "x", "config.json": {"a": 1}})
    assert sorted(item["path"] for item in harvest.inputs) == ["LICENSE", "README.md", "config.json"]
    assert all(len(item["sha256"]) == 64 for item in harvest.inputs)


def test_a_file_that_was_cut_is_said_to_be(harvested):
    harvest = harvested({"README.md": "x" * 1_200_000})
    assert len(harvest.incomplete) == 1
    assert "README.md" in harvest.incomplete[0]


def test_bytes_that_are_no_text_are_read_all_the_same(harvested):
    harvest = harvested({"README.md": b"---\nlicense: mit\n---\n# Foo \xff\xfe\x00\n", "config.json": b"\xff\xfe\x00\x00"})
    assert harvest.card.meta == {"license": "mit"}
