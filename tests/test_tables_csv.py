"""CSV on the command line: a record that is broken is a reject with its place, and costs no other."""

import gzip
import itertools
import json
from pathlib import Path

import pytest
from tables import rows, run


def rejects(out: Path) -> list[dict]:
    return [json.loads(line) for line in Path(f"{out}.rejects.jsonl").read_text(encoding="utf-8").splitlines()]


def work(tmp_path: Path, data: bytes, *options: object, name: str = "in.csv") -> tuple[list, list[dict], str]:
    """Texts that came out, what was rejected, and what was said."""
    source, out = tmp_path / name, tmp_path / "out.parquet"
    source.write_bytes(data)
    said = run("normalize", source, "-o", out, *options)
    noted = rejects(out) if Path(f"{out}.rejects.jsonl").exists() else []
    return [text for (text,) in rows(out, "text")], noted, said


@pytest.mark.parametrize(
    ("data", "texts", "lines"),
    [
        (b"id,text\n1,a\n2,b,c\n3,c\n4\n5,e\n", ["a", "c", "e"], [3, 5]),
        # A line is what an editor shows, a record may be several.
        ('id,text\n1,"أ\nب ""ج"""\n2,b,c\n3,"d\n\ne"\n4,\n'.encode(), ['ا\nب "ج"', "d\n\ne"], [4, 8]),
        (b"id,text\r\n1,a\r\n2,b,c\r\n3,d\r\n", ["a", "d"], [3]),
        (b"\xef\xbb\xbfid,text\n1,a\n2,b,c\n", ["a"], [3]),
        (b"id,text\n1,a\n2,\xff\xd8\n3,c\n", ["a", "c"], [3]),
        (b'id,text\n1,a\n2,"b"x\n3,c\n', ["a", "c"], [3]),
        # A mark that is never closed takes nothing with it.
        (b'id,text\n1,a\n2,"b\n3,c\n4,d\n', ["a", "c", "d"], [3]),
        (b"id,text\n1,a\n\n2,b\n", ["a", "b"], [3]),
        (b"id;text\n1;a,b\n2;b;c\n", ["a,b"], [3]),
        (b"id,text\n", [], []),
    ],
)
def test_a_broken_record_is_a_reject_with_its_place(tmp_path, data, texts, lines):
    got, noted, said = work(tmp_path, data)
    assert got == texts
    assert [note["line"] for note in noted] == lines
    starts = list(itertools.accumulate(map(len, data.splitlines(keepends=True)), initial=0))
    assert [note["byte"] for note in noted] == [starts[line - 1] for line in lines]
    assert f"{len(texts) + len(lines)} documents in, {len(texts)} out, {len(lines)} rejected" in said or not noted


def test_the_reasons_are_told(tmp_path):
    _, noted, _ = work(tmp_path, b'id,text\n0,a\n1,b,c\n2,"b"x\n3,\n4,\xff\n5,"z\n')
    assert [note["reason"] for note in noted] == [
        "more fields than the header has: 3, not 2",
        "a quotation mark stands inside a field; where one is meant it is doubled",
        'the field "text" is null, not a string',
        "not valid UTF-8; convert it: iconv -f windows-1256 -t UTF-8",
        "a quotation mark is never closed",
    ]


def test_a_record_that_is_too_long_is_passed_over(tmp_path):
    data = b"id,text\n1," + b"a" * 200_000 + b'\n2,b\n3,"' + b"c\n" * 50_000 + b'4,"d"\n5,e\n'
    got, noted, _ = work(tmp_path, data, "--max-record", "64K")
    assert (got[0], got[-1]) == ("b", "e")
    assert [note["line"] for note in noted[:2]] == [2, 4]


def test_a_packed_file_is_read_by_what_it_holds(tmp_path):
    assert work(tmp_path, gzip.compress(b"id,text\n1,a\n2,b,c\n"), name="in.csv")[0] == ["a"]


def test_strict_stops_at_the_first(tmp_path):
    (tmp_path / "in.csv").write_bytes(b"id,text\n1,a\n2,b,c\n")
    said = run("normalize", tmp_path / "in.csv", "--strict", "-o", tmp_path / "out.csv", code=1)
    assert "in.csv:3: more fields than the header has: 3, not 2" in said
    assert [path.name for path in tmp_path.iterdir()] == ["in.csv"]


def test_names_that_stand_twice_or_are_missing_get_others(tmp_path):
    (tmp_path / "in.csv").write_bytes(b"text,TEXT,,\na,b,c,d\n")
    run("normalize", tmp_path / "in.csv", "-o", tmp_path / "out.csv")
    assert (tmp_path / "out.csv").read_text() == "text,TEXT_1,column2,column3\na,b,c,d\n"


def test_the_report_counts_broken_lines(tmp_path):
    (tmp_path / "in.csv").write_bytes(b"id,text\n1,a\n2,b,c\n")
    assert "in.csv:3: more fields" in run("report", tmp_path / "in.csv")


@pytest.mark.parametrize("data", ["id,text\n1,خبر\n".encode("utf-16"), b"id,\xff\n", b'id,"te"xt\n', b"id,text\r1,a\r"])
def test_names_that_cannot_be_read_are_told(tmp_path, data):
    (tmp_path / "in.csv").write_bytes(data)
    assert "names of its columns cannot be read" in run("normalize", tmp_path / "in.csv", "-o", "x.csv", code=2)
