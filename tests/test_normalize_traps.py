"""Each trap of the design, once, in the open: what must happen, and what must not."""

import naqi
import pytest

NFC_HAMZAS = "\u0622\u0623\u0625\u0624\u0626"
NFD_HAMZAS = "\u0627\u0653\u0627\u0654\u0627\u0655\u0648\u0654\u064a\u0654"


def test_the_readme_example():
    assert naqi.normalize("الأخبارُ العاجـــلة") == "الاخبار العاجلة"


def test_decomposed_letters_keep_their_hamza_and_madda_when_marks_go():
    assert naqi.strip_diacritics(NFD_HAMZAS) == NFC_HAMZAS


def test_a_mark_that_goes_exposes_the_hamza_behind_it():
    assert naqi.normalize("\u0627\u0610\u0654", alef="keep") == "\u0623"
    assert naqi.normalize("\u0627\u0610\u0654") == "\u0627"


def test_yaa_is_folded_before_its_hamza_composes():
    assert naqi.normalize("\u0649\u0654") == "\u0626"


def test_the_order_in_which_marks_were_typed_does_not_show():
    for options in ({}, {"diacritics": "keep"}, {"diacritics": {"sukun"}}):
        assert naqi.normalize("ب\u064e\u0651", **options) == naqi.normalize("ب\u0651\u064e", **options)


def test_the_mark_of_a_tatweel_goes_to_the_letter_before_it():
    assert naqi.normalize("مـ\u064eدينة", diacritics="keep") == "م\u064eدينة"
    assert naqi.normalize("مـ\u064eدينة") == "مدينة"


@pytest.mark.parametrize(
    "form", ["\ufe71", "\ufe77", "\ufe79", "\ufe7b", "\ufe7d", "\ufe7f", "\ufcf2", "\ufcf3", "\ufcf4"]
)
def test_no_tatweel_comes_out_of_a_form_within_a_word(form):
    assert naqi.normalize(f"ب{form}ت") == "بت"


@pytest.mark.parametrize("text", ["²", "½", "℃", "™", "Ａｂｃ", "ﬁ", "①"])
def test_compatibility_characters_of_other_scripts_stay(text):
    for preset in ("light", "news", "search"):
        assert naqi.normalize(text, preset) == text


def test_forms_become_letters():
    assert naqi.normalize("\ufeb3\ufefc\ufee1") == "سلام"
    assert naqi.normalize("\ufdf2") == "الله"
    assert naqi.normalize("ب\ufc61", diacritics="keep") == "ب\u064f\u0651"


@pytest.mark.parametrize(
    "text",
    [
        "\u05e9\u05b8\u05c1\u05dc\u05d5\u05b9\u05dd",  # Hebrew with points, in canonical order
        "cafe\u0301".encode().decode(),
        "\u0915\u094d\u200d\u0937",  # a virama and the joiner that chooses the half form
        "\u0d28\u0d4d\u200d",  # a chillu at the end of the text
        "\U0001f469\U0001f3fd\u200d\U0001f680",  # an astronaut
        "\u2764\ufe0f",  # a red heart at the end of the text
        "\u2764\ufe0fسلام",
        "1\ufe0f\u20e3",  # a keycap
        "!\u203c\ufe0f",  # an emoji of punctuation at the end of the text
        "\u845b\U000e0100",  # an ideograph and its variant
        "\u0915\u094d\u200c\u0937",  # a virama and the boundary that asks for it to be seen
        "می\u200cخواهم",  # the Persian letter boundary
        "\u06d4",
        "\u061d\u061e\u061f",
        "\u066a",
        "1\u066b5",
        "1\u066c000",
        "\u06dd",
        "\u0600\u0601\u0602\u0603\u0604\u0605",
        "\ufdfa",
        "\0\x1a\ufffd",
    ],
)
def test_what_no_default_touches(text):
    expected = "caf\u00e9" if text.startswith("caf") else text
    assert naqi.normalize(text) == expected.replace("\u06cc", "\u06cc")


@pytest.mark.parametrize("text", ["\ud83d", "\ud83d\ude00", "ا\ud800ب", "\udfff\0"])
def test_lone_surrogates_pass_through(text):
    assert naqi.normalize(text) is text
    assert naqi.split_sentences(text) == [text]
    assert naqi.extract(text).body == text
    assert naqi.remove_boilerplate([text]) == [text]


def test_surrogates_that_a_removal_brings_together_stay_two():
    result = naqi.normalize("\ud83d\u064e\ude00")
    assert [ord(c) for c in result] == [0xD83D, 0xDE00]


def test_the_narrowest_storage_comes_back():
    """A text whose only wide character went must be the same string as one that never had it."""
    assert naqi.normalize("abc\u064e") == "abc"
    assert hash(naqi.normalize("caf\u00e9\u064e")) == hash("caf\u00e9")
    assert {naqi.normalize("x\U00010ef0"): 1}["x"] == 1
    assert naqi.normalize("abc\u064e").isascii()


def test_a_wider_storage_is_found_where_composition_needs_it():
    """A few ideographs of the Basic Multilingual Plane compose to others beyond it."""
    assert naqi.normalize("قال\u064e \ufa6c") == "قال \U000242ee"
    assert naqi.normalize(["\ufa6c", "\u064e\ufacf"]) == ["\U000242ee", "\U0002284a"]


class TestTatweel:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("العـــربية", "العربية"),
            ("1436هـ", "1436هـ"),
            ("1436 هــــ.", "1436 هـ."),
            ("(هـ)", "(هـ)"),
            ("م.هـ.", "م.هـ."),
            ("عندهـ", "عنده"),
            ("عام 1445هـ", "عام 1445هـ"),
            ("ــــــــ", "ــــــــ"),
            ("الرياض ـ واس", "الرياض ـ واس"),
            ("2010ـ2015", "2010ـ2015"),
            ("هـاني", "هاني"),
            ("ـ\u0647ـ", "هـ"),
            ("aـ\u0300ـ", "à"),
        ],
    )
    def test_it_goes_where_it_lengthens_a_word(self, text, expected):
        assert naqi.normalize(text) == expected


class TestDaggerAlef:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("مل\u0670ئكة", "ملائكة"),
            ("ه\u0670ذا", "هذا"),
            ("وبذ\u0670لك", "وبذلك"),
            ("ل\u0670كن\u0651هم", "لكنهم"),
            ("الرحم\u0670ن", "الرحمن"),
            ("موسى\u0670", "موسي"),
            ("موسی\u0670", "موسی"),
            ("صلو\u0670ة", "صلاة"),
            ("والزكو\u0670ة", "والزكاة"),
            ("كت\u0656ب", "كتب"),
        ],
    )
    def test_alef_writes_the_word_as_it_is_spelt_today(self, text, expected):
        assert naqi.normalize(text, dagger_alef="alef") == expected

    def test_by_default_it_goes_and_keep_keeps_it(self):
        assert naqi.normalize("ه\u0670ذا") == "هذا"
        assert naqi.strip_diacritics("ه\u0670ذ\u064eا") == "هذا"
        assert naqi.strip_diacritics("ه\u0670ذ\u064eا", keep="dagger_alef") == "ه\u0670ذا"


class TestDigits:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("\u0661\u0662\u066b\u0665", "12.5"),
            ("\u0661\u066c\u0660\u0660\u0660", "1,000"),
            ("\u0665\u0660\u066a", "50%"),
            ("\u06f1\u06f4", "14"),
            ("\u066a وحدها \u066b", "\u066a وحدها \u066b"),
        ],
    )
    def test_ascii_takes_separators_between_digits_alone(self, text, expected):
        assert naqi.normalize(text, digits="ascii") == expected

    def test_a_comma_between_digits_is_nobodys_to_decide(self):
        assert naqi.normalize("1\u060c5", punctuation="ascii", digits="ascii") == "1\u060c5"
        assert naqi.normalize("1\u060c ثم", punctuation="ascii") == "1, ثم"

    def test_arabic_and_back(self):
        assert naqi.normalize("12", digits="arabic") == "\u0661\u0662"
        assert naqi.normalize(naqi.normalize("0123456789", digits="arabic"), digits="ascii") == "0123456789"


def test_elongation_shortens_letters_and_never_digits():
    assert naqi.normalize("جمييييل 10000", elongation=2) == "جمييل 10000"
    assert naqi.normalize("جمييييل", elongation=1) == "جميل"


def test_whitespace_keeps_the_lines():
    assert naqi.normalize("  خبر\u00a0\u2003 اليوم \t\r\n\n ثان ", whitespace="collapse") == "خبر اليوم\r\n\nثان"


def test_honorifics():
    assert naqi.normalize("محمد \ufdfa", honorifics="expand", yaa="keep") == "محمد صلى الله عليه وسلم"
    assert naqi.normalize("محمد \ufdfa", honorifics="strip") == "محمد "
    assert naqi.normalize("محمد \ufdfa") == "محمد \ufdfa"
    assert naqi.normalize("\ufdfd", honorifics="expand") == "بسم الله الرحمن الرحيم"


def test_a_phrase_spelt_out_is_not_glued_to_the_word_beside_it():
    assert naqi.normalize("محمد\ufdfa.", honorifics="expand") == "محمد صلي الله عليه وسلم."
    assert naqi.normalize("(\ufdfa)", honorifics="expand", yaa="keep") == "(صلى الله عليه وسلم)"
