"""An error names what was given, lists what is valid, guesses what was meant and says the way out."""

import inspect
import pathlib
import subprocess
import sys

import naqi
import pytest


@pytest.mark.parametrize(
    ("misuse", "said"),
    [
        (lambda: naqi.normalize("x", "serach"), ["preset='serach'", "'lucene'", "did you mean 'search'?"]),
        (lambda: naqi.normalize("x", tehmarbuta="heh"), ["'tehmarbuta'", "did you mean 'teh_marbuta'?"]),
        (lambda: naqi.normalize("x", teh_marbuta="hah"), ["teh_marbuta='hah'", "did you mean 'heh'?"]),
        (lambda: naqi.normalize("x", diacritics={"tanwn"}), ["diacritics={'tanwn'}", "'harakat'", "mean 'tanwin'?"]),
        (lambda: naqi.strip_diacritics("x", keep="shada"), ["keep='shada'", "did you mean 'shadda'?"]),
        (lambda: naqi.split_sentences("x", newlines="brek"), ["newlines='brek'", "did you mean 'break'?"]),
        (lambda: naqi.extract("x", normalize="nwes"), ["normalize='nwes'", "did you mean 'news'?"]),
        (lambda: naqi.Extractor(keep="datelin"), ["keep='datelin'", "'byline'", "did you mean 'dateline'?"]),
        (lambda: naqi.Extractor(disable="share.buton"), ["share.click", "did you mean 'share.button'?"]),
        (lambda: naqi.Extractor(disable="headline"), ["disable='headline'", "nav.breadcrumb", "tags.list"]),
        (lambda: naqi.Boilerplate(0, 1, "shar", "own"), ["category='shar'", "did you mean 'share'?"]),
    ],
)
def test_a_wrong_name_is_answered_with_the_right_ones(misuse, said):
    with pytest.raises(ValueError) as error:  # noqa: PT011 - the parts of the message are looked at below
        misuse()
    for part in said:
        assert part in str(error.value)


def test_rules_of_another_category_are_not_listed():
    with pytest.raises(ValueError, match="the rules of share are") as error:
        naqi.Extractor(disable="share.buton")
    assert "nav." not in str(error.value)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("[share.mine lin edge]", "did you mean 'line'?"),
        ("[share.mine line ege]", "did you mean 'edge'?"),
        ("شارك", "begin with a line like"),
    ],
)
def test_a_wrong_line_of_an_own_rule_file_is_named(tmp_path, line, said):
    (tmp_path / "own.txt").write_text(f"{line}\nشارك\n", encoding="utf-8")
    with pytest.raises(ValueError, match="line 1") as error:
        naqi.Extractor(rules=tmp_path / "own.txt")
    assert said in str(error.value)


@pytest.mark.parametrize(
    ("x", "way_out"),
    [
        (b"x", "x.decode('utf-8')"),
        ({"a": "x"}, "list(x.values())"),
        ({"x"}, "sorted(x)"),
        (pathlib.Path("page.txt"), "x.read_text(encoding='utf-8')"),
    ],
)
def test_what_is_no_text_is_answered_with_the_way_out(x, way_out):
    with pytest.raises(TypeError) as error:
        naqi.extract(x)
    assert way_out in str(error.value)


@pytest.mark.parametrize(
    ("misuse", "said"),
    [
        (lambda: naqi.normalize("x", preset=3), ["preset=3", "'search'", "not int"]),
        (lambda: naqi.Normalizer(None), ["preset=None", "'news'", "not NoneType"]),
        (lambda: naqi.normalize("x", naqi.Normalizer()), ["preset=Normalizer('news')", "normalizer(x)"]),
        (lambda: naqi.split_sentences("x", newlines=None), ["newlines=None", "'auto', 'break', 'wrap'"]),
        (lambda: naqi.normalize("x", threads="2"), ["threads='2'", "whole number", "not str"]),
        (lambda: naqi.strip_diacritics("x", keep=True), ["keep=True", "collection of names", "not bool"]),
        (lambda: naqi.Extractor(disable=["share.button", 4]), ["disable= holds 4", "int"]),
        (lambda: naqi.Extractor(rules=3), ["rules=3", "path", "not int"]),
        (lambda: naqi.Extractor(rules=b"own.txt"), ["rules=b'own.txt'", "path", "not bytes"]),
        (lambda: naqi.Boilerplate(0, 1, 3, "own"), ["category=3", "not int"]),
        (lambda: naqi.Boilerplate(0, 1, "share", None), ["rule=None", "not NoneType"]),
        (lambda: naqi.Normalizer().align("x").to_original("1"), ["i='1'", "int", "not str"]),
        (lambda: naqi.extract(["x", float("nan")]), ["item 1", "float", "None for what is missing"]),
        (lambda: naqi.extract([b"x"]), ["item 0", "decode"]),
        (lambda: naqi.extract(naqi.extract("x")), ["Article", "x.text"]),
    ],
)
def test_a_value_of_a_wrong_type_is_shown_beside_what_is_taken(misuse, said):
    with pytest.raises(TypeError) as error:
        misuse()
    for part in said:
        assert part in str(error.value)


@pytest.mark.parametrize("value", [None, True, 1.5, b"fold"])
def test_an_option_of_a_wrong_type_is_answered_with_the_choices(value):
    with pytest.raises(ValueError, match="'fold', 'extended', 'keep'") as error:
        naqi.normalize("x", alef=value)
    assert str(error.value).startswith(f"alef={value!r}: ")


def test_a_rule_where_a_category_is_expected_is_answered_with_its_category():
    with pytest.raises(ValueError, match="this is a rule") as error:
        naqi.remove_boilerplate("x", keep="share.button")
    assert "'share'" in str(error.value)


CALLS = {
    "strip_diacritics": naqi.strip_diacritics,
    "normalize_alef": naqi.normalize_alef,
    "normalize_yaa": naqi.normalize_yaa,
    "split_sentences": naqi.split_sentences,
    "sentence_spans": naqi.sentence_spans,
    "find_boilerplate": naqi.find_boilerplate,
    "remove_boilerplate": naqi.remove_boilerplate,
    "extract": naqi.extract,
    "extract_iter": naqi.extract_iter,
    "Templates.learn": naqi.Templates.learn,
}


@pytest.mark.parametrize("name", CALLS)
def test_an_argument_that_does_not_exist_is_answered_with_those_that_do(name):
    with pytest.raises(TypeError, match="no argument 'nonsense'") as error:
        CALLS[name](["x"], nonsense=1)
    by_name = [p.name for p in inspect.signature(CALLS[name]).parameters.values() if p.kind is p.KEYWORD_ONLY]
    assert str(error.value).startswith(f"{name}() ")
    assert str(error.value).endswith(", ".join(f"'{name}'" for name in by_name))


@pytest.mark.parametrize(
    ("misuse", "said"),
    [
        (lambda: naqi.extract("x", tilte="y"), "did you mean 'title'?"),
        (lambda: naqi.split_sentences("x", newline="wrap"), "did you mean 'newlines'?"),
        (lambda: naqi.extract("x", keep="date"), "naqi.Extractor(keep=…) has it"),
        (lambda: naqi.Extractor()("x", normalize="news"), "naqi.Extractor(normalize=…) has it"),
        (lambda: naqi.Extractor(kep="date"), "did you mean 'keep'?"),
        (lambda: naqi.Normalizer()("x", alef="keep"), "Normalizer.__call__() has no argument 'alef'"),
    ],
)
def test_a_misspelt_or_misplaced_argument_is_answered_with_the_way_out(misuse, said):
    with pytest.raises(TypeError) as error:
        misuse()
    assert said in str(error.value)


@pytest.mark.parametrize("text", ["page.txt", "https://www.example.org/news/1"])
def test_an_address_or_a_path_is_a_text_like_any_other(text, recwarn):
    for job in (naqi.extract, naqi.find_boilerplate, naqi.remove_boilerplate, naqi.Extractor()):
        job(text)
    assert not recwarn


def test_a_file_that_is_missing_is_named_as_python_names_it(tmp_path):
    missing = str(tmp_path / "none.naqi")
    with pytest.raises(FileNotFoundError) as error:
        naqi.Templates.load(missing)
    assert str(error.value) == f"[Errno 2] No such file or directory: {missing!r}"


def test_sites_that_are_more_than_pages_are_told():
    with pytest.raises(ValueError, match=r"site= has 2 values for 1 texts"):
        naqi.Templates.learn(["x"], site=["a", "b"])
    assert repr(naqi.Templates.learn(["x"], site="a")) == "<naqi.Templates of 1 page of 1 site>"


def test_python_guesses_a_misspelt_function():
    code = "import naqi; naqi.normalise('x')"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert "Did you mean: 'normalize'?" in done.stderr


def test_versions_are_shown_for_a_report(capsys):
    naqi.show_versions()
    shown = capsys.readouterr().out
    assert naqi.RULES_VERSION in shown
    assert sys.version.split()[0] in shown
    assert "pandas" in shown
