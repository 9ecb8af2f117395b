"""Tables on the command line: rows in order, other columns as they were, nothing dropped silently or half-done."""

import gzip
import json
import os
import subprocess
import sys
from pathlib import Path

import naqi
import pytest
from tables import PAGE, duckdb, rows, run

OTHERS = """i AS id, i::HUGEINT * 100000000000000000 AS huge, uuid() AS uuid, (i / 8)::DECIMAL(10,3) AS exact,
    TIMESTAMPTZ '2024-01-01 00:00:00+03' AS at, [i, NULL] AS list, {'a': i} AS struct, MAP {'k': i} AS map,
    (i % 2 = 0) AS flag, ''::BLOB AS blob, NULLIF(i % 3, 0) AS holes"""


def make(path: Path, count: int = 5000, text: str = "'{0}' || i", others: str = OTHERS) -> Path:
    text = text.format(PAGE)
    duckdb.connect().execute(f"COPY (SELECT {others}, {text} AS text FROM range({count}) r(i)) TO '{path}'")
    return path


@pytest.fixture
def table(tmp_path) -> Path:
    return make(tmp_path / "in.parquet", text="CASE WHEN i % 1000 <> 7 THEN '{0}' || i END")


def test_other_columns_and_the_order_of_rows_stay(table, tmp_path):
    out = tmp_path / "out.parquet"
    said = run("extract", table, "-o", out, "--fields", "body,authors")
    assert "5,000 documents in, 4,995 out, 5 rejected" in said
    kinds = [(name, kind) for name, kind, *_ in duckdb.connect().execute(f"DESCRIBE FROM '{table}'").fetchall()]
    after = [(name, kind) for name, kind, *_ in duckdb.connect().execute(f"DESCRIBE FROM '{out}'").fetchall()]
    assert after == [*kinds, ("body", "VARCHAR"), ("authors", "VARCHAR[]")]
    assert rows(out, "* EXCLUDE (body, authors)") == rows(table, where="text IS NOT NULL")
    assert rows(out, "text, body")[:9] == [(t, naqi.extract(t).body) for (t,) in rows(out, "text")[:9]]


def test_rows_without_text_are_noted_as_rejects(table, tmp_path):
    run("normalize", table, "-o", tmp_path / "out.parquet", "--quiet")
    noted = [json.loads(line) for line in (tmp_path / "out.parquet.rejects.jsonl").read_text().splitlines()]
    assert [note["row"] for note in noted] == [8, 1008, 2008, 3008, 4008]
    assert {note["file"] for note in noted} == {str(table)}


def test_strict_stops_at_the_first_and_leaves_the_old_output(table, tmp_path):
    out = tmp_path / "out.parquet"
    out.write_bytes(b"old")
    assert "row 8" in run("extract", table, "--strict", "-o", out, code=1)
    assert out.read_bytes() == b"old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.parquet", "out.parquet"]


def test_all_fields_are_those_of_the_library(tmp_path):
    out = tmp_path / "out.parquet"
    run("extract", make(tmp_path / "in.parquet", 3), "--fields", "all", "--into", "naqi", "--drop-text", "-o", out)
    expected = naqi.extract(f"{PAGE}2").to_dict()
    (got,) = rows(out, "naqi", "id = 2")[0]
    assert list(got) == list(expected)
    assert got["body"] == expected["body"]
    assert got["sentences"] == expected["sentences"]
    assert "text" not in duckdb.connect().execute(f"FROM '{out}'").df().columns


def test_csv_stays_as_it_is_written(tmp_path):
    source, out = tmp_path / "in.csv.gz", tmp_path / "out.csv"
    source.write_bytes(gzip.compress("id,n,text\n007,1.50,الأخبـــار\n008,9007199254740993,نص\n".encode()))
    run("normalize", source, "-o", out)
    assert out.read_text() == "id,n,text\n007,1.50,الاخبار\n008,9007199254740993,نص\n"
    run("sentences", out, "-o", tmp_path / "out.csv.gz", "--drop-text")
    assert (
        gzip.decompress((tmp_path / "out.csv.gz").read_bytes()).decode().splitlines()[1] == '007,1.50,"[""الاخبار""]"'
    )


def test_a_query_is_an_input(tmp_path):
    out = tmp_path / "out.parquet"
    run("sentences", "duckdb:SELECT 1 AS a, 'نص.' AS text UNION ALL SELECT 2, 'خبر.' ORDER BY a DESC;", "-o", out)
    assert rows(out) == [(2, "خبر.", ["خبر."]), (1, "نص.", ["نص."])]


def test_hints_are_columns(tmp_path):
    out = tmp_path / "out.parquet"
    said = run(
        "extract",
        f"duckdb:SELECT '{PAGE}' AS text, 'عنوان الخبر' AS head, NULL::VARCHAR AS site",
        "--title",
        "head",
        "--site",
        "site",
        "-o",
        out,
    )
    assert rows(out, "title") == [("عنوان الخبر",)]
    assert "no record has text in a field 'site' (--site)" in said


def test_a_column_that_is_there_is_not_overwritten(tmp_path):
    out = tmp_path / "out.parquet"
    said = run("extract", f"duckdb:SELECT '{PAGE}' AS text, 5 AS body", "--fields", "body", "-o", out)
    assert rows(out, "body, naqi_body") == [(5, naqi.extract(PAGE).body)]
    assert "naqi_body" in said


def test_several_tables_become_one_and_must_be_alike(tmp_path):
    for name in "ba":
        make(tmp_path / f"{name}.parquet", 3, text=f"'{name}' || i", others="i AS id")
    run("normalize", f"{tmp_path}/*.parquet", "-o", tmp_path / "out.csv")
    assert [text for (text,) in rows(tmp_path / "out.csv", "text")] == ["a0", "a1", "a2", "b0", "b1", "b2"]
    make(tmp_path / "c.parquet", 1, others="i AS other")
    assert "union_by_name" in run("normalize", tmp_path / "a.parquet", tmp_path / "c.parquet", "-o", "x.csv", code=2)


@pytest.mark.parametrize("name", ["صفحات.parquet", "a'b.parquet", 'a"b.parquet', "a*b.parquet", "a[1]?.parquet"])
def test_a_name_means_that_file_alone(tmp_path, name):
    for other in ("acb.parquet", "a1x.parquet"):
        make(tmp_path / other, 1, text="'x'", others="i AS id")
    source = tmp_path / name
    make(tmp_path / "made.parquet", 2, text="'x' || i", others="i AS id").rename(source)
    run("normalize", source, "-o", tmp_path / "out.csv")
    assert [text for (text,) in rows(tmp_path / "out.csv", "text")] == ["x0", "x1"]


def test_tables_of_no_rows(tmp_path):
    run("extract", make(tmp_path / "in.parquet", 0), "-o", tmp_path / "out.parquet")
    assert rows(tmp_path / "out.parquet", "title") == []


def test_templates_are_learnt_in_a_first_reading(tmp_path):
    stories = ["فاز فريق الحي أمس.", "سقط المطر ليلا.", "وصلت القافلة.", "افتتحت القاعة الجديدة."]
    values = ", ".join(f"('{story}' || chr(10) || 'زاوية القارئ الكريم', 'example.com')" for story in stories)
    out = tmp_path / "out.parquet"
    for source in ("in.parquet", "in.csv"):
        duckdb.connect().execute(f"COPY (FROM (VALUES {values}) t(text, site)) TO '{tmp_path / source}'")
        run("extract", tmp_path / source, "--site", "site", "--fields", "body", "-o", out)
        assert all("زاوية" in body for (body,) in rows(out, "body"))
        run("extract", tmp_path / source, "--site", "site", "--templates", "learn", "--fields", "body", "-o", out)
        assert [body for (body,) in rows(out, "body")] == stories
    done = subprocess.run(
        [sys.executable, "-m", "naqi", "report", tmp_path / source, "--site", "site", "--templates", "learn"],
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert "template" in done.stdout, done.stdout + done.stderr


def test_the_sentences_may_be_nested_as_in_records(tmp_path):
    out = tmp_path / "out.parquet"
    run("sentences", "duckdb:SELECT 'خبر. وآخر.' AS text", "--into", "naqi", "--drop-text", "-o", out)
    assert rows(out) == [({"sentences": ["خبر.", "وآخر."]},)]
    said = run("sentences", "duckdb:SELECT 'خبر.' AS text, 1 AS naqi", "--into", "naqi", "-o", out, code=2)
    assert "--into NAME" in said


def test_pages_of_html_are_counted(tmp_path):
    page = "<html><body><p>خبر</p><div>خبر</div><p>خبر</p></body></html>"
    said = run("extract", f"duckdb:SELECT '{page}' AS text FROM range(3)", "-o", tmp_path / "out.parquet")
    assert "3 texts look like HTML" in said


def test_a_table_without_any_text_is_an_error(tmp_path):
    source = make(tmp_path / "in.parquet", 3, text="NULL::VARCHAR", others="i AS id")
    said = run("normalize", source, "-o", tmp_path / "out.csv", code=1)
    assert f'3 rejected: the field "text" is null, not a string (first: {source}: row 1)' in said
    assert "every record was rejected" in said


def test_the_report_counts_rows_and_names_the_table(table):
    done = subprocess.run([sys.executable, "-m", "naqi", "report", table], capture_output=True, text=True, timeout=120)
    assert done.stdout.startswith("4,995 pages")
    assert f"{table}: row 8: " in done.stderr


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["-o", "x.jsonl"], "a table becomes a table"),
        ([], "a table becomes a table"),
        (["--text", "txt", "-o", "x.csv"], "no column 'txt' (--text)"),
        (["--text", "txt", "-o", "x.csv"], "(did you mean 'text'?)"),
        (["--site", "url", "-o", "x.csv"], "no column 'url' (--site); there are 'id', "),
        (["--text", "id", "-o", "x.csv"], "holds no strings"),
        (["--fields", "none", "-o", "x.csv"], "unknown field 'none'"),
        (["-o", "in.parquet"], "is read and would be written"),
    ],
)
def test_wrong_uses_are_told(table, options, message):
    assert message in run("extract", table.name, *options, code=2, cwd=table.parent)
    assert [path.name for path in table.parent.iterdir()] == ["in.parquet"]


def test_a_broken_table_is_told(tmp_path):
    (tmp_path / "in.parquet").write_bytes(b"x")
    run("extract", tmp_path / "in.parquet", "-o", tmp_path / "out.parquet", code=1)
    run("extract", tmp_path / "none.parquet", "-o", tmp_path / "out.parquet", code=1)
    assert [path.name for path in tmp_path.iterdir()] == ["in.parquet"]


def test_a_table_that_breaks_in_the_middle_is_told(tmp_path):
    source = make(tmp_path / "in.parquet", 50_000, text="'{0}' || i || uuid()", others="i AS id")
    damaged = bytearray(source.read_bytes())
    damaged[len(damaged) // 2 : len(damaged) // 2 + 1000] = bytes(1000)
    source.write_bytes(damaged)
    assert "naqi: " in run("normalize", source, "-o", tmp_path / "out.csv", code=1)
    assert [path.name for path in tmp_path.iterdir()] == ["in.parquet"]


@pytest.mark.parametrize("package", ["duckdb", "pyarrow"])
def test_a_missing_package_is_told_with_the_way_out(table, package):
    (table.parent / f"{package}.py").write_text(f"raise ModuleNotFoundError('none', name={package!r})")
    environment = {**os.environ, "PYTHONPATH": str(table.parent)}
    source = table if package == "pyarrow" else f"duckdb:FROM '{table}'"
    assert "pip install 'naqi[files]'" in run("extract", source, "-o", "x.csv", code=2, env=environment)
