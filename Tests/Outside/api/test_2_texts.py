"""`chancery text inspect` and `roundtrip`: what they print and how they exit."""

import json
import os
import subprocess

import pytest

from texts import paris

PROGRAM = os.environ["CHANCERY_TEST_NODE"]
TEXT = "## Article 1\n\n1. Parties [shall][should] act [X].\n"


def text(*arguments):
    return subprocess.run([PROGRAM, "text", *arguments], capture_output=True, timeout=60)


@pytest.fixture
def file(tmp_path):
    def write(content):
        path = tmp_path / "text.md"
        path.write_bytes(content)
        return str(path)

    return write


def test_a_text_is_counted(file):
    done = text("inspect", file(TEXT.encode()), "--json")
    assert done.returncode == 0, done.stderr
    counted = json.loads(done.stdout)
    assert (counted["brackets"], counted["alternatives"], counted["placeholders"], counted["unbalanced"]) == (3, 1, 1, 0)


@pytest.mark.parametrize("verb", ["inspect", "roundtrip"])
@pytest.mark.parametrize("content", [None, TEXT.encode("utf-16")])
def test_what_cannot_be_read_exits_with_2(file, tmp_path, verb, content):
    path = str(tmp_path / "nothing.md") if content is None else file(content)
    done = text(verb, path)
    assert done.returncode == 2, (done.stdout, done.stderr)
    assert len(done.stderr.decode().strip().splitlines()) == 1


@pytest.mark.parametrize("arguments", [["inspect"], ["roundtrip"], ["inspect", "a", "b"], ["inspect", "a", "--no-such-option"]])
def test_a_wrong_call_exits_with_64(arguments):
    assert text(*arguments).returncode == 64


@pytest.mark.parametrize("content", [
    TEXT.encode(), b"", b"\xef\xbb\xbf1. One \r\n\r\n\t2. \xff[two]\r", "第一条\n\n【缔约方】应〔采取〕行动。\n".encode()])
def test_every_byte_comes_back(file, tmp_path, content):
    written = tmp_path / "written.md"
    done = text("roundtrip", file(content), "--output", str(written))
    assert done.returncode == 0, (done.stdout, done.stderr)
    assert written.read_bytes() == content


def test_the_paris_draft_has_its_published_counts(file):
    draft = paris()
    if draft is None:
        pytest.skip("the drafts of the Paris Agreement are not beside the checkout (shared/data)")
    counted = json.loads(text("inspect", file(draft), "--json").stdout)
    assert [counted[name] for name in ["words", "brackets", "deepestNesting", "options", "unbalanced"]] == [15_031, 1_004, 10, 118, 4]
    assert text("roundtrip", file(draft)).returncode == 0
