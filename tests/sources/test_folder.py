from __future__ import annotations

import os
import time

import pytest

from licensecheck.errors import InputError, UsageError
from licensecheck.sources.folder import Folder, beside

needs_pipes = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")


def make(root, *names, text="x"):
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


def test_names_are_sorted_and_posix(tmp_path):
    make(tmp_path, "b.md", "a/c.md", "a.md", "LICENSE")
    folder = Folder(str(tmp_path))
    assert folder.names == ("LICENSE", "a.md", "a/c.md", "b.md")
    assert folder.notes == ()
    assert folder.has("a/c.md")
    assert not folder.has("a")


def test_folders_of_tools_are_skipped_but_hidden_files_are_not(tmp_path):
    make(
        tmp_path,
        ".git/config",
        ".hg/x",
        ".cache/x",
        ".venv/x",
        "venv/x",
        "node_modules/x/README.md",
        "__pycache__/x",
        ".hidden/x",
        ".gitattributes",
    )
    assert Folder(str(tmp_path)).names == (".gitattributes",)


def test_four_levels_of_folders_are_entered_and_the_rest_is_noted(tmp_path):
    make(tmp_path, "1/2/3/4/in.md", "1/2/3/4/5/out.md")
    folder = Folder(str(tmp_path))
    assert folder.names == ("1/2/3/4/in.md",)
    assert folder.notes == ("1 folder below 4 levels of folders: not looked at",)


def test_documents_are_found_among_too_many_entries(tmp_path):
    for number in range(5_050):
        (tmp_path / f"{number:05}.jpg").touch()
    make(tmp_path, "README.md", "LICENSE", "below/more.md")
    folder = Folder(str(tmp_path))
    assert len(folder.names) < 5_000
    assert folder.has("README.md")
    assert folder.has("LICENSE")
    assert folder.notes == ("more than 5,000 entries: the rest was not looked at",)
    assert folder.names == Folder(str(tmp_path)).names


def test_text_is_read_once(tmp_path):
    make(tmp_path, "a.md", text="first")
    folder = Folder(str(tmp_path))
    assert folder.read("a.md").text == "first"
    make(tmp_path, "a.md", text="second")
    assert folder.read("a.md").text == "first"
    assert folder.read("a.md", limit=3).text == "sec"
    assert folder.size("a.md") == 6
    assert folder.head("a.md", 2) == b"se"


def test_many_large_texts_are_cut_but_none_is_left_out(tmp_path):
    make(tmp_path, *(f"{number:02}.md" for number in range(20)), text="x" * 900_000)
    folder = Folder(str(tmp_path))
    sizes = [len(folder.read(name).text) for name in folder.names]
    assert sizes[:8] == [900_000] * 8
    assert sizes[8] == 800_000
    assert sizes[9:] == [32_000] * 11
    assert [file.truncated for file in folder.files_read()] == [size < 900_000 for size in sizes]


@needs_pipes
def test_a_pipe_named_readme_is_noted_and_never_opened(tmp_path):
    os.mkfifo(tmp_path / "README.md")
    start = time.perf_counter()
    folder = Folder(str(tmp_path))
    assert folder.names == ()
    assert folder.notes == ("README.md is not a regular file: not looked at",)
    assert time.perf_counter() - start < 1


@needs_pipes
def test_a_pipe_put_in_place_of_a_file_gives_one_clear_line(tmp_path):
    make(tmp_path, "README.md")
    folder = Folder(str(tmp_path))
    (tmp_path / "README.md").unlink()
    os.mkfifo(tmp_path / "README.md")
    with pytest.raises(InputError, match=r"README\.md: can't be read: not a regular file"):
        folder.read("README.md")


def test_links_out_of_the_folder_are_noted_and_not_followed(tmp_path):
    make(tmp_path, "secret.md", "model/README.md", "model-2/x.md")
    root = tmp_path / "model"
    (root / "evil.md").symlink_to("../secret.md")
    (root / "passwd").symlink_to("/etc/passwd")
    (root / "up").symlink_to("..")
    (root / "sibling.md").symlink_to("../model-2/x.md")  # a name that begins like the folder's
    folder = Folder(str(root))
    assert folder.names == ("README.md",)
    assert folder.notes == (
        "link leaves the folder: evil.md -> ../secret.md",
        "link leaves the folder: passwd -> /etc/passwd",
        "link leaves the folder: sibling.md -> ../model-2/x.md",
        "link leaves the folder: up -> ..",
    )


def test_links_within_the_folder_are_read_but_never_walked_in_circles(tmp_path):
    make(tmp_path, "docs/LICENSE", text="words")
    (tmp_path / "LICENSE").symlink_to("docs/LICENSE")
    (tmp_path / "docs" / "again").symlink_to("..")
    (tmp_path / "one").symlink_to("two")
    (tmp_path / "two").symlink_to("one")
    (tmp_path / "gone").symlink_to("nowhere")
    (tmp_path / "loop").symlink_to("docs")
    folder = Folder(str(tmp_path))
    assert folder.names == ("LICENSE", "docs/LICENSE")
    assert folder.read("LICENSE").text == "words"
    assert [note.split(":")[0] for note in folder.notes] == [
        "link leads nowhere",
        "link to a folder not followed",
        "link leads nowhere",
        "link leads nowhere",
        "link leaves the folder",
    ]


def hub_cache(tmp_path):
    repo = tmp_path / "models--acme--tiny"
    make(repo, "blobs/aaa", "snapshots/0123/config.json")
    root = repo / "snapshots" / "0123"
    (root / "README.md").symlink_to("../../blobs/aaa")
    return repo, root


def test_a_snapshot_of_the_hub_cache_may_link_to_its_blobs(tmp_path):
    repo, root = hub_cache(tmp_path)
    make(tmp_path, "blobs/bb/shared", "other/secret")
    (repo / "blobs" / "bbb").symlink_to("../../blobs/bb/shared")
    (root / "LICENSE").symlink_to("../../blobs/bbb")
    (root / "evil").symlink_to("../../../other/secret")
    folder = Folder(str(root))
    assert folder.names == ("LICENSE", "README.md", "config.json")
    assert folder.read("README.md").text == "x"
    assert folder.notes == ("link leaves the folder: evil -> ../../../other/secret",)


def test_a_blob_folder_that_is_itself_a_link_is_not_trusted(tmp_path):
    repo, root = hub_cache(tmp_path)
    make(tmp_path, "elsewhere/aaa")
    (repo / "blobs" / "aaa").unlink()
    (repo / "blobs").rmdir()
    (repo / "blobs").symlink_to("../elsewhere")
    assert Folder(str(root)).names == ("config.json",)


def test_blobs_beside_an_ordinary_folder_are_outside_of_it(tmp_path):
    make(tmp_path, "repo/blobs/aaa", "repo/snapshots/0123/config.json")
    root = tmp_path / "repo" / "snapshots" / "0123"
    (root / "README.md").symlink_to("../../blobs/aaa")
    assert Folder(str(root)).names == ("config.json",)


def test_names_with_controls_are_kept_and_shown_harmlessly(tmp_path):
    name = "\x1b[2J\u202egpl.md"
    (tmp_path / name).symlink_to("/etc/\x1bpasswd")
    folder = Folder(str(tmp_path))
    assert folder.notes == ("link leaves the folder: \\x1b[2J\\u202egpl.md -> /etc/\\x1bpasswd",)
    (tmp_path / name).unlink()
    make(tmp_path, name)
    assert Folder(str(tmp_path)).names == (name,)


@pytest.mark.skipif(os.name != "posix", reason="names are bytes only there")
def test_names_that_are_not_text_can_be_read(tmp_path):
    path = os.path.join(os.fsencode(tmp_path), b"caf\xe9.md")
    try:
        with open(path, "wb") as file:
            file.write(b"x")
    except OSError:
        pytest.skip("the file system wants text")
    folder = Folder(str(tmp_path))
    assert folder.names == ("caf\udce9.md",)
    assert folder.read(folder.names[0]).text == "x"


def test_what_may_not_be_opened_is_said_in_one_line(tmp_path, closed):
    make(tmp_path, "README.md", "closed/x.md")
    closed(tmp_path / "README.md", tmp_path / "closed")
    folder = Folder(str(tmp_path))
    assert folder.notes == ("closed can't be opened: Permission denied",)
    with pytest.raises(InputError, match="can't be read: Permission denied"):
        folder.read("README.md")


def test_many_odd_entries_make_few_notes(tmp_path):
    for number in range(100):
        (tmp_path / f"{number:03}").symlink_to("/etc/passwd")
    notes = Folder(str(tmp_path)).notes
    assert len(notes) == 21
    assert notes[-1] == "80 more links and files like these were not looked at"


def test_a_folder_that_is_not_there_is_a_usage_error_with_a_hint(tmp_path):
    make(tmp_path, "models/README.md")
    with pytest.raises(UsageError, match=r"modles: no such folder; did you mean .*models"):
        Folder(str(tmp_path / "modles"))
    with pytest.raises(UsageError, match=r"no such folder$"):
        Folder(str(tmp_path / "nothing" / "like" / "it"))
    with pytest.raises(UsageError, match="is not a folder: name the folder it lies in"):
        Folder(str(tmp_path / "models" / "README.md"))
    with pytest.raises(UsageError, match="no such folder"):
        Folder("a\0b")


def test_paths_are_shown_as_people_write_them(tmp_path):
    assert beside(".", "README.md") == "README.md"
    assert beside("models/a", "README.md") == os.path.join("models/a", "README.md")
    make(tmp_path, "a.md")
    assert Folder(str(tmp_path)).shown("a.md") == str(tmp_path / "a.md")
