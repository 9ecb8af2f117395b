"""What other Arabic tools return, measured: presets and drop-in modules that promise their results keep it."""

import json
import unicodedata

import naqi
import pytest
from naqi.compat import camel, pyarabic


@pytest.fixture(scope="session")
def facts(shared) -> list[dict]:
    """The measured facts: {"op", "input", "expected", "peer", "where"}; `error` where the tool fails."""
    path = shared / "gold/normalization/peers.jsonl"
    if not path.is_file():
        pytest.skip("no facts about other tools among the evaluation data")
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [row for row in rows if "error" not in row]


def differences(facts, peer, ops, function):
    rows = [row for row in facts if row["peer"] == peer and row["op"] in ops]
    assert rows, f"no fact about {peer}: {ops}"
    return {
        (ascii(row["input"]), ascii(row["expected"]), ascii(got))
        for row in rows
        if (got := function(row["input"])) != row["expected"]
    }


def test_preset_lucene_has_lucenes_results(facts):
    assert differences(facts, "lucene", ["preset_lucene"], naqi.Normalizer("lucene")) == set()


@pytest.mark.parametrize(
    ("op", "points"),
    [
        ("normalize_alef", "\u0622\u0623\u0625"),
        ("normalize_alef_maksura", "\u0649"),
        ("normalize_teh_marbuta", "\u0629"),
        ("strip_tatweel", "\u0640"),
        ("strip_diacritics", "".join(map(chr, range(0x64B, 0x653)))),
    ],
)
def test_each_rule_of_lucene_is_in_its_preset(facts, op, points):
    """A fact about one rule holds for the preset where no other rule has anything to do."""
    others = "\u0622\u0623\u0625\u0649\u0629\u0640" + "".join(map(chr, range(0x64B, 0x653)))
    alone = [row for row in facts if not {*row["input"]} & ({*others} - {*points})]
    assert differences(alone, "lucene", [op], naqi.Normalizer("lucene")) == set()


CAMEL = {
    "strip_diacritics": camel.dediac_ar,
    "normalize_alef": camel.normalize_alef_ar,
    "normalize_alef_maksura": camel.normalize_alef_maksura_ar,
    "normalize_teh_marbuta": camel.normalize_teh_marbuta_ar,
    "nfkc": camel.normalize_unicode,
    "nfc": lambda text: camel.normalize_unicode(text, compatibility=False),
}
PYARABIC = {
    "strip_diacritics": pyarabic.strip_tashkeel,
    "strip_diacritics:all": pyarabic.strip_diacritics,
    "strip_diacritics:keep_shadda": pyarabic.strip_harakat,
    "strip_diacritics:small": pyarabic.strip_small,
    "strip_tatweel": pyarabic.strip_tatweel,
    "normalize_alef": pyarabic.normalize_alef,
    "normalize_teh_marbuta": pyarabic.normalize_teh,
    "normalize_hamza": pyarabic.normalize_hamza,
    "normalize_hamza:tasheel": lambda text: pyarabic.normalize_hamza(text, method="tasheel"),
    "normalize_lamalef": pyarabic.normalize_ligature,
    "preset_search": pyarabic.normalize_searchtext,
}


@pytest.mark.parametrize("op", CAMEL)
def test_the_functions_of_camel_tools_keep_their_results(facts, op):
    assert differences(facts, "camel_tools", [op], CAMEL[op]) == set()


@pytest.mark.parametrize("op", PYARABIC)
def test_the_functions_of_pyarabic_keep_their_results(facts, op):
    # What the tool does counts, not what its documentation says that it does.
    measured = [row for row in facts if not row["where"].endswith("docstring")]
    assert differences(measured, "pyarabic", [op], PYARABIC[op]) == set()


FUNCTIONS = [*CAMEL.values(), *PYARABIC.values()]


@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_drop_in_function_takes_many_and_refuses_what_naqi_refuses(function):
    texts = ["آمن", "هٰذا على", None, "plain"]
    assert function(texts) == [None if text is None else function(text) for text in texts]
    with pytest.raises(TypeError, match="int"):
        function(3)
    with pytest.raises(TypeError, match="item 1"):
        function(["a", 3])


def test_nfkc_is_that_of_the_interpreter_but_for_two_signs():
    assigned = [c for c in map(chr, range(0x110000)) if unicodedata.category(c) not in ("Cn", "Cs")]
    expected = [unicodedata.normalize("NFKC", c) for c in assigned]
    differing = [
        c for c, got, nfkc in zip(assigned, camel.normalize_unicode(assigned), expected, strict=True) if got != nfkc
    ]
    assert differing == ["\ufdfc", "\ufdfd"]
