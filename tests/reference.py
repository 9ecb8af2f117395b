"""What the normaliser and the cutter must do, written slowly and plainly: the oracle of the property tests.

The steps stand one after another, each a loop over a list of characters. Unicode data comes from `unicodedata2`
(the Unicode version that the tables of the crate are made from), never from the interpreter's `unicodedata`.
Speed does not matter here. Where the design leaves a choice, the choice made is marked CHOICE with its reason.
"""

from pathlib import Path

import unicodedata2 as ucd

# The words that an Arabic speaker edits are data of the crate; what is done with them is written here anew.
DAGGER_WORDS = Path(__file__).parent.parent / "src/normalize/dagger_words.txt"


def points(*ranges: str) -> frozenset[str]:
    """The characters of ranges such as "064B-064D" or "0670"."""
    out = set()
    for text in ranges:
        for part in text.split():
            first, _, last = part.partition("-")
            out |= {chr(c) for c in range(int(first, 16), int(last or first, 16) + 1)}
    return frozenset(out)


# ── Sets ─────────────────────────────────────────────────────────────────────────────────────────────────────────

FATHAH, TATWEEL, HEH, WAW, ALEF, YEH = "\u064e", "\u0640", "\u0647", "\u0648", "\u0627", "\u064a"
ALEF_MAKSURA, FARSI_YEH, HAMZA, TEH, KAF = "\u0649", "\u06cc", "\u0621", "\u062a", "\u0643"
MADDA, HAMZA_ABOVE, HAMZA_BELOW = "\u0653", "\u0654", "\u0655"
ZWNJ, ZWJ, SPACE = "\u200c", "\u200d", " "

ARABIC_BLOCKS = points("0600-06FF 0750-077F 0870-08FF FB50-FDFF FE70-FEFF 10EC0-10EFF 1EE00-1EEFF")
PRESENTATION_BLOCKS = points("FB50-FDFF FE70-FEFF")


def is_letter(c: str) -> bool:
    return ucd.category(c).startswith("L") and c != TATWEEL


def is_combining(c: str) -> bool:
    return ucd.category(c).startswith("M")


def is_arabic_letter(c: str) -> bool:
    return c in ARABIC_BLOCKS and is_letter(c)


CLASSES = {
    "harakat": points("064E-0650 0618-061A 0657 065D 065E 08E3-08E6 08F4-08F6 08FE"),
    "sukun": points("0652 08D0 06E1"),
    "tanwin": points("064B-064D 08E7-08E9 08F0-08F2"),
    "shadda": points("0651"),
    "quran": points(
        "0610-0617 0658 06D6-06DC 06DF 06E0 06E2-06E4 06E7 06E8 06EA-06ED 0898-089C 089E 089F 08CA-08CF 08D1-08E1",
        "08F3 08F7-08FD 08FF 10EF0-10EF9 10EFB-10EFF",
    ),
    "foreign": points("0659-065C 065F 0897 08EA-08EF 10ECB-10ECF 10EFA"),
}
DAGGERS = points("0670 0656 089D")
SUBSCRIPT_ALEF = "\u0656"
PARTS_OF_LETTERS = points("0653-0655")
VARIATION_SELECTORS = points("FE00-FE0F E0100-E01EF 180B-180D 180F")
ARABIC_MARKS = frozenset(c for c in ARABIC_BLOCKS if ucd.category(c).startswith("M") and c not in VARIATION_SELECTORS)

INVISIBLES = points("061C 200B 200E 200F 202A-202E 2060-2064 2066-206F FEFF 00AD 034F 180E FFF9-FFFB E0001")
# CHOICE: 001C-001F are white space to Python's str methods, and so here.
SPACES = points("0009 001C-001F 0020 00A0 1680 2000-200A 202F 205F 3000")
LINE_BREAKS = points("000A-000D 0085 2028 2029")

# A form that the Unicode Character Database maps one step back to letters. CHOICE: one step, not the whole of NFKC
# (they differ on U+FBDD alone): a form becomes the letter that a typist would have typed, no other letter.
FORMS = {
    c: "".join(chr(int(p, 16)) for p in ucd.decomposition(c).split()[1:])
    for c in sorted(PRESENTATION_BLOCKS)
    if ucd.decomposition(c).startswith("<")
}
# The spacing forms of marks decompose to a space and the mark: the mark is meant.
FORMS = {c: to.lstrip(SPACE) for c, to in FORMS.items()}

SALLA = "\u0635\u0644\u0649 \u0627\u0644\u0644\u0647"
# What each phrase in one code point says. CHOICE: U+FDCF is of the same family as FDC8-FDCE and goes with them.
HONORIFICS = {
    "\ufbc3": "جل وعلا",
    "\ufbc4": "دامت بركاتهم",
    "\ufbc5": "رحمة الله تعالى عليه",
    "\ufbc6": "رحمة الله عليهم",
    "\ufbc7": "رحمة الله عليهما",
    "\ufbc8": "رحمهم الله تعالى",
    "\ufbc9": "رحمهما الله",
    "\ufbca": "رحمهما الله تعالى",
    "\ufbcb": "رضي الله تعالى عنهم",
    "\ufbcc": "حفظه الله",
    "\ufbcd": "حفظه الله تعالى",
    "\ufbce": "حفظهم الله تعالى",
    "\ufbcf": "حفظهما الله تعالى",
    "\ufbd0": "صلى الله تعالى عليه وسلم",
    "\ufbd1": "عجل الله فرجه الشريف",
    "\ufbd2": "عليه الرحمة",
    "\ufd40": "رحمه الله",
    "\ufd41": "رضي الله عنه",
    "\ufd42": "رضي الله عنها",
    "\ufd43": "رضي الله عنهم",
    "\ufd44": "رضي الله عنهما",
    "\ufd45": "رضي الله عنهن",
    "\ufd46": "صلى الله عليه وآله",
    "\ufd47": "عليه السلام",
    "\ufd48": "عليهم السلام",
    "\ufd49": "عليهما السلام",
    "\ufd4a": "عليه الصلاة والسلام",
    "\ufd4b": "قدس سره",
    "\ufd4c": "صلى الله عليه وآله وسلم",
    "\ufd4d": "عليها السلام",
    "\ufd4e": "تبارك وتعالى",
    "\ufd4f": "رحمهم الله",
    "\ufd90": "رحمة الله عليه",
    "\ufd91": "رحمة الله عليها",
    "\ufdc8": "رحمه الله تعالى",
    "\ufdc9": "رضي الله تعالى عنه",
    "\ufdca": "رضي الله تعالى عنها",
    "\ufdcb": "رضي الله تعالى عنهما",
    "\ufdcc": "صلى الله عليه وعلى آله وسلم",
    "\ufdcd": "عجل الله تعالى فرجه الشريف",
    "\ufdce": "كرم الله وجهه",
    "\ufdcf": "سلامه علينا",
    "\ufdfa": "صلى الله عليه وسلم",
    "\ufdfb": "جل جلاله",
    "\ufdfd": "بسم الله الرحمن الرحيم",
    "\ufdfe": "سبحانه وتعالى",
    "\ufdff": "عز وجل",
}

ALEFS = {
    "fold": points("0622 0623 0625 0671 0672 0673"),
    "extended": points("0622 0623 0625 0671 0672 0673 0675 0773 0774 0870-0882 08AD"),
}
LOOKALIKES = {
    **dict.fromkeys(points("06A9 06AA"), KAF),
    **dict.fromkeys(points("06CC"), YEH),
    **dict.fromkeys(points("06C1 06BE 06D5 06C0 06C2"), HEH),
}
TEH_MARBUTAS = points("0629 06C3")

DIGITS = {
    "ascii": {chr(zero + i): str(i) for zero in (0x0660, 0x06F0) for i in range(10)},
    "arabic": {chr(zero + i): chr(0x0660 + i) for zero in (0x30, 0x06F0) for i in range(10)},
}
ALL_DIGITS = points("0030-0039 0660-0669 06F0-06F9")
PUNCTUATION = {
    "\u060c": ",",
    "\u061b": ";",
    "\u061f": "?",
    "\u00ab": '"',
    "\u00bb": '"',
    "\u201c": '"',
    "\u201d": '"',
    "\u2026": "...",
}


def is_mark_or_tatweel(c: str) -> bool:
    return c in ARABIC_MARKS or c == TATWEEL


def dagger_words(kind: str) -> list[str]:
    lines = DAGGER_WORDS.read_text(encoding="utf-8").splitlines()
    return [word for line in lines if line.startswith(kind + " ") for word in line.split()[1:]]


PREFIXES = dagger_words("prefix")
# Words that are read with an alef and written without one, so that their dagger alef must not become a letter.
WITHOUT_ALEF = dagger_words("word")
# Words whose waw carries the dagger alef and is today an alef.
WAW_FOR_ALEF = dagger_words("waw")

# ── Options ──────────────────────────────────────────────────────────────────────────────────────────────────────

KEEP_ALL: dict[str, object] = {
    "unicode": "keep",
    "presentation": "keep",
    "honorifics": "keep",
    "invisible": "keep",
    "zwnj": "keep",
    "diacritics": "keep",
    "dagger_alef": "keep",
    "tatweel": "keep",
    "alef": "keep",
    "yaa": "keep",
    "hamza": "keep",
    "teh_marbuta": "keep",
    "lookalikes": "keep",
    "digits": "keep",
    "punctuation": "keep",
    "elongation": "keep",
    "whitespace": "keep",
    "map": None,
}
LIGHT = {"unicode": "nfc", "presentation": "fold", "invisible": "strip", "tatweel": "strip"}
NEWS = dict(LIGHT, diacritics="strip", dagger_alef="strip", alef="fold", yaa="fold")
SEARCH = dict(
    NEWS,
    hamza="carrier",
    teh_marbuta="heh",
    lookalikes="fold",
    digits="ascii",
    punctuation="ascii",
    zwnj="strip",
    whitespace="collapse",
)
# ArabicNormalizer of Lucene: alefs with hamza or madda, dotless yeh, teh marbuta; tatweel and 064B-0652 dropped.
LUCENE = {
    "map": {
        **dict.fromkeys([0x622, 0x623, 0x625], "\u0627"),
        0x649: "\u064a",
        0x629: "\u0647",
        0x640: None,
        **dict.fromkeys(range(0x64B, 0x653)),
    }
}
PRESETS = {
    "none": KEEP_ALL,
    "light": {**KEEP_ALL, **LIGHT, "whitespace": "collapse"},
    "news": {**KEEP_ALL, **NEWS},
    "search": {**KEEP_ALL, **SEARCH},
    "lucene": {**KEEP_ALL, **LUCENE},
}


def normalize(text: str, preset: str = "news", **options: object) -> str:
    """What `naqi.normalize` must return."""
    o = {**PRESETS[preset], **options}
    assert o.keys() == KEEP_ALL.keys(), "an option that the oracle does not know"
    nfc = (lambda t: ucd.normalize("NFC", t)) if o["unicode"] == "nfc" else (lambda t: t)

    text = nfc(text)
    if o["presentation"] == "fold":
        text = fold_forms(text)
    text = treat_honorifics(text, o["honorifics"])
    text = treat_invisibles(text, o["invisible"], o["zwnj"], o["dagger_alef"])
    stripped = classes_of(o["diacritics"])
    text = strip_marks(text, stripped, o["dagger_alef"])
    if o["tatweel"] == "strip":
        text = strip_tatweel(text)
    text = nfc(text)
    if "quran" in stripped:
        # CHOICE: the 0653 that composition left over after the marks are off, as for a hamza that a removed mark
        # exposes; with unicode="keep" none is composed and a mark is a mark.
        text = nfc(text.replace(MADDA, ""))
    text = nfc(fold_yaa(text, o["yaa"], o["lookalikes"]))
    text = fold_letters(text, o["alef"], o["hamza"], o["teh_marbuta"])
    if o["map"]:
        # CHOICE: the map sees the letters as the options left them ("the steps one after another").
        # What it writes is composed before runs of letters are counted.
        text = nfc(text.translate(o["map"]))
    if o["elongation"] != "keep":
        text = shorten_runs(text, o["elongation"])
    text = fold_digits(text, o["digits"])
    if o["punctuation"] == "ascii":
        text = fold_punctuation(text)
    if o["whitespace"] == "collapse":
        text = collapse_spaces(text)
    return nfc(text)


def strip_diacritics(text: str, keep: object = ()) -> str:
    keep = {keep} if isinstance(keep, str) else set(keep)
    return normalize(
        text,
        "none",
        unicode="nfc",
        diacritics=set(CLASSES) - keep,
        dagger_alef="keep" if "dagger_alef" in keep else "strip",
    )


def normalize_alef(text: str) -> str:
    return normalize(text, "none", unicode="nfc", alef="fold")


def normalize_yaa(text: str) -> str:
    return normalize(text, "none", unicode="nfc", yaa="fold")


# ── Steps ────────────────────────────────────────────────────────────────────────────────────────────────────────


def fold_forms(text: str) -> str:
    # U+FDFA and U+FDFB have a mapping too, but are honorifics and follow that option alone.
    return "".join(c if c in HONORIFICS else FORMS.get(c, c) for c in text)


def treat_honorifics(text: str, how: str) -> str:
    if how == "keep":
        return text
    if how == "strip":
        return "".join(c for c in text if c not in HONORIFICS)
    out = []
    for i, c in enumerate(text):
        if c not in HONORIFICS:
            out.append(c)
            continue
        # CHOICE: a phrase glued to a word gets the space that the single sign did not need; marks and invisibles
        # between the two are passed over. Between two phrases it is the second that brings the space.
        before, after = nearest(text, i, -1, sits_on_another), nearest(text, i, +1, sits_on_another)
        between_phrases = SPACE if after in HONORIFICS else ""
        out.append(SPACE if is_of_word(before) else "")
        out.append(HONORIFICS[c])
        out.append(SPACE if is_of_word(after) else between_phrases)
    return "".join(out)


def sits_on_another(c: str) -> bool:
    return is_combining(c) or is_joiner(c)


def is_of_word(c: str) -> bool:
    return c != "" and (is_letter(c) or c == TATWEEL or c in ALL_DIGITS) and c not in HONORIFICS


def treat_invisibles(text: str, invisible: str, zwnj: str, dagger_alef: str) -> str:
    """Drops what no reader sees.

    CHOICE: a neighbour is the next code point that is *seen*: no invisible, no mark of the Arabic blocks and no
    tatweel, which may be stripped, so that what is decided now would be decided again afterwards. A dagger alef that is
    about to become a letter is seen as one.
    """

    def unseen(c: str) -> bool:
        return is_joiner(c) or (is_mark_or_tatweel(c) and not becomes_letter(c))

    def becomes_letter(c: str) -> bool:
        return dagger_alef == "alef" and c in DAGGERS and c != SUBSCRIPT_ALEF

    def unseen_or_white(c: str) -> bool:
        return unseen(c) or c in SPACES or c in LINE_BREAKS

    def is_arabic(c: str) -> bool:
        return c != "" and (is_arabic_letter(c) or becomes_letter(c))

    def follows_virama(i: int) -> bool:
        while i > 0:
            i -= 1
            if not unseen(text[i]):
                if any(ucd.combining(part) == 9 for part in ucd.normalize("NFD", text[i])):
                    return True
                if ucd.combining(text[i]) == 0 or becomes_letter(text[i]):
                    return False
        return False

    def keeps(i: int) -> bool:
        c = text[i]
        if invisible == "keep" or c == ZWNJ or not is_joiner(c):
            return True
        if c in INVISIBLES:
            return False
        before, after = nearest(text, i, -1, unseen), nearest(text, i, +1, unseen)
        starts = nearest(text, i, -1, unseen_or_white) == ""
        ends = nearest(text, i, +1, unseen_or_white) == ""
        if c == ZWJ:
            # Behind a virama the joiner chooses the form of a conjunct. CHOICE: marks may stand between the two, as
            # composition puts them in order.
            return follows_virama(i) or not (starts or ends or is_arabic(before) or is_arabic(after))
        # A selector belongs to what stands before it.
        if starts or is_arabic(before):
            return False
        return has_variants(before) or not (ends or is_arabic(after))

    # The boundaries first: what stands beside one that becomes a space stands beside a space.
    text = treat_boundaries(text, invisible, zwnj)
    return "".join(c for i, c in enumerate(text) if keeps(i))


def treat_boundaries(text: str, invisible: str, zwnj: str) -> str:
    out = []
    for i, c in enumerate(text):
        if c == ZWNJ and is_between_letters(text, i):
            # CHOICE: however often it was typed between two letters, it is one boundary, and one space.
            space = "" if is_again(text, i) else SPACE
            out.append({"keep": ZWNJ, "strip": "", "space": space}[zwnj])
        # CHOICE: a ZWNJ that separates no letters is an invisible like others: preset "none" leaves it.
        elif c != ZWNJ or (zwnj == "keep" and invisible == "keep"):
            out.append(c)
    return "".join(out)


def has_variants(c: str) -> bool:
    """Whether a variation selector behind a character makes another picture of it, also at the end of the text.

    CHOICE: any symbol or emoji, and the letters of scripts that have variants (ideographs, Mongolian).
    """
    if c == "":
        return False
    is_latin = "LATIN " in ucd.name(c, "")
    return is_symbol(c) or (is_letter(c) and not is_latin and not is_arabic_letter(c))


def nearest(text: str, i: int, step: int, skip) -> str:
    """The first character from `i` in the direction of `step` that `skip` does not pass over; "" at the end."""
    i += step
    while 0 <= i < len(text) and skip(text[i]):
        i += step
    return text[i] if 0 <= i < len(text) else ""


def is_joiner(c: str) -> bool:
    return c in (ZWJ, ZWNJ) or c in VARIATION_SELECTORS or c in INVISIBLES


def is_between_letters(text: str, i: int) -> bool:
    # CHOICE: marks of any script (a virama!), tatweel and other invisibles on the way are passed over, since they may
    # be stripped: what is between letters now must be so afterwards.
    before, after = nearest(text, i, -1, sits_between_letters), nearest(text, i, +1, sits_between_letters)
    return before != "" and is_letter(before) and after != "" and is_letter(after)


def is_again(text: str, i: int) -> bool:
    """Whether another ZWNJ stands between the letter before `i` and `i`."""
    return nearest(text, i, -1, lambda c: sits_between_letters(c) and c != ZWNJ) == ZWNJ


def sits_between_letters(c: str) -> bool:
    return is_joiner(c) or is_combining(c) or c == TATWEEL


def is_symbol(c: str) -> bool:
    return ucd.category(c).startswith("S") or c in "\u203c\u2049\u3030\u303d"


def classes_of(diacritics: object) -> set[str]:
    if diacritics == "keep":
        return set()
    if diacritics == "strip":
        return set(CLASSES)
    return set(diacritics)


def strip_marks(text: str, classes: set[str], dagger_alef: str) -> str:
    stripped = set().union(*(CLASSES[name] for name in classes))
    out = []
    for i, c in enumerate(text):
        if c in DAGGERS:
            if dagger_alef == "keep":
                out.append(c)
            elif dagger_alef == "alef" and c != SUBSCRIPT_ALEF:
                write_dagger_alef(text, i, out)
        elif c not in stripped:
            out.append(c)
    return "".join(out)


def write_dagger_alef(text: str, i: int, out: list[str]) -> None:
    """Appends what the dagger alef at `i` is in modern spelling; may turn the waw that carries it into an alef."""
    before, after = letters_before(text, i), letters_after(text, i)
    carrier = before[-1:]
    if {*without_prefixes(bare(before + after))} & {*WITHOUT_ALEF}:
        return
    # CHOICE: a Persian keyboard's yeh at the end of a word is an alef maksura too; elsewhere it may be a yeh.
    if carrier == ALEF_MAKSURA or (carrier == FARSI_YEH and after == ""):
        return
    # CHOICE: with an ending in place of the teh marbuta as well (صلوٰتهم).
    stems = {word[:-2] for word in WAW_FOR_ALEF}
    stems |= {article + stem for article in ("ال", "لل") for stem in stems}
    if carrier == WAW and after[:1] in ("ة", "ت") and after and {*without_prefixes(bare(before[:-1]))} & stems:
        at = max(k for k, c in enumerate(out) if c == WAW)
        out[at] = ALEF
        return
    out.append(ALEF)


def letters_before(text: str, i: int) -> str:
    """The letters of the word before `i`, marks, tatweel and invisibles passed over."""
    start = i
    while start > 0 and is_part_of_word(text[start - 1]):
        start -= 1
    return "".join(c for c in text[start:i] if is_arabic_letter(c))


def letters_after(text: str, i: int) -> str:
    end = i + 1
    while end < len(text) and is_part_of_word(text[end]):
        end += 1
    return "".join(c for c in text[i + 1 : end] if is_arabic_letter(c))


def is_part_of_word(c: str) -> bool:
    return is_arabic_letter(c) or is_mark_or_tatweel(c) or is_joiner(c)


def bare(word: str) -> str:
    """A word for comparison: its alefs folded, and the letters of a Persian keyboard."""
    return "".join(ALEF if c in ALEFS["extended"] else LOOKALIKES.get(c, c) for c in word)


def without_prefixes(word: str) -> list[str]:
    """The word, and the word without its first letter or two where these are prefixes (وبذلك, فلهذا)."""
    prefixes = 0
    while prefixes < 2 and word[prefixes : prefixes + 1] in PREFIXES:
        prefixes += 1
    return [word[cut:] for cut in range(prefixes + 1)]


def strip_tatweel(text: str) -> str:
    out = []
    i = 0
    while i < len(text):
        if text[i] != TATWEEL:
            out.append(text[i])
            i += 1
            continue
        end = i
        while end < len(text) and (is_combining(text[end]) or text[end] == TATWEEL):
            end += 1
        before, after = nearest(text, i, -1, is_combining), text[end : end + 1]
        # CHOICE: "a token of tatweel alone" is one that touches no letter (any script) on either side: it lengthens
        # nothing and is a dash, also between digits (2010ـ2015) or with a mark of its own (the mark is on show).
        if not (before and is_letter(before)) and not (after and is_letter(after)):
            out.append(text[i:end])
        else:
            marks = text[i:end].replace(TATWEEL, "")
            is_heh = before == HEH and stands_first(text, i) and not (after and is_letter(after))
            out.append(TATWEEL * is_heh + marks)
        i = end
    return "".join(out)


def stands_first(text: str, i: int) -> bool:
    """Whether the heh before `i` has no letter before it. CHOICE: whatever else stands there will do (1436/هـ)."""
    heh = max(k for k in range(i) if text[k] == HEH)
    before = nearest(text, heh, -1, lambda c: is_combining(c) or c == TATWEEL)
    return before == "" or not is_letter(before)


def runs_of_marks(text: str) -> list[tuple[int, int, int]]:
    """(base, first mark, end) of every base character that has marks."""
    out = []
    i = 0
    while i < len(text):
        first = end = i if is_combining(text[i]) else i + 1  # marks at the head of the text have no base
        while end < len(text) and is_combining(text[end]):
            end += 1
        if end > first:
            out.append((i, first, end))
        i = end
    return out


def fold_yaa(text: str, yaa: str, lookalikes: str) -> str:
    if lookalikes == "fold":
        text = "".join(LOOKALIKES.get(c, c) for c in text)
    if yaa == "fold":
        text = text.replace(ALEF_MAKSURA, YEH)
    return text


def fold_letters(text: str, alef: str, hamza: str, teh_marbuta: str) -> str:
    dropped = set()
    if alef != "keep":
        # CHOICE: an alef that was bare already counts as folded: no madda or hamza stays on it.
        for base, first, end in runs_of_marks(text):
            if text[base] == ALEF or text[base] in ALEFS[alef]:
                dropped |= {i for i in range(first, end) if text[i] in PARTS_OF_LETTERS}
    # CHOICE: a stray hamza goes with either folding.
    if hamza != "keep":
        for i, c in enumerate(text):
            if c in (HAMZA_ABOVE, HAMZA_BELOW):
                dropped.add(i)
    out = []
    for i, c in enumerate(text):
        if i in dropped:
            continue
        if alef != "keep" and c in ALEFS[alef]:
            c = ALEF
        elif hamza == "carrier":
            c = {"\u0624": WAW, "\u0626": YEH}.get(c, c)
        elif hamza == "hamza":
            c = {"\u0624": HAMZA, "\u0626": HAMZA}.get(c, c)
        if c in TEH_MARBUTAS:
            c = {"keep": c, "heh": HEH, "teh": TEH}[teh_marbuta]
        out.append(c)
    return "".join(out)


def shorten_runs(text: str, longest: int) -> str:
    out: list[str] = []
    run = 0
    for c in text:
        run = run + 1 if out and out[-1] == c else 1
        if run <= longest or not is_letter(c) or c == TATWEEL:
            out.append(c)
    return "".join(out)


def fold_digits(text: str, how: str) -> str:
    if how == "keep":
        return text
    out = []
    for i, c in enumerate(text):
        after_digit = i > 0 and text[i - 1] in ALL_DIGITS
        between = after_digit and i + 1 < len(text) and text[i + 1] in ALL_DIGITS
        # CHOICE: separators are translated towards ASCII only; a "." or "," between digits may be a date's or a
        # list's, so that nothing certain could be written for it in the other direction.
        if how == "ascii" and between and c in "\u066b\u066c":
            c = {"\u066b": ".", "\u066c": ","}[c]
        elif how == "ascii" and after_digit and c == "\u066a":
            c = "%"
        out.append(DIGITS[how].get(c, c))
    return "".join(out)


def fold_punctuation(text: str) -> str:
    out = []
    for i, c in enumerate(text):
        between = 0 < i < len(text) - 1 and text[i - 1] in ALL_DIGITS and text[i + 1] in ALL_DIGITS
        out.append(c if c == "\u060c" and between else PUNCTUATION.get(c, c))
    return "".join(out)


def collapse_spaces(text: str) -> str:
    return "".join(
        SPACE.join(part for part in "".join(SPACE if c in SPACES else c for c in line).split(SPACE) if part) + end
        for line, end in lines_of(text)
    )


# ── Lines and cuts ───────────────────────────────────────────────────────────────────────────────────────────────


def lines_of(text: str) -> list[tuple[str, str]]:
    """(line, its break) in order; the last break is "". CR LF is one break."""
    out, start, i = [], 0, 0
    while i < len(text):
        width = 2 if text[i : i + 2] == "\r\n" else 1 if text[i] in LINE_BREAKS else 0
        if width:
            out.append((text[start:i], text[i : i + width]))
            start = i = i + width
        else:
            i += 1
    return [*out, (text[start:], "")]


def remove_cuts(text: str, cuts: list[tuple[int, int]]) -> str:
    """The text without `cuts`, which are sorted, disjoint and trimmed.

    A line of which a cut leaves nothing goes with its break (the last line, which has none, with the break before
    it). Within a line the white space beside a cut goes too, and one space stays where both sides have text.
    CHOICE: that space also stands where there was none, so that no two words are glued; cuts with nothing but white
    space between them are one; a cut that joins the middle of two lines leaves the first line's break between them.
    """
    if not cuts:
        return text
    cut = [False] * len(text)
    for start, end in cuts:
        cut[start:end] = [True] * (end - start)

    kept: list[tuple[str, str]] = []  # lines with the break behind each
    offset = 0
    for line, end in lines_of(text):
        flags = cut[offset : offset + len(line) + len(end)]
        offset += len(flags)
        left = line_without(line, flags)
        if left or not any(flags):
            kept.append((left, end))
    # The last line has no break: if it went, the line that is now the last gives its break up.
    if kept and kept[-1][1]:
        kept[-1] = (kept[-1][0], "")
    return "".join(line + end for line, end in kept)


def line_without(line: str, flags: list[bool]) -> str:
    """One line without its flagged characters and the white space beside them."""
    if not any(flags[: len(line)]):
        return line
    pieces = "".join("\0" if flag else c for c, flag in zip(line, flags, strict=False))
    white = "".join(SPACES)
    first, *others = (piece for piece in pieces.split("\0"))
    *middle, last = others
    pieces = [first.rstrip(white), *(piece.strip(white) for piece in middle), last.lstrip(white)]
    return SPACE.join(piece for piece in pieces if piece)
