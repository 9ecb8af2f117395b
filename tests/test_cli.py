"""The command behaves as a shell user expects."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import naqi
import pytest
from terminal import in_a_terminal

EXAMPLES = Path(__file__).parent.parent / "examples"
PAGE = EXAMPLES / "egyptian_portal.txt"


def run(*arguments: object, stdin: bytes = b"", code: int = 0, **environment: str) -> subprocess.CompletedProcess:
    done = subprocess.run(
        [sys.executable, "-m", "naqi", *map(str, arguments)],
        input=stdin,
        capture_output=True,
        env={**os.environ, **environment},
        timeout=60,
    )
    assert done.returncode == code, done.stderr.decode()
    assert b"Traceback" not in done.stderr
    return done


@pytest.fixture
def page() -> str:
    return PAGE.read_text(encoding="utf-8")


class TestExtract:
    def test_it_shows_headline_facts_and_body(self, page):
        article = naqi.extract(page)
        shown = run("extract", PAGE).stdout.decode()
        assert shown.startswith(article.title)
        for fact in (str(article.published), *article.authors, *article.related):
            assert fact in shown
        assert "".join(article.body.split()) in "".join(shown.split())

    def test_it_fits_80_columns_and_has_no_colours_in_a_pipe(self):
        for arguments in (["extract"], ["extract", "--show-cuts"]):
            shown = run(*arguments, *sorted(EXAMPLES.glob("*.txt"))).stdout.decode()
            assert "\x1b" not in shown
            isolates = {ord("\u2068"): None, ord("\u2069"): None}
            marks = "".join(c for c in shown.translate(isolates) if not "\u064b" <= c <= "\u0655")
            assert max(map(len, marks.splitlines())) <= 80

    def test_json_is_one_object_a_line(self, page):
        files = sorted(EXAMPLES.glob("*.txt"))
        lines = run("extract", "--json", *files).stdout.decode().splitlines()
        assert [json.loads(line)["file"] for line in lines] == [str(file) for file in files]
        for line, file in zip(lines, files, strict=True):
            record = json.loads(line)
            assert record.pop("file") == str(file)
            assert record == json.loads(json.dumps(naqi.extract(file.read_text(encoding="utf-8")).to_dict()))

    def test_show_cuts_shows_every_part_once_with_its_name(self, page):
        shown = run("extract", "--show-cuts", PAGE).stdout.decode().replace("\u2068", "").replace("\u2069", "")
        rows = shown.split("\n\n")[0].splitlines()
        text = "".join(row[12:] for row in rows)
        assert "".join(text.split()) == "".join(page.split())
        named = {row.split()[0] for row in rows if row[0] != " "}
        assert named == {cut.category for cut in naqi.find_boilerplate(page)} | {"title"}
        for cut in naqi.find_boilerplate(page):
            assert cut.rule in shown

    def test_standard_input_is_a_dash(self, page):
        assert run("extract", "-", stdin=page.encode()).stdout == run("extract", PAGE).stdout

    def test_hints_and_choices_reach_the_library(self, page):
        shown = json.loads(
            run(
                "extract", "--json", "--title", "عنوان آخر", "--keep", "byline,date", "--normalize", "search", PAGE
            ).stdout
        )
        extractor = naqi.Extractor(keep=["byline", "date"], normalize="search")
        assert shown["title"] == extractor(page, title="عنوان آخر").title
        assert shown["body"] == extractor(page, title="عنوان آخر").body

    def test_several_pages_are_headed_by_their_names(self):
        shown = run("extract", PAGE, EXAMPLES / "aggregator.txt").stdout.decode()
        assert shown.index("egyptian_portal.txt") < shown.index("aggregator.txt")

    def test_an_empty_page_is_no_error(self):
        assert "0 sentences" in run("extract", "-").stdout.decode()

    def test_html_gets_one_line_of_advice(self):
        done = run("extract", "-", stdin=("<div><p>خبر أول.</p><p>خبر ثان.</p></div>" * 10).encode())
        assert done.stderr.decode().startswith("naqi: standard input: ")
        assert len(done.stderr.splitlines()) == 1

    def test_escape_sequences_of_a_page_do_not_reach_the_terminal(self):
        for option in ([], ["--show-cuts"]):
            done = run("extract", *option, "-", stdin="خبر \x1b[31m أحمر \x07\x9b2J.".encode())
            assert b"\x1b" not in done.stdout
            assert "\x9b" not in done.stdout.decode()


class TestNormalize:
    def test_it_is_a_filter(self):
        assert run("normalize", stdin="الأخبارُ\r\nالعاجـــلة\n".encode()).stdout.decode() == "الاخبار\r\nالعاجلة\n"
        assert run("normalize", "-", stdin="خبرٌ".encode()).stdout.decode() == "خبر"

    def test_files_are_joined_as_cat_does(self, tmp_path):
        (tmp_path / "a").write_text("أ\n", encoding="utf-8")
        (tmp_path / "b").write_text("ب", encoding="utf-8")
        assert run("normalize", tmp_path / "a", "-", tmp_path / "b", stdin=b"-\n").stdout.decode() == "ا\n-\nب"

    @pytest.mark.parametrize(
        ("options", "keywords"),
        [
            (["--preset", "search"], {"preset": "search"}),
            (
                ["--preset=none", "--teh-marbuta=heh", "--dagger-alef", "strip"],
                {"preset": "none", "teh_marbuta": "heh", "dagger_alef": "strip"},
            ),
            (["--diacritics=tanwin, harakat"], {"diacritics": {"tanwin", "harakat"}}),
            (["--diacritics", "keep"], {"diacritics": "keep"}),
            (["--elongation", "2"], {"elongation": 2}),
            (["--elongation", "keep", "--whitespace", "collapse"], {"whitespace": "collapse"}),
        ],
    )
    def test_every_option_means_what_it_means_in_python(self, options, keywords):
        text = "الأُمّةٌ  جمييييل ﻻ ١٢٪ ه\u0670ذا"
        assert run("normalize", *options, stdin=text.encode()).stdout.decode() == naqi.normalize(text, **keywords)

    def test_no_option_of_the_library_is_missing(self):
        shown = run("normalize", "--help").stdout.decode()
        for name in set(naqi.Normalizer().options) - {"map"}:
            assert f"--{name.replace('_', '-')} " in shown

    def test_the_librarys_message_names_the_choices(self):
        done = run("normalize", "--alef", "flod", code=2)
        assert "flod" in done.stderr.decode()
        assert "extended" in done.stderr.decode()
        assert "nws" in run("normalize", "--preset", "nws", code=2).stderr.decode()


class TestSentences:
    def test_it_writes_one_a_line(self):
        text = "قال د. سامي نعم. ثم مضى!\nعنوان"
        assert run("sentences", stdin=text.encode()).stdout.decode() == "قال د. سامي نعم.\nثم مضى!\nعنوان\n"

    def test_a_sentence_over_two_lines_gets_one(self):
        text = "قال المدير إن\r\n  العمل بدأ."
        shown = run("sentences", "--newlines", "wrap", stdin=text.encode()).stdout.decode()
        assert shown == "قال المدير إن العمل بدأ.\n"

    def test_an_unknown_policy_is_a_wrong_use(self):
        assert "wrap" in run("sentences", "--newlines", "brek", code=2).stderr.decode()


class TestErrors:
    @pytest.mark.parametrize("command", ["extract", "normalize", "sentences"])
    def test_a_missing_file_is_named_and_the_others_are_done(self, command):
        done = run(command, "no-such-page.txt", PAGE, code=1)
        assert done.stderr.decode() == "naqi: no-such-page.txt: No such file or directory\n"
        assert done.stdout

    def test_a_folder_is_no_file(self, tmp_path):
        assert run("extract", tmp_path, code=1).stderr.decode() == f"naqi: {tmp_path}: Is a directory\n"

    def test_a_wrong_encoding_is_named_with_the_place_and_the_way_out(self, tmp_path):
        file = tmp_path / "old.txt"
        file.write_bytes("خبر".encode("windows-1256"))
        message = run("normalize", file, code=1).stderr.decode()
        assert message.startswith(f"naqi: {file}: not valid UTF-8 at byte 0 (0xce)")
        assert "--encoding windows-1256" in message
        assert run("normalize", "--encoding", "windows-1256", file).stdout.decode() == "خبر"

    def test_utf_16_is_recognised(self, tmp_path):
        file = tmp_path / "wide.txt"
        file.write_bytes("خبر".encode("utf-16"))
        assert "--encoding utf-16" in run("normalize", file, code=1).stderr.decode()
        assert run("normalize", "--encoding", "utf-16", file).stdout.decode() == "خبر"

    def test_a_byte_order_mark_is_not_text(self):
        assert run("normalize", "--preset", "none", stdin=b"\xef\xbb\xbfabc").stdout == b"abc"

    def test_a_sequence_cut_off_at_the_end(self):
        message = run("normalize", stdin="خبر".encode()[:-1], code=1).stderr.decode()
        assert message.startswith("naqi: standard input: not valid UTF-8 at byte 4")

    @pytest.mark.parametrize("name", ["klingon", "rot13", "hex", ""])
    def test_an_unknown_encoding_is_a_wrong_use(self, name):
        assert "unknown encoding" in run("normalize", "--encoding", name, code=2).stderr.decode()

    @pytest.mark.parametrize(
        "arguments",
        [[], ["extract"], ["extract", "--json", "--show-cuts", PAGE], ["frobnicate"], ["normalize", "--pre", "news"]],
    )
    def test_a_wrong_use_shows_the_usage(self, arguments):
        assert b"usage: naqi" in run(*arguments, code=2).stderr

    def test_unknown_categories_rules_and_presets_are_wrong_uses(self):
        assert "byline" in run("extract", "--keep", "bylines", PAGE, code=2).stderr.decode()
        assert "no.such" in run("extract", "--disable", "no.such", PAGE, code=2).stderr.decode()
        assert "nws" in run("extract", "--normalize", "nws", PAGE, code=2).stderr.decode()

    def test_a_missing_rules_file(self):
        message = run("extract", "--rules", "no-rules.txt", PAGE, code=1).stderr.decode()
        assert message == "naqi: no-rules.txt: No such file or directory\n"

    @pytest.mark.skipif(not os.path.exists("/dev/full"), reason="this system has no /dev/full")
    def test_a_full_disk_is_said(self):
        with open("/dev/full", "wb") as full:
            done = subprocess.run([sys.executable, "-m", "naqi", "extract", PAGE], stdout=full, stderr=subprocess.PIPE)
        assert done.returncode == 1
        assert done.stderr.decode() == "naqi: cannot write: No space left on device\n"


class TestStreams:
    def test_a_closed_pipe_is_quiet(self, tmp_path):
        big = tmp_path / "big.txt"
        big.write_text("خبرٌ عاجل.\n" * 200_000, encoding="utf-8")
        for command in ("normalize", "sentences"):
            child = subprocess.Popen(
                [sys.executable, "-m", "naqi", command, big], stdout=subprocess.PIPE, stderr=subprocess.PIPE
            )
            child.stdout.readline()
            child.stdout.close()
            assert child.stderr.read() == b""
            child.stderr.close()
            assert child.wait(30) == 141

    def test_a_pipe_closed_before_help_is_quiet(self):
        reader, writer = os.pipe()
        os.close(reader)
        done = subprocess.run([sys.executable, "-m", "naqi", "--help"], stdout=writer, stderr=subprocess.PIPE)
        os.close(writer)
        assert (done.returncode, done.stderr) == (141, b"")

    def test_ctrl_c_is_quiet(self):
        child = subprocess.Popen(
            [sys.executable, "-m", "naqi", "normalize", PAGE, "-"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            bufsize=0,
        )
        # Its first output would wait in a buffer: ask the system whether it sleeps in the read of standard input.
        wait_until_reading(child.pid)
        child.send_signal(signal.SIGINT)
        assert child.wait(30) == 130
        assert child.stderr.read() == b""
        for stream in (child.stdin, child.stdout, child.stderr):
            stream.close()

    @pytest.mark.parametrize(
        "environment", [{"LC_ALL": "C"}, {"PYTHONIOENCODING": "ascii"}, {"LANG": "en_US.ISO8859-1"}]
    )
    def test_output_is_utf_8_whatever_the_locale(self, environment):
        assert run(
            "normalize", stdin="خبرٌ".encode(), PYTHONCOERCECLOCALE="0", PYTHONUTF8="0", **environment
        ).stdout == ("خبر".encode())

    def test_line_breaks_stay_as_they_were(self):
        text = "a\r\nb\rc\n\u2028d"
        assert run("normalize", stdin=text.encode()).stdout == text.encode()

    def test_a_terminal_gets_colours_unless_told_otherwise(self):
        job = [sys.executable, "-m", "naqi", "extract", PAGE]
        assert b"\x1b[1m" in in_a_terminal(job, TERM="xterm")
        assert b"\x1b" not in in_a_terminal(job, TERM="xterm", NO_COLOR="1")
        assert b"\x1b" not in in_a_terminal(job, TERM="dumb")


def wait_until_reading(pid: int) -> None:
    """Returns once the process waits for its standard input (its mark in /proc), or at once without /proc."""
    stat = Path(f"/proc/{pid}/wchan")
    for _ in range(3000):
        if not stat.exists() or "pipe" in stat.read_text() or "sleep" in Path(f"/proc/{pid}/status").read_text():
            if Path(f"/proc/{pid}/syscall").exists():
                try:
                    if Path(f"/proc/{pid}/syscall").read_text().split()[:2] == ["0", "0x0"]:
                        return
                except OSError:
                    return
            else:
                return


def test_the_version_names_rules_and_unicode():
    shown = run("--version").stdout.decode()
    for version in (naqi.__version__, naqi.RULES_VERSION, naqi.UNICODE_VERSION):
        assert version in shown


@pytest.mark.parametrize("arguments", [["--help"], ["extract", "--help"], ["normalize", "--help"], ["sentences", "-h"]])
def test_help_has_examples(arguments):
    shown = run(*arguments, COLUMNS="80").stdout.decode()
    assert "examples:\n  naqi " in shown


def test_the_installed_command_is_the_module():
    command = Path(sys.executable).with_name("naqi")
    if not command.exists():
        pytest.skip("naqi is not installed beside this interpreter")
    assert subprocess.run([command, "--version"], capture_output=True).stdout == run("--version").stdout


def test_main_can_be_called_from_python(capsys):
    from naqi.cli import main

    assert main(["sentences", str(PAGE)]) == 0
    assert capsys.readouterr().out.splitlines() == naqi.split_sentences(PAGE.read_text(encoding="utf-8"))
    assert main(["extract", "no-such-page.txt"]) == 1
    assert capsys.readouterr().err == "naqi: no-such-page.txt: No such file or directory\n"
    assert main(["frobnicate"]) == 2
