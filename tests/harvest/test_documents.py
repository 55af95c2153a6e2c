from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from licensecheck.harvest.documents import Document, card_names, document_names, prose_lineage, sentences_with, statements_of_changes
from licensecheck.sources.folder import Folder
from tests.conftest import REPO

PHRASES = yaml.safe_load((REPO / "rules" / "phrases.yaml").read_text("utf-8"))


def stated(phrases, text, skip=()):
    """(line, words) of the statement of changes in a text, or None."""
    found = statements_of_changes(Document("README.md", text, skip), phrases["changes"])
    return (found[0]["line"], found[0]["value"].lower()) if found else None


def named(phrases, text, skip=()):
    """(relation, id) of each model that the text says it was made from."""
    found = prose_lineage(Document("README.md", text, skip), phrases["lineage"])
    return [(item.relation, item.id) for item in found if item.type == "model"]


# --- statements of changes


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("We fine-tuned the model on poems.", "fine-tuned"),
        ("The weights were quantized to four bits.", "quantized"),
        ("WEIGHTS WERE MODIFIED.", "modified"),
        ("Changes: config.json now has a longer context.", "changes:"),
        ("Foo is a fine-tuned version of [Bar](https://huggingface.co/acme/bar).", "fine-tuned version of"),
        ("This is a merge of two friends.", "merge of"),
        ("An adapter for `acme/bar`.", "adapter for"),
        ("| file | what was changed |", "changed"),  # a table's cells are sentences of their own: file and deed stand in one row
        ("The model\nwas fine-tuned\nby us.", "fine-tuned"),  # one sentence over three lines
        ("本模型微调自 Bar。", "微调自"),
        ("我们修改了权重文件。", "修改"),
        ("在该模型的基础上继续预训练。", "继续预训练"),
    ],
)
def test_a_sentence_that_says_what_was_done_to_what_is_a_statement(phrases, text, words):
    found = stated(phrases, text)
    assert found is not None
    assert found[1] == words


@pytest.mark.parametrize(
    "text",
    [
        "",
        "We like models.",
        "Fine-tuned on ten thousand questions.",  # what was, is not said
        "The base model is good. It was changed.",  # deed and object in two sentences
        "The weights are unmodified.",
        "The files were not modified.",
        "A verbatim copy of the model, not changed in any file.",
        "Released without modification of the weights.",
        "权重未修改。",
        "模型文件原样发布，未作修改。",
        "The modeling was unchangeable.",  # parts of other words
        "Premodified models",
    ],
)
def test_what_says_nothing_or_the_opposite_is_none(phrases, text):
    assert stated(phrases, text) is None


@pytest.mark.parametrize(
    "text",
    [
        "This model is not fine-tuned.",
        "The weights have not been modified.",
        "The weights were never quantized.",
        "It wasn't modified; the model is as it was.",
        "This is not a merge of models.",
        "本模型未经微调。",
        "我们没有修改权重。",
    ],
)
def test_a_denied_change_is_no_statement(phrases, text):
    assert stated(phrases, text) is None


@pytest.mark.parametrize(
    "text",
    [
        "The model can be fine-tuned with adapters.",
        "You may want the model to be quantized first.",
    ],
)
def test_what_readers_could_do_is_no_statement_of_what_was_done(phrases, text):
    assert stated(phrases, text) is None


def test_an_unfilled_field_of_the_hubs_card_template_is_no_statement(phrases):
    assert stated(phrases, "- **Finetuned from model [optional]:** [More Information Needed]\n") is None


@pytest.mark.parametrize(("opened", "closed"), [("```", "```"), ("~~~", "~~~"), ("```python", "```"), ("````", "````"), ("  ```", " ``` ")])
def test_code_blocks_do_not_count_and_lines_stay_right(phrases, opened, closed):
    text = f"Foo\n\n{opened}\nWe fine-tuned the model.\n{closed}\n\nThe weights were merged.\n"
    assert stated(phrases, text) == (7, "merged")


@pytest.mark.parametrize("code", ["```pip install foo```", "````\n```\nx\n```\n````"])
def test_code_ends_where_it_ends(phrases, code):
    assert stated(phrases, f"{code}\n\nThe weights were merged.\n") is not None


def test_a_comment_that_no_reader_sees_is_no_statement(phrases):
    assert stated(phrases, "<!-- The weights were merged. -->\n") is None


def test_front_matter_and_licence_texts_do_not_count(phrases):
    text = "---\nsummary: the weights were merged\n---\n# Foo\n"
    assert stated(phrases, text, skip=((1, 3),)) is None
    assert stated(phrases, text) == (2, "merged")


def test_the_first_statement_is_the_one_shown(phrases):
    assert stated(phrases, "Words.\n\nThe weights were merged.\n\nThis is a fine-tune of Bar.\n") == (3, "merged")


def test_letters_that_grow_in_lower_case_move_no_line(phrases):
    assert stated(phrases, "İİİİ\n\nwe changed the weights") == (3, "changed")


def test_the_snippet_is_the_line_itself(phrases):
    (found,) = statements_of_changes(Document("docs/a.md", "Foo\n  We **fine-tuned** the model.  \n"), phrases["changes"])
    assert (found["source"], found["line"], found["column"], found["how"]) == ("docs/a.md", 2, 8, "prose")
    assert found["snippet"].startswith("  We **fine-tuned** the model.")


# --- lineage in prose


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Fine-tuned from [Bar](https://huggingface.co/acme/bar).", ("finetune", "acme/bar")),
        ("Foo is based on `acme/bar`.", ("finetune", "acme/bar")),
        ("Base model: https://hf.co/acme/bar.", ("finetune", "acme/bar")),
        ("Built on https://huggingface.co/acme/bar-v1.0.", ("finetune", "acme/bar-v1.0")),  # the full stop is the sentence's
        ("Based on [Bar](https://huggingface.co/acme/bar/blob/main/README.md)", ("finetune", "acme/bar")),
        ("A quantized version of\n[`acme/bar`](https://huggingface.co/acme/bar)", ("quantized", "acme/bar")),
        ("An adapter for `acme/bar`", ("adapter", "acme/bar")),
        ("A merge of `acme/bar` and others", ("merge", "acme/bar")),
        ("本模型基于 `acme/bar` 微调。", ("finetune", "acme/bar")),
        ("量化模型。基座模型：[Bar](https://huggingface.co/acme/bar)", ("finetune", "acme/bar")),
    ],
)
def test_a_link_or_an_id_after_the_phrase_names_the_base(phrases, text, expected):
    assert named(phrases, text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "Foo is not based on `acme/bar`.",
        "Foo is not derived from `acme/bar`.",
        "Not a derivative of anything based on `acme/bar`.",
        "本模型并非基于 `acme/bar`。",
        "Better than models based on `acme/bar`.",
        "Compared to `acme/bar`, which is based on `acme/baz`, Foo is small.",
        "Foo outperforms everything based on `acme/bar`.",
        "与基于 `acme/bar` 的模型对比。",
        "Based on the data of [Rhymes](https://huggingface.co/datasets/acme/rhymes).",
        "Based on a [space](https://huggingface.co/spaces/acme/rhymes).",
        "Based on a [paper](https://huggingface.co/papers/2401.00001) and a [talk](https://huggingface.co/blog/acme).",
        "Based on [a thread](https://huggingface.co/acme/bar/discussions/3).",
        "Foo is based on love. See `acme/bar` for the other one.",  # another sentence
        "Foo is based on love; `acme/bar` is not.",
        "Based on\n\n`acme/bar`",  # another paragraph
        "Freebased on `acme/bar`",  # part of another word
        "```\nbased on `acme/bar`\n```",
    ],
)
def test_other_sentences_create_no_lineage(phrases, text):
    assert named(phrases, text) == []


@pytest.mark.parametrize("text", ["It isn't based on `acme/bar`.", "Foo is no longer based on `acme/bar`."])
def test_a_denied_base_is_no_base(phrases, text):
    assert named(phrases, text) == []


@pytest.mark.parametrize(
    "text",
    [
        "The configuration is based on `src/main.py`.",
        "The numbers are derived from `results/scores.json`.",
        "The code is based on `acme/training-toolkit`.",
    ],
)
def test_files_and_code_in_backquotes_are_no_models(phrases, text):
    assert named(phrases, text) == []


def test_every_model_of_a_merge_is_named(phrases):
    text = "A merge of [Bar](https://huggingface.co/acme/bar) and [Baz](https://huggingface.co/acme/baz)."
    assert named(phrases, text) == [("merge", "acme/bar"), ("merge", "acme/baz")]


def test_a_model_named_twice_is_one(phrases):
    assert named(phrases, "Based on `acme/bar`.\n\nFine-tuned from `acme/bar`.\n") == [("finetune", "acme/bar")]


def test_words_without_a_link_are_handed_on_as_prose(phrases):
    (found,) = prose_lineage(Document("README.md", "Foo is based on Bar 3 8B, and good.\n"), phrases["lineage"])
    assert (found.type, found.id) == ("prose", "Bar 3 8B, and good")


def test_a_code_block_before_the_sentence_does_not_shift_what_is_read(phrases):
    text = "# Foo\n\n```python\nload(a_long_name, and_another)\n```\n\nFoo is based on `acme/bar`.\n"
    (found,) = prose_lineage(Document("README.md", text), phrases["lineage"])
    assert (found.id, found.evidence["line"]) == ("acme/bar", 7)


def test_the_section_that_this_tool_wrote_is_no_source(phrases):
    text = "<!-- llm-licensecheck:begin x -->\nA fine-tune of `acme/bar`.\n<!-- llm-licensecheck:end -->\n\nBased on `acme/baz`.\n"
    assert named(phrases, text) == [("finetune", "acme/baz")]


def test_lineage_points_at_the_id(phrases):
    (found,) = prose_lineage(Document("README.md", "# Foo\n\nFoo is based on `acme/bar`.\n"), phrases["lineage"])
    assert (found.evidence["line"], found.evidence["column"], found.evidence["how"]) == (3, 18, "prose")


@given(st.text(alphabet=st.sampled_from(list("based on`a/b.\n|。 <!->#")) | st.characters(), max_size=300))
def test_no_text_makes_reading_fail_and_every_line_lies_in_the_file(text):
    document = Document("README.md", text)
    found = [*statements_of_changes(document, PHRASES["changes"]), *(item.evidence for item in prose_lineage(document, PHRASES["lineage"]))]
    assert all(1 <= item["line"] <= text.count("\n") + 1 for item in found)


def test_a_sentence_ends_at_a_full_stop_a_paragraph_or_a_cell():
    text = "one two. three four\n\nfive | six\n- seven。eight"
    assert [sentence for _, _, sentence in sentences_with(text, ["two", "four", "seven"])] == ["one two", "three four", "seven"]


# --- which files are read


def names(write, *files):
    return Folder(str(write(dict.fromkeys(files, "x"))))


def test_cards_are_found_by_name_and_the_readme_comes_first(write):
    folder = names(
        write, "MODEL_CARD.md", "README_zh.md", "README.md", "readme_assets_of_something.md", "docs/README.md", "README.txt", "README"
    )
    assert card_names(folder) == ("README.md", "MODEL_CARD.md", "README_zh.md")


def test_documents_are_those_at_the_top_and_in_the_documentation(write):
    folder = names(
        write, "README.md", "guide.rst", "docs/a.md", "src/b.md", "LICENSE.md", "NOTICE.txt", "USE_POLICY.md", "data.csv", "doc/c.html"
    )
    assert set(document_names(folder)) == {"README.md", "guide.rst", "docs/a.md", "doc/c.html"}
