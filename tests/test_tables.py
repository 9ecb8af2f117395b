"""A newer Unicode Character Database cannot add to Arabic what nobody decided about."""

import importlib.util
from pathlib import Path

import pytest
import unicodedata2 as ucd

PATH = Path(__file__).parent.parent / "tools/make_tables.py"


class Newer:
    """The database with one more code point."""

    def __init__(self, c: int, category: str, name: str) -> None:
        self.added, self.added_category, self.added_name = chr(c), category, name

    def __getattr__(self, attribute):
        return getattr(ucd, attribute)

    def category(self, c):
        return self.added_category if c == self.added else ucd.category(c)

    def name(self, c, default=""):
        return self.added_name if c == self.added else ucd.name(c, default)


@pytest.fixture
def generator():
    spec = importlib.util.spec_from_file_location("make_tables", PATH)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    ("c", "category", "decide"),
    [(0x10EC0, "Mn", "mark_classes"), (0x10EC8, "Lo", "letter_folds"), (0xFDD0, "So", "forms")],
)
def test_a_new_mark_letter_or_form_that_no_decision_names_stops_the_generator(
    generator, monkeypatch, capsys, c, category, decide
):
    assert ucd.category(chr(c)) == "Cn", "no longer free: take another"
    getattr(generator, decide)()
    monkeypatch.setattr(generator, "ucd", Newer(c, category, "ARABIC SOMETHING NEW"))
    with pytest.raises(SystemExit, match="no decision names"):
        getattr(generator, decide)()
    assert f"{c:04X} {category} ARABIC SOMETHING NEW" in capsys.readouterr().err


def test_every_mark_and_letter_that_the_database_calls_arabic_is_in_the_blocks_that_are_decided(generator):
    decided = {*generator.within(generator.BLOCKS + generator.FORM_BLOCKS)}
    arabic = {c for c in range(0x110000) if ucd.name(chr(c), "").startswith("ARABIC ")}
    assert {f"{c:04X}" for c in arabic - decided if ucd.category(chr(c))[0] in "LM"} == set()
