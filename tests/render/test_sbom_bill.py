"""The neutral bill: what is taken from a report, and what is left open."""

from __future__ import annotations

from typing import Any

import pytest

from licensecheck.knowledge import load
from licensecheck.render.sbom.bill import bill_of
from licensecheck.render.sbom.inert import line, paragraphs, slug
from licensecheck.render.sbom.lineage import Part
from licensecheck.render.sbom.terms import Book, Shelf, Text
from tests.render.sbom_bills import bill, duty, edge, node, report, sources, table

NOTHING: dict[str, Any] = {"nodes": [], "edges": []}


def part(made: Any, name: str) -> Part:
    return next(part for part in made.parts if part.name == name)


def book(**texts: Text) -> Book:
    known = load()
    return Book(Shelf(known.resolve, known.brief, texts, table().nameless), table().say)


@pytest.mark.parametrize(
    ("written", "expression"),
    [
        ("apache-2.0", "Apache-2.0"),
        ("Apache License 2.0", "Apache-2.0"),
        ("gpl-3.0", "GPL-3.0-only"),
        ("GPL-3.0-or-later", "GPL-3.0-or-later"),
        ("llama3.1", "LicenseRef-llama3.1"),
        ("(mit OR apache-2.0) AND llama3.1", "(MIT AND LicenseRef-llama3.1) OR (Apache-2.0 AND LicenseRef-llama3.1)"),
        ("GPL-2.0-only WITH Classpath-exception-2.0", "GPL-2.0-only WITH Classpath-exception-2.0"),
        (["mit", "apache-2.0"], "MIT AND Apache-2.0"),
        # SPDX lists it, the rules do not
        ("Zlib", "Zlib"),
        ("acme-model-1.0", "LicenseRef-acme-model-1.0"),
        ("other", None),
        ("unknown", None),
        (None, None),
        ("", None),
        ([], None),
    ],
)
def test_licences_become_spdx_expressions(written: Any, expression: str | None) -> None:
    assert book().expression(written) == expression


def test_what_is_no_expression_is_one_name() -> None:
    made = book()
    ref = made.expression("MIT OR")
    assert ref is not None and ref.startswith("LicenseRef-MIT-OR-")
    assert [licence.name for licence in made.licences] == ["MIT OR"]


def test_an_exception_nobody_lists_makes_a_name_of_the_whole() -> None:
    made = book()
    ref = made.expression("MIT WITH my-exception")
    assert ref is not None and ref.startswith("LicenseRef-") and " " not in ref
    assert not made.licences[0].listed


def test_names_that_lose_letters_stay_apart() -> None:
    made = book()
    refs = [made.expression(name) for name in ("my licence", "my/licence", "模型许可", "样本许可", "LicenseRef-my-licence")]
    assert len(set(refs)) == 5
    assert len(made.licences) == 5


def test_the_text_is_the_users_own_copy_or_a_note_that_there_is_none() -> None:
    made = book(gemma=Text("LICENSE.md", "Words\x1b[0m\nof it.", ("3.1",)))
    made.expression("gemma AND llama3.1")
    gemma, llama = made.licences
    assert gemma.text == "Words\\x1b[0m\nof it."
    assert gemma.comment == "Text as it stands in LICENSE.md. It differs from the published text in: 3.1."
    assert llama.text is None
    assert llama.comment.startswith("The text of ") and llama.url is not None and llama.url in llama.comment


def test_unchecked_and_guessed_licences_are_not_concluded() -> None:
    made = bill(
        lineage={
            "nodes": [node("a/a", verified=False), node("b/b", license_source="name"), node("c/c", license_=None), node("d/d")],
            "edges": [edge(name, "finetune") for name in ("a/a", "b/b", "c/c", "d/d")],
        }
    )
    assert [part.concluded for part in made.parts] == [None, None, None, "Apache-2.0"]
    assert made.parts[0].comment.startswith("Nothing is concluded: Apache-2.0 is known from ")


def test_the_whole_is_not_concluded_while_something_inside_is_not_settled() -> None:
    graph = {"nodes": [node("a/a", license_=None)], "edges": [edge("a/a", "finetune")]}
    made = bill(lineage=graph)
    assert made.subject.concluded is None and "a/a" in made.subject.comment
    assert made.subject.comment.endswith("What is known points to LicenseRef-llama3.1 AND LicenseRef-gemma.")
    graph["nodes"] = [node("a/a", license_=None, relation="evaluates")]
    assert bill(lineage=graph).subject.concluded == "LicenseRef-llama3.1 AND LicenseRef-gemma"


def test_declared_is_what_a_publisher_declares_and_nothing_else() -> None:
    made = bill()
    assert part(made, "meta-llama/Llama-3.1-8B").declared == "LicenseRef-llama3.1"  # of the registry, checked
    assert part(made, "acme/merged").declared == "MIT"  # of its own card
    assert part(made, "acme/adapter").declared is None  # the manifest is no publisher
    assert part(made, "acme/adapter").concluded == "LicenseRef-acme-license"


def test_a_component_only_inferred_or_possible_is_linked_without_certainty() -> None:
    graph = {
        "nodes": [node("a/a"), node("b/b", possible=True, license_=None)],
        "edges": [edge("a/a", "finetune", how="inferred"), edge("b/b", "finetune", possible=True)],
    }
    made = bill(lineage=graph)
    assert [link.sure for link in made.links] == [False, False]
    assert made.subject.concluded is not None


def test_steps_that_only_a_finding_tells_connect_the_lineage() -> None:
    graph = {"nodes": [node("far/base", license_="llama3.1")], "edges": [edge("far/base", "finetune", start="near/model")]}
    finding = duty("far/base", "Built with Llama", path=[["finetune", "near/model"], ["finetune", "far/base"]])
    made = bill(lineage=graph, findings=[finding])
    assert [(link.start, link.end) for link in made.links] == [
        ("model-near-model", "model-far-base"),
        ("subject", "model-near-model"),
    ]
    assert part(made, "far/base").path == ("finetune", "near/model", "finetune", "far/base")


def test_a_dataset_and_a_model_of_one_name_are_two_parts() -> None:
    graph = {
        "nodes": [node("a/same"), node("a/same", "dataset", "mit", "data")],
        "edges": [edge("a/same", "finetune"), edge("a/same", "data")],
    }
    made = bill(lineage=graph)
    assert [(link.end, link.relation) for link in made.links] == [("model-a-same", "finetune"), ("dataset-a-same", "data")]


def test_one_model_in_two_roles_is_one_part() -> None:
    graph = {
        "nodes": [node("a/same"), node("A/Same", license_="mit", relation="tokenizer")],
        "edges": [edge("a/same", "finetune"), edge("A/Same", "tokenizer")],
    }
    made = bill(lineage=graph)
    assert len(made.parts) == 1 and {link.relation for link in made.links} == {"finetune", "tokenizer"}


def test_ids_of_the_hub_have_an_address_and_other_names_have_none() -> None:
    names = ("acme/tiny", "just-a-name", "../up/and", "a/b/c", "acme/with space")
    graph = {"nodes": [node(name) for name in names], "edges": [edge(name, "finetune") for name in names]}
    made = bill(lineage=graph)
    assert [part.purl for part in made.parts] == ["pkg:huggingface/acme/tiny", None, None, None, None]
    assert [part.url is None for part in made.parts] == [False, True, True, True, True]


def test_a_folder_at_hand_is_not_on_the_hub_whatever_its_name() -> None:
    made = bill(lineage={"nodes": [node("acme/tiny", license_source="folder")], "edges": [edge("acme/tiny", "finetune")]})
    assert (made.parts[0].owner, made.parts[0].purl, made.parts[0].url) == (None, None, None)


def test_services_and_code_are_not_on_the_hub() -> None:
    made = bill()
    service, code = part(made, "openai/gpt-4o"), part(made, "huggingface/transformers")
    assert (service.owner, service.purl, service.url) == ("openai", None, None)
    assert (code.owner, code.purl, code.url) == (None, None, None)


def test_datasets_have_a_page_and_no_package_url() -> None:
    data = part(bill(), "tatsu-lab/alpaca")
    assert (data.purl, data.url) == (None, "https://huggingface.co/datasets/tatsu-lab/alpaca")


def test_only_whole_files_of_the_subject_are_listed() -> None:
    assert [entry.path for entry in bill().files] == ["LICENSE", "README.md"]


def test_what_was_not_examined_or_could_not_be_read_is_said() -> None:
    made = bill(incomplete=["model.bin -> /home/me/model.bin"])
    assert made.incomplete and "patents" in made.comment and "could be read or reached (1)" in made.comment
    assert "/home/me" not in made.comment


def test_where_the_folder_lies_is_nobodys_business() -> None:
    assert "models/tiny" not in repr(bill())


def test_nothing_upstream_is_a_bill_too() -> None:
    made = bill(lineage=NOTHING, findings=[], licenses={**report()["licenses"], "concluded": {"weights": "apache-2.0"}})
    assert made.parts == () and made.subject.concluded == made.subject.declared == "Apache-2.0"


def test_sentences_are_in_the_language_asked_for() -> None:
    made = bill_of(report(), table("zh"), sources(), "2026-11-30T00:00:00Z", "t-1")
    assert "许可" in made.comment and "许可" in part(made, "acme/exam").comment


def test_every_relation_and_component_has_a_row_for_each_format() -> None:
    from spdx_python_model import v3_0_1 as model
    from spdx_tools.spdx.model import PackagePurpose, RelationshipType

    words = table()
    assert set(words.relations) == set(load().table("relations")["relations"])
    for row in words.relations.values():
        for told in (row, *([row["dataset"]] if "dataset" in row else [])):
            assert told["spdx2"]["type"] in RelationshipType.__members__
            assert hasattr(model.RelationshipType, told["spdx3"]["type"])
            assert {told["spdx2"]["of"], told["spdx3"]["of"]} <= {"subject", "component"}
    for row in words.components.values():
        assert row["spdx2"] in PackagePurpose.__members__ and hasattr(model.software_SoftwarePurpose, row["spdx3"])


def test_bases_whose_material_is_inside_are_the_ancestors() -> None:
    derives = {name for name, row in load().table("relations")["relations"].items() if row["derives"]}
    assert {name for name, row in table().relations.items() if row["cyclonedx"]["ancestor"]} == derives


@pytest.mark.parametrize("text", ["a\nb", "a\x00b", "a\u202eb", "</text>", "\ud800", "x" * 5_000])
def test_a_line_is_one_bounded_line(text: str) -> None:
    shown = line(text)
    assert "\n" not in shown and "\x00" not in shown and "\u202e" not in shown and "</text>" not in shown and len(shown) < 400
    shown.encode("utf-8")


def test_words_that_readers_of_the_tag_value_form_know_are_quoted() -> None:
    from spdx_tools.spdx.parser.tagvalue.lexer import SPDXLexer

    assert {word for word in SPDXLexer.reserved if line(word) != f"'{word}'"} == set()
    assert line("Tiny-Chat") == "Tiny-Chat"


def test_paragraphs_keep_lines_and_tabs() -> None:
    assert paragraphs("\r\n1.\tOne\r\n</TEXT>\u202e\n") == "1.\tOne\n&lt;/text>\\u202e"


@pytest.mark.parametrize("text", ["a b", "模型", "-x-", "../..", "a" * 500])
def test_a_slug_holds_what_identifiers_may_hold(text: str) -> None:
    import re

    assert re.fullmatch(r"[A-Za-z0-9.-]{0,80}", slug(text))
