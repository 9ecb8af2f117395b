"""What the property tests draw from: texts that are hard on purpose, and options of the normaliser."""

import reference
from hypothesis import strategies as st

LETTERS = (
    "ابتدرسعكلمنهوي"
    + "\u0621\u0622\u0623\u0624\u0625\u0626\u0629\u0649\u0671\u0672\u0673\u0675\u06cc\u06a9\u06c1\u06be\u06d5"
)
MARKS = "".join(sorted(reference.ARABIC_MARKS))
COMMON_MARKS = "".join(map(chr, [*range(0x64B, 0x658), 0x610, 0x670, 0x6E1, 0x89D]))
INVISIBLES = "".join(sorted(reference.INVISIBLES)) + "\u200c\u200d\ufe0e\ufe0f\U000e0100"
FORMS = "".join(reference.FORMS) + "".join(reference.HONORIFICS)
SPACES = "".join(sorted(reference.SPACES | reference.LINE_BREAKS)) + "     \n\n"
DIGITS = "0159" + "\u0660\u0661\u0669\u06f0\u06f5\u066a\u066b\u066c"
PUNCTUATION = '.,:;!?()[]-/"«»“”،؛؟…' + "\u06d4\u061d\u06dd\u0600"
FOREIGN = (
    "aZé"
    + "e\u0301"
    + "\u05d0\u05b0"
    + "\u0915\u094d\u0937"
    + "\u1100\u1161\u11a8\uac00"
    + "²½℃™Ａ"
    + "\u4e00\u0300"
    + "\ufa6c\ufacf"  # compatibility ideographs that compose beyond the Basic Multilingual Plane
    + "\u0dd9\u0dca"  # a vowel sign that composes with the virama behind it
)
EMOJI = "\u2764\U0001f469\U0001f3fd\U0001f680\u20e3\u00a9\u2139"
ODD = "\0\x1a\x7f\u0085\ufffd\ufffe\ud83d\ude00\udfff\U0010ffff\U00010ec2\u0378"

TATWEEL_WORDS = ["هـ", "ـــ", "1436هـ", "عندهـ", "2010ـ2015", "م.هـ.", "ـَ"]
DAGGER_WORDS = [
    "ه\u0670ذا",
    "وبذ\u0670لك",
    "ل\u0670كنهم",
    "الرحم\u0670ن",
    "موسى\u0670",
    "صلو\u0670ة",
    "والزكو\u0670ة",
    "مل\u0670ئكة",
    "كت\u0656ب",
]

hard_characters = st.one_of(
    *(
        st.sampled_from(alphabet)
        for alphabet in (
            LETTERS,
            LETTERS,
            COMMON_MARKS,
            MARKS,
            "\u0640",
            INVISIBLES,
            FORMS,
            SPACES,
            DIGITS,
            PUNCTUATION,
            FOREIGN,
            EMOJI,
            ODD,
        )
    ),
    st.sampled_from(TATWEEL_WORDS + DAGGER_WORDS),
)
any_characters = st.characters(exclude_categories=())  # every code point, surrogates and unassigned ones included

hard_texts = st.lists(hard_characters, max_size=24).map("".join)
any_texts = st.text(any_characters, max_size=24)
texts = st.one_of(hard_texts, any_texts, st.tuples(hard_texts, any_texts).map("".join))

CHOICES = {
    "unicode": ["nfc", "keep"],
    "presentation": ["fold", "keep"],
    "honorifics": ["keep", "expand", "strip"],
    "invisible": ["strip", "keep"],
    "zwnj": ["keep", "strip", "space"],
    "dagger_alef": ["strip", "alef", "keep"],
    "tatweel": ["strip", "keep"],
    "alef": ["fold", "extended", "keep"],
    "yaa": ["fold", "keep"],
    "hamza": ["keep", "carrier", "hamza"],
    "teh_marbuta": ["keep", "heh", "teh"],
    "lookalikes": ["keep", "fold"],
    "digits": ["keep", "ascii", "arabic"],
    "punctuation": ["keep", "ascii"],
    "elongation": ["keep", 1, 2, 3],
    "whitespace": ["keep", "collapse"],
}
diacritics = st.one_of(
    st.sampled_from(["strip", "keep"]), st.sets(st.sampled_from(sorted(reference.CLASSES)), min_size=1)
)
options = st.fixed_dictionaries(
    {}, optional={name: st.sampled_from(values) for name, values in CHOICES.items()} | {"diacritics": diacritics}
)
presets = st.sampled_from(["none", "light", "news", "search"])  # the four that promise idempotence
