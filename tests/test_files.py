"""Records in files: nothing of them is lost, nothing is half-done, and what is not asked for stays as it was."""

import gzip
import json
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import naqi
import pytest
from terminal import in_a_terminal

EXAMPLES = sorted((Path(__file__).parent.parent / "examples").glob("*.txt"))
PAGES = [path.read_text(encoding="utf-8") for path in EXAMPLES]
USUAL = ["title", "body", "place", "agency", "authors", "published", "published_at", "published_raw"]
USUAL += ["source", "tags", "related"]


def run(*arguments: object, stdin: bytes = b"", code: int = 0, **options) -> subprocess.CompletedProcess:
    done = subprocess.run(
        [sys.executable, "-m", "naqi", *map(str, arguments)], input=stdin, capture_output=True, timeout=120, **options
    )
    assert done.returncode == code, done.stderr.decode()
    assert b"Traceback" not in done.stderr
    return done


def records(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_bytes().splitlines()]


def write_records(path: Path, rows: list) -> Path:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path


@pytest.fixture
def pages(tmp_path) -> Path:
    return write_records(tmp_path / "pages.jsonl", [{"id": n, "text": page} for n, page in enumerate(PAGES)])


class TestExtract:
    def test_the_fields_are_those_of_the_library(self, pages, tmp_path):
        out = tmp_path / "out.jsonl"
        run("extract", pages, "--fields", "all", "-o", out)
        for row, page in zip(records(out), PAGES, strict=True):
            expected = json.loads(json.dumps(naqi.extract(page).to_dict()))
            assert {name: row[name] for name in expected} == expected
            assert row["text"] == page

    def test_the_usual_fields_stand_behind_those_of_the_record(self, pages, tmp_path):
        out = tmp_path / "out.jsonl"
        run("extract", pages, "-o", out)
        for before, after in zip(pages.read_text().splitlines(), out.read_text().splitlines(), strict=True):
            assert after.startswith(before[:-1] + ',"title":')
            assert list(json.loads(after)) == ["id", "text", *USUAL]

    def test_fields_nesting_and_leaving_the_text_out(self, pages, tmp_path):
        out = tmp_path / "out.jsonl"
        run("extract", pages, "--fields", "body,published", "--into", "naqi", "--drop-text", "-o", out)
        for n, (row, page) in enumerate(zip(records(out), PAGES, strict=True)):
            article = naqi.extract(page)
            date = article.published and article.published.isoformat()
            assert row == {"id": n, "naqi": {"body": article.body, "published": date}}

    def test_options_and_hints_reach_the_library(self, tmp_path):
        rows = [{"page": page, "headline": f"عنوان {n}", "url": "https://sabq.org/1"} for n, page in enumerate(PAGES)]
        source, out = write_records(tmp_path / "in.jsonl", rows), tmp_path / "out.jsonl"
        options = [
            "--text",
            "page",
            "--title",
            "headline",
            "--site",
            "url",
            "--keep",
            "byline",
            "--normalize",
            "search",
        ]
        run("extract", source, *options, "-o", out)
        extractor = naqi.Extractor(keep=["byline"], normalize="search")
        for row, before in zip(records(out), rows, strict=True):
            article = extractor(before["page"], title=before["headline"], site=before["url"])
            assert (row["title"], row["body"]) == (article.title, article.body)

    def test_a_field_that_a_record_has_stays_and_it_is_said(self, tmp_path):
        rows = [{"title": 7, "text": "وصل الوفد أمس.", "tags": None}]
        out = tmp_path / "out.jsonl"
        done = run("extract", write_records(tmp_path / "in.jsonl", rows), "-o", out)
        (row,) = records(out)
        assert (row["title"], row["tags"]) == (7, None)
        assert (row["naqi_title"], row["naqi_tags"], row["body"]) == (None, [], "وصل الوفد أمس.")
        assert "1 records had a field 'title' already" in done.stderr.decode()

    def test_a_field_of_hints_that_no_record_has_is_said(self, pages, tmp_path):
        done = run("extract", pages, "--title", "headlin", "-o", tmp_path / "out.jsonl")
        assert "no record has text in a field 'headlin'" in done.stderr.decode()

    def test_html_is_said(self, tmp_path):
        source = write_records(tmp_path / "in.jsonl", [{"text": "<div><p>خبر أول.</p><p>خبر ثان.</p></div>" * 10}])
        assert "look like HTML" in run("extract", source, "-o", tmp_path / "out.jsonl").stderr.decode()

    def test_unknown_fields_are_named(self, pages, tmp_path):
        message = run("extract", pages, "--fields", "bdy", "-o", tmp_path / "out.jsonl", code=2).stderr.decode()
        assert "bdy" in message
        assert "body" in message

    def test_templates_are_learnt_in_a_first_reading_or_read_from_a_file(self, tmp_path):
        stories = ["فاز فريق الحي أمس.", "سقط المطر ليلا.", "وصلت القافلة.", "افتتحت القاعة الجديدة."]
        rows = [{"text": f"{story}\nزاوية القارئ الكريم", "site": "example.com"} for story in stories]
        source, out = write_records(tmp_path / "in.jsonl", rows), tmp_path / "out.jsonl"
        run("extract", source, "--site", "site", "-o", out)
        assert [row["body"] for row in records(out)] == [row["text"] for row in rows]
        run("extract", source, "--site", "site", "--templates", "learn", "-o", out)
        assert [row["body"] for row in records(out)] == stories
        learnt = tmp_path / "example.naqi"
        naqi.Templates.learn([row["text"] for row in rows], site="example.com").save(learnt)
        run("extract", source, "--site", "site", "--templates", learnt, "-o", out)
        assert [row["body"] for row in records(out)] == stories
        assert "twice" in run("extract", "-", "--templates", "learn", "-o", out, code=2).stderr.decode()
        run("extract", source, "--templates", "no.naqi", "-o", out, code=1)


class TestNormalizeAndSentences:
    LINE = (
        '{ "n" : 123456789012345678901234567890.10e2, "text":"الأخبـــار\\n\\u0627", "é":"\\u00e9\\/", '
        '"at":"2015-07-21T00:00:00Z", "n":1 ,"d":[1 ,{}] }'
    )

    def test_every_other_byte_stays(self, tmp_path):
        source, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
        source.write_bytes(self.LINE.encode() + b"\r\n")
        run("normalize", source, "-o", out)
        expected = self.LINE.replace("الأخبـــار\\n\\u0627", "الاخبار\\nا")
        assert out.read_bytes() == expected.encode() + b"\r\n"

    def test_a_text_that_does_not_change_keeps_its_escapes(self, tmp_path):
        source, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
        source.write_bytes(self.LINE.encode() + b"\n")
        run("normalize", "--preset", "none", "--unicode", "keep", source, "-o", out)
        assert out.read_bytes() == source.read_bytes()

    def test_sentences_are_added(self, pages, tmp_path):
        out = tmp_path / "out.jsonl"
        run("sentences", pages, "-o", out)
        assert [row["sentences"] for row in records(out)] == naqi.split_sentences(PAGES)
        run("sentences", pages, "--newlines", "wrap", "--into", "x", "-o", out)
        assert [row["x"]["sentences"] for row in records(out)] == naqi.split_sentences(PAGES, newlines="wrap")

    def test_plain_text_out(self, pages, tmp_path):
        out = tmp_path / "out.txt"
        run("normalize", pages, "-o", out)
        assert out.read_text(encoding="utf-8") == "".join(naqi.normalize(p).rstrip("\n") + "\n" for p in PAGES)
        run("sentences", pages, "-o", out)
        lines = run("sentences", *EXAMPLES).stdout
        assert out.read_bytes() == lines
        assert "fields" in run("extract", pages, "-o", out, code=2).stderr.decode()


class TestForms:
    @pytest.mark.parametrize("packing", ["", ".gz", ".zst"])
    def test_packed_files_are_read_and_written(self, pages, tmp_path, packing):
        packed, out = tmp_path / f"a.jsonl{packing}", tmp_path / "out.jsonl"
        run("normalize", pages, "-o", packed)
        run("normalize", "--preset", "none", "--unicode", "keep", packed, "-o", out)
        assert [row["text"] for row in records(out)] == naqi.normalize(PAGES)
        if packing == ".gz":
            assert gzip.decompress(packed.read_bytes()) == out.read_bytes()

    def test_gzip_of_others_is_read_whatever_its_name(self, pages, tmp_path):
        packed = tmp_path / "a.jsonl"
        data = pages.read_bytes()
        packed.write_bytes(gzip.compress(data[:100]) + gzip.compress(data[100:]))
        plain = run("normalize", "--from", "jsonl", "-", "-o", "-", stdin=data).stdout
        assert run("normalize", packed).stdout == plain
        assert run("normalize", "-", "--from", "jsonl", stdin=packed.read_bytes()).stdout == plain

    def test_a_folder_of_texts_is_one_document_each(self, tmp_path):
        folder = tmp_path / "texts"
        (folder / "sub").mkdir(parents=True)
        (folder / "b.txt").write_text("وصل. ذهب.", encoding="utf-8-sig")
        (folder / "sub" / "a.txt").write_text("", encoding="utf-8")
        (folder / "image.png").write_bytes(b"\x89PNG")
        write_records(folder / "c.jsonl", [{"text": "x."}])
        out = tmp_path / "out.jsonl"
        run("sentences", folder, "-o", out)
        assert records(out) == [
            {"file": f"{folder}/b.txt", "text": "وصل. ذهب.", "sentences": ["وصل.", "ذهب."]},
            {"text": "x.", "sentences": ["x."]},
            {"file": f"{folder}/sub/a.txt", "text": "", "sentences": []},
        ]

    def test_a_text_takes_hints_as_they_are(self, tmp_path):
        out = tmp_path / "out.jsonl"
        run("extract", EXAMPLES[0], "--title", "عنوان آخر", "--drop-text", "-o", out)
        (row,) = records(out)
        assert row["title"] == naqi.extract(PAGES[0], title="عنوان آخر").title
        assert "text" not in row

    def test_patterns_are_walked_where_the_shell_did_not(self, tmp_path):
        for name in ("b", "a"):
            write_records(tmp_path / f"{name}.jsonl", [{"text": name}])
        assert run("normalize", f"{tmp_path}/*.jsonl").stdout == b'{"text": "a"}\n{"text": "b"}\n'

    def test_records_without_an_output_go_to_standard_output(self, pages):
        done = run("normalize", pages)
        assert len(done.stdout.splitlines()) == len(PAGES)
        assert done.stderr == b""

    @pytest.mark.parametrize("name", ["a.tsv", "a.json", "a.xlsx", "a"])
    def test_other_files_are_told_the_way_out(self, tmp_path, name):
        (tmp_path / name).write_bytes(b"x")
        message = run("normalize", tmp_path / name, "-o", tmp_path / "out.jsonl", code=2).stderr.decode()
        assert ".jsonl and .txt" in message
        assert "naqi writes .jsonl" in run("normalize", EXAMPLES[0], "-o", "a.json", code=2).stderr.decode()

    def test_results_do_not_depend_on_threads_or_parts(self, tmp_path):
        rows = [{"n": n, "text": PAGES[n % len(PAGES)] * (n % 3)} for n in range(3000)]
        source = write_records(tmp_path / "in.jsonl", rows)
        outs = []
        for threads, part in [(1, 10_000), (2, 10_000), (3, 7)]:
            out = tmp_path / f"{threads}-{part}.jsonl"
            run("sentences", source, "--threads", threads, "--part", part, "-o", out)
            outs.append(out.read_bytes())
        assert outs[0] == outs[1] == outs[2]
        assert [row["n"] for row in records(out)] == list(range(3000))


GOOD = [b'{"text":"a"}\n', b'{"k":1,"k":2,"text":"b"}\r\n', b'{"text":"last"}']
BROKEN = {
    b'{"text": "trunc\n': "truncated",
    b"\n": "blank",
    b" \t\r\n": "blank",
    b'{"id":1}\n': 'no field "text"',
    b'{"text":null}\n': "null",
    b'{"text":["a"]}\n': "an array",
    b'{"text":"\xff"}\n': "UTF-8",
    b'{"text":"a","x":"\xd8"}\n': "UTF-8",
    b'{"text":"a\\ud800b"}\n': "surrogate",
    b'{"text":"' + b"x" * 30_000_000 + b'"}\n': "longer",
    b'["text"]\n': "array",
    b'{"text":"a"} {"text":"b"}\n': "trailing",
    b'{"text":"a","text":"b"}\n': "twice",
    b'{"text":"a","n":NaN}\n': "not JSON",
    b"text\n": "not JSON",
    b"\x00\n": "not JSON",
}


class TestBrokenInput:
    def test_it_is_put_aside_with_its_place_and_the_rest_is_done(self, tmp_path):
        lines = [b"\xef\xbb\xbf" + GOOD[0], *BROKEN, *GOOD[1:]]
        source, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
        source.write_bytes(b"".join(lines))
        (tmp_path / "empty.jsonl").touch()
        done = run("normalize", tmp_path / "empty.jsonl", source, "-o", out)
        assert out.read_bytes() == b"".join(GOOD) + b"\n"
        rejects = records(tmp_path / "out.jsonl.rejects.jsonl")
        assert [row["line"] for row in rejects] == list(range(2, 2 + len(BROKEN)))
        data = source.read_bytes()
        for row, (line, reason) in zip(rejects, BROKEN.items(), strict=True):
            assert list(row) == ["file", "line", "byte", "reason"]
            assert row["file"] == str(source)
            assert data[row["byte"] : row["byte"] + len(line)] == line
            assert reason in row["reason"]
        assert f"{len(lines)} documents in, 3 out, {len(BROKEN)} rejected" in done.stderr.decode()

    @pytest.mark.parametrize("command", ["extract", "normalize", "sentences"])
    @pytest.mark.parametrize("line", BROKEN, ids=range(len(BROKEN)))
    def test_each_alone(self, tmp_path, command, line):
        source, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
        source.write_bytes(line)
        run(command, source, "-o", out, code=1)
        assert out.read_bytes() == b""
        assert len(records(tmp_path / "out.jsonl.rejects.jsonl")) == 1

    def test_a_field_that_no_record_has_is_an_error_that_names_those_there(self, tmp_path):
        source = write_records(tmp_path / "in.jsonl", [{"id": n, "text": "خبر"} for n in range(20_000)])
        done = run("normalize", source, "--text", "txt", "-o", tmp_path / "out.jsonl", code=1)
        said = done.stderr.decode().splitlines()
        reason = "20,000 rejected: no field \"txt\" (there are: id, text) (did you mean 'text'?)"
        assert said[1:] == [f"naqi: {reason} (first: {source}:1)", "naqi: every record was rejected"]
        quiet = run("normalize", source, "--text", "txt", "--quiet", "-o", tmp_path / "out.jsonl", code=1)
        assert reason in quiet.stderr.decode()
        assert run("report", source, "--text", "txt", code=1).stdout.startswith(b"0 pages")

    def test_the_reasons_are_counted_and_few(self, tmp_path):
        source, lines = tmp_path / "in.jsonl", [b'{"n":%d,"text":%d}' % (n, n) for n in range(30)]
        lines += [b'{"t%d":1}' % n for n in range(40)] + [b'{"text":"' + b"x" * n for n in range(20)]
        lines += [b"[]", b"null", b"text", b"", b'{"text":""}']
        source.write_bytes(b"\n".join(lines))
        said = run("normalize", source, "-o", tmp_path / "out.jsonl").stderr.decode().splitlines()
        assert [line.split(" rejected")[0] for line in said[1:]] == [
            "naqi: 40",
            "naqi: 30",
            "naqi: 20",
            *["naqi: 1"] * 2,
            "naqi: 2",
        ]
        assert said[1].endswith(f'no field "text" (there are: t0) (first: {source}:31)')
        assert said[-1] == "naqi: 2 rejected for other reasons"
        streamed = run("normalize", source).stderr.decode().splitlines()
        assert streamed[0].endswith('in.jsonl:1: the field "text" is a number, not a string')
        assert streamed[-6:] == said[-6:]

    def test_strict_stops_at_the_first_and_changes_nothing(self, tmp_path):
        source, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
        source.write_bytes(GOOD[0] + b"[]\nnull\n")
        out.write_bytes(b"old")
        message = run("normalize", source, "--strict", "-o", out, code=1).stderr.decode()
        assert message == f"naqi: {source}:2: an array, not an object\n"
        assert out.read_bytes() == b"old"
        assert sorted(path.name for path in tmp_path.iterdir()) == ["in.jsonl", "out.jsonl"]

    def test_a_longer_record_is_taken_where_that_is_asked_for(self, tmp_path):
        line = b'{"text":"' + b"x" * 30_000_000 + b'"}\n'
        assert run("normalize", "-", "--from", "jsonl", "--max-record", "64M", stdin=line).stdout == line
        assert (
            run("normalize", "-", "--from", "jsonl", "--max-record", "1K", stdin=GOOD[0] + line[:2000]).stdout
            == GOOD[0]
        )

    def test_rejects_of_a_stream_are_told_and_kept_where_asked(self, tmp_path):
        done = run("normalize", "-", "--from", "jsonl", stdin=b'[]\n{"text":"a"}\n')
        assert done.stdout == b'{"text":"a"}\n'
        assert "naqi: standard input:1: an array, not an object\n" in done.stderr.decode()
        kept = tmp_path / "rejects.jsonl"
        done = run("normalize", "-", "--from", "jsonl", "--rejects", kept, stdin=b'[]\n{"text":"a"}\n')
        assert records(kept) == [{"file": "-", "line": 1, "byte": 0, "reason": "an array, not an object"}]

    def test_rejects_of_an_earlier_job_go(self, tmp_path):
        source, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
        source.write_bytes(b"[]\n")
        run("normalize", source, "-o", out, code=1)
        assert (tmp_path / "out.jsonl.rejects.jsonl").exists()
        source.write_bytes(GOOD[0])
        run("normalize", source, "-o", out)
        assert sorted(path.name for path in tmp_path.iterdir()) == ["in.jsonl", "out.jsonl"]

    def test_missing_files_are_named_and_the_others_done(self, pages, tmp_path):
        out = tmp_path / "out.jsonl"
        message = run("normalize", tmp_path / "no.jsonl", pages, "-o", out, code=1).stderr.decode()
        assert message.startswith(f"naqi: {tmp_path}/no.jsonl: No such file or directory\n")
        assert len(records(out)) == len(PAGES)
        out.write_bytes(b"old")
        run("normalize", tmp_path / "no.jsonl", "-o", out, code=1)
        assert out.read_bytes() == b"old"

    @pytest.mark.parametrize("packing", [".gz", ".zst"])
    def test_a_packed_file_that_breaks_off_gives_what_it_has(self, tmp_path, packing):
        rows = [{"n": n, "text": str(random.Random(n).random())} for n in range(20_000)]
        packed, out = tmp_path / f"a.jsonl{packing}", tmp_path / "out.jsonl"
        run("normalize", write_records(tmp_path / "in.jsonl", rows), "--part", 500, "-o", packed)
        packed.write_bytes(packed.read_bytes()[: packed.stat().st_size // 2])
        message = run("normalize", packed, "-o", out, code=1).stderr.decode()
        assert message.startswith(f"naqi: {packed}: ")
        there = records(out)
        assert there == rows[: len(there)]
        assert 5000 < len(there) < 15_000
        (reject,) = records(tmp_path / "out.jsonl.rejects.jsonl")
        assert reject["line"] == len(there) + 1
        assert "cannot be read further" in reject["reason"]

    def test_texts_that_are_not_utf_8(self, tmp_path):
        (tmp_path / "a.txt").write_bytes(b"ab\nc\xff")
        out = tmp_path / "out.jsonl"
        run("sentences", tmp_path / "a.txt", "-o", out, code=1)
        (reject,) = records(tmp_path / "out.jsonl.rejects.jsonl")
        assert (reject["line"], reject["byte"]) == (1, 0)
        assert "at byte 4" in reject["reason"]


class TestOutput:
    def test_an_input_is_never_overwritten(self, pages, tmp_path):
        before = pages.read_bytes()
        (tmp_path / "link.jsonl").symlink_to(pages)
        for out in (pages, tmp_path / "link.jsonl"):
            assert "would be written" in run("normalize", pages, "-o", out, code=2).stderr.decode()
            assert "would be written" in run("normalize", tmp_path, "-o", out, code=2).stderr.decode()
        assert pages.read_bytes() == before

    def test_a_folder_that_is_not_there(self, pages, tmp_path):
        message = run("normalize", pages, "-o", tmp_path / "no" / "out.jsonl", code=1).stderr.decode()
        assert message == f"naqi: {tmp_path}/no/out.jsonl: cannot write: No such file or directory\n"

    def test_permissions_and_links_of_an_old_file_stay(self, pages, tmp_path):
        real, link = tmp_path / "real.jsonl", tmp_path / "out" / "link.jsonl"
        link.parent.mkdir()
        real.write_bytes(b"old")
        real.chmod(0o640)
        link.symlink_to(real)
        run("normalize", pages, "-o", link)
        assert link.is_symlink()
        assert real.stat().st_mode & 0o777 == 0o640
        assert len(records(real)) == len(PAGES)

    @pytest.mark.skipif(not os.path.exists("/dev/full"), reason="this system has no /dev/full")
    def test_a_full_device_is_said(self, pages):
        message = run("normalize", pages, "-o", "/dev/full", code=1).stderr.decode()
        assert message == "naqi: /dev/full: cannot write: No space left on device\n"

    def test_a_full_disk_leaves_the_old_file_and_the_way_on(self, tmp_path):
        source = write_records(tmp_path / "in.jsonl", [{"text": "x" * 1000}] * 3000)
        out = tmp_path / "out.jsonl"
        out.write_bytes(b"old")
        limit = lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (2_000_000, 2_000_000))  # noqa: E731
        message = run("normalize", source, "--part", 500, "-o", out, code=1, preexec_fn=limit).stderr.decode()
        assert "cannot write: File too large" in message
        assert "--resume" in message
        assert out.read_bytes() == b"old"
        run("normalize", source, "--part", 500, "--resume", "-o", out)
        assert out.read_bytes() == source.read_bytes()

    def test_a_closed_pipe_is_quiet(self, tmp_path):
        source = write_records(tmp_path / "in.jsonl", [{"text": "x" * 1000}] * 20_000)
        child = subprocess.Popen(
            [sys.executable, "-m", "naqi", "normalize", source], stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        child.stdout.readline()
        child.stdout.close()
        assert child.stderr.read() == b""
        child.stderr.close()
        assert child.wait(30) == 141

    def test_ctrl_c_ends_a_job_that_waits_for_its_input(self, tmp_path):
        child = subprocess.Popen(
            [sys.executable, "-m", "naqi", "normalize", "-", "-o", tmp_path / "out.jsonl"],
            stdin=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        wait_for(tmp_path / "out.jsonl.partial" / "manifest")
        child.send_signal(signal.SIGINT)
        assert child.wait(30) == 130
        assert b"Traceback" not in child.stderr.read()
        child.stdin.close()
        child.stderr.close()
        assert not (tmp_path / "out.jsonl").exists()

    def test_two_jobs_do_not_write_one_file(self, pages, tmp_path):
        first = subprocess.Popen(
            [sys.executable, "-m", "naqi", "normalize", "-", "-o", tmp_path / "out.jsonl"],
            stdin=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        wait_for(tmp_path / "out.jsonl.partial" / "manifest")
        message = run("normalize", pages, "-o", tmp_path / "out.jsonl", code=1).stderr.decode()
        assert "another job is writing" in message
        first.communicate(GOOD[0])
        assert first.returncode == 0
        assert (tmp_path / "out.jsonl").read_bytes() == GOOD[0]


def wait_for(path: Path) -> None:
    """Returns once there is such a file with something in it."""
    for _ in range(3000):
        if path.exists() and path.stat().st_size:
            return
        time.sleep(0.01)
    raise AssertionError(f"{path} never came")


class TestResume:
    @pytest.mark.parametrize(("packing", "kills"), [("", 20), (".gz", 5), (".zst", 5)])
    def test_after_kill_9_at_any_moment_the_result_is_the_same(self, tmp_path, packing, kills):
        rows: list = [{"n": n, "text": PAGES[n % len(PAGES)] * 3} for n in range(2500)]
        rows[7::100] = [None] * len(rows[7::100])
        sources = [write_records(tmp_path / "a.jsonl", rows[:1000]), tmp_path / "b.jsonl.gz"]
        sources[1].write_bytes(gzip.compress(write_records(tmp_path / "b.jsonl", rows[1000:]).read_bytes(), 1))
        whole, out = tmp_path / f"whole.jsonl{packing}", tmp_path / f"out.jsonl{packing}"
        job = [sys.executable, "-m", "naqi", "extract", *sources, "--part", "40", "--quiet"]
        subprocess.run([*job, "-o", whole], check=True)
        rejects = [Path(f"{path}.rejects.jsonl") for path in (whole, out)]
        chance = random.Random(f"kill{packing}")
        manifest = tmp_path / f"out.jsonl{packing}.partial" / "manifest"
        out.write_bytes(b"old")
        killed = 0
        while killed < kills:
            child = subprocess.Popen([*job, "--resume", "-o", out])
            if chance.random() < 0.8:
                wait_for(manifest)
            time.sleep(chance.random() * 0.25)
            child.kill()
            if child.wait() == -signal.SIGKILL:
                killed += 1
            if out.read_bytes() != b"old":  # it came to its end
                assert out.read_bytes() == whole.read_bytes()
                out.write_bytes(b"old")
                shutil.rmtree(manifest.parent, ignore_errors=True)  # killed when the output was in its place
        done = run("extract", *sources, "--part", 40, "--resume", "-o", out)
        assert out.read_bytes() == whole.read_bytes()
        assert rejects[0].read_bytes() == rejects[1].read_bytes()
        assert f"{len(rows):,} documents in" in done.stderr.decode()
        assert not manifest.parent.exists()

    @pytest.fixture
    def stopped(self, tmp_path) -> tuple[Path, Path]:
        """An input, and the output of a job that was stopped on the way."""
        source = write_records(tmp_path / "in.jsonl", [{"n": n, "text": "خبرٌ " * 50} for n in range(5000)])
        out = tmp_path / "out.jsonl"
        limit = lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, 1_000_000))  # noqa: E731
        run("normalize", source, "--part", 100, "-o", out, code=1, preexec_fn=limit)
        return source, out

    def test_what_was_done_is_not_done_again(self, stopped):
        source, out = stopped
        done = run("normalize", source, "--part", 100, "--resume", "-o", out).stderr.decode()
        resumed = int(done.split("; ")[1].split(" of them")[0].replace(",", ""))
        assert 1000 < resumed < 5000
        assert [row["n"] for row in records(out)] == list(range(5000))

    def test_another_job_is_not_resumed(self, stopped):
        source, out = stopped
        for options in (["--preset", "search", "--part", 100], ["--part", 50], ["--into", "x", "--part", 100]):
            command = "sentences" if "--into" in options else "normalize"
            message = run(command, source, *options, "--resume", "-o", out, code=1).stderr.decode()
            assert "cannot resume" in message
        with source.open("ab") as file:
            file.write(GOOD[0])
        message = run("normalize", source, "--part", 100, "--resume", "-o", out, code=1).stderr.decode()
        assert "inputs are others, or have changed" in message
        run("normalize", source, "--part", 100, "-o", out)
        assert len(records(out)) == 5001

    def test_a_damaged_part_is_done_again(self, stopped):
        source, out = stopped
        part = Path(f"{out}.partial/output")
        data = bytearray(part.read_bytes())
        data[len(data) // 2] ^= 1
        part.write_bytes(data)
        run("normalize", source, "--part", 100, "--resume", "-o", out)
        assert [row["n"] for row in records(out)] == list(range(5000))
        assert {row["text"] for row in records(out)} == {"خبر " * 50}

    def test_standard_input_cannot_be_read_again(self, tmp_path):
        assert "--resume needs files" in run("normalize", "-", "--resume", "-o", "x.jsonl", code=2).stderr.decode()


class TestTelling:
    def test_quiet_is_quiet(self, pages, tmp_path):
        assert run("normalize", pages, "--quiet", "-o", tmp_path / "out.jsonl").stderr == b""

    def test_the_log_is_json(self, pages, tmp_path):
        pages.write_bytes(pages.read_bytes() + b"[]\n")
        done = run("normalize", pages, "no.jsonl", "--json-log", "-o", tmp_path / "out.jsonl", code=1)
        events = [json.loads(line) for line in done.stderr.splitlines()]
        assert [event["event"] for event in events] == ["error", "start", "done"]
        assert events[0]["file"] == "no.jsonl"
        assert (events[2]["records"], events[2]["documents"], events[2]["rejected"]) == (4, 3, 1)
        assert events[2]["rejects_file"] == f"{tmp_path}/out.jsonl.rejects.jsonl"

    def test_a_terminal_gets_a_bar_and_a_pipe_does_not(self, tmp_path):
        source = write_records(tmp_path / "in.jsonl", [{"text": PAGES[0]}] * 20_000)
        job = [sys.executable, "-m", "naqi", "sentences", source, "-o", tmp_path / "out.jsonl"]
        shown = in_a_terminal(job, TERM="xterm", COLUMNS="120")
        assert "█".encode() in shown
        assert b" documents" in shown
        assert "█".encode() not in run("sentences", source, "-o", tmp_path / "out.jsonl").stderr

    @pytest.mark.parametrize(
        "option", [["--into", "x"], ["--drop-text"], ["--strict"], ["--resume"], ["--threads", "2"]]
    )
    def test_options_for_records_are_refused_for_texts(self, option):
        assert "records in files" in run("extract", EXAMPLES[0], *option, code=2).stderr.decode()

    @pytest.mark.parametrize("option", [["--threads", "0"], ["--part", "x"], ["--max-record", "1X"], ["--json"]])
    def test_wrong_uses(self, pages, option):
        run("extract", pages, *option, code=2)


class TestReport:
    def test_it_counts_by_category_rule_and_site(self, tmp_path):
        rows = [{"text": page, "url": f"https://www.example{n % 2}.org/x"} for n, page in enumerate(PAGES)]
        source = write_records(tmp_path / "in.jsonl", rows)
        shown = json.loads(run("report", source, "--site", "url", "--json").stdout)
        cuts = [naqi.find_boilerplate(row["text"], site=row["url"]) for row in rows]
        assert (shown["pages"], shown["characters"]) == (len(PAGES), sum(map(len, PAGES)))
        for category, counted in shown["categories"].items():
            of_it = [cut for found in cuts for cut in found if cut.category == category]
            assert counted["cuts"] == len(of_it) == sum(counted["rules"].values())
            assert counted["characters"] == sum(cut.end - cut.start for cut in of_it)
            assert counted["pages"] == sum(any(cut.category == category for cut in found) for found in cuts)
        assert {site: counted["pages"] for site, counted in shown["sites"].items()} == {
            "example0.org": 2,
            "example1.org": 1,
        }

    def test_it_is_a_table_for_people(self, tmp_path):
        shown = run("report", *EXAMPLES).stdout.decode()
        assert shown.startswith(f"{len(PAGES)} pages, ")
        assert max(map(len, shown.splitlines())) <= 80
        run("report", *EXAMPLES, "-o", tmp_path / "report.txt")
        assert (tmp_path / "report.txt").read_text() == shown
