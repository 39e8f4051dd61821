"""The manifest remembers what was written, and only files that it lists are ever deleted."""

from pathlib import Path

import pytest

from sphinx_formulary.manifest import NAME, Manifest, remove

MANIFEST = Manifest({"index": "1", "posts/注意": "2"}, frozenset({"index.html", "posts/注意.html"}))


def test_what_is_saved_is_loaded(tmp_path: Path) -> None:
    MANIFEST.save(tmp_path)
    assert Manifest.load(tmp_path) == MANIFEST
    assert [path.name for path in tmp_path.iterdir()] == [NAME]


def test_its_bytes_do_not_depend_on_the_order(tmp_path: Path) -> None:
    MANIFEST.save(tmp_path)
    first = (tmp_path / NAME).read_bytes()
    Manifest(dict(reversed(MANIFEST.digests.items())), MANIFEST.files).save(tmp_path)
    assert (tmp_path / NAME).read_bytes() == first


@pytest.mark.parametrize(
    "content",
    [None, b"", b"{", b"[]", b"null", b"{}", b'{"digests": {}}', b'{"digests": 1, "files": []}',
     b'{"digests": {}, "files": 1}', b'"text"', b"\xff\xfe"],
)  # fmt: skip
def test_one_that_cannot_be_read_is_empty(tmp_path: Path, content: bytes | None) -> None:
    if content is not None:
        (tmp_path / NAME).write_bytes(content)
    assert Manifest.load(tmp_path) == Manifest()


def test_one_in_a_folder_that_is_not_there_is_empty(tmp_path: Path) -> None:
    assert Manifest.load(tmp_path / "nowhere") == Manifest()


def test_pages_can_be_taken_out() -> None:
    kept = MANIFEST.without(["index", "unknown"])
    assert kept == Manifest({"posts/注意": "2"}, MANIFEST.files)
    assert MANIFEST.digests.keys() == {"index", "posts/注意"}


@pytest.mark.parametrize(
    ("digests", "outdated"),
    [
        ({"index": "1", "posts/注意": "2"}, set()),
        ({"index": "1"}, set()),
        ({"index": "1", "posts/注意": "3"}, {"posts/注意"}),
        ({"index": "1", "posts/注意": "2", "new": "4"}, {"new"}),
    ],
)
def test_a_page_is_outdated_by_another_digest(digests: dict, outdated: set) -> None:
    assert MANIFEST.outdated(digests) == outdated


def test_removing_leaves_foreign_files(tmp_path: Path) -> None:
    for name in ("CNAME", "a/old.html", "a/foreign.txt", "b/c/old.html", ".git/HEAD"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name)
    remove(tmp_path, ["a/old.html", "b/c/old.html", "gone/long-ago.html", "never.html"])
    left = {p.relative_to(tmp_path).as_posix() for p in tmp_path.rglob("*") if p.is_file()}
    assert left == {"CNAME", "a/foreign.txt", ".git/HEAD"}
    assert not (tmp_path / "b").exists()


def test_removing_the_last_file_leaves_the_output_folder(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("")
    remove(tmp_path, ["index.html"])
    assert tmp_path.is_dir()
