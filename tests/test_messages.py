"""An error names what was given, lists what is valid, guesses what was meant and says the way out."""

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
