"""What the tests of columns share: the jobs, texts, and how the results of a list read as those of a column."""

import math

import naqi

FIELDS = list(naqi.extract("").to_dict())
TEXT_JOBS = {
    "strip_diacritics": naqi.strip_diacritics,
    "normalize_alef": naqi.normalize_alef,
    "normalize_yaa": naqi.normalize_yaa,
    "normalize": naqi.normalize,
    "remove_boilerplate": naqi.remove_boilerplate,
    "Normalizer": naqi.Normalizer("search"),
}
NESTED_JOBS = {
    "split_sentences": naqi.split_sentences,
    "sentence_spans": naqi.sentence_spans,
    "find_boilerplate": naqi.find_boilerplate,
    "extract": naqi.extract,
    "Extractor": naqi.Extractor(normalize="light", keep={"source"}),
}
JOBS = TEXT_JOBS | NESTED_JOBS

PAGE = (
    "عودة القطار إلى المدينة\nكتب - سامر العلي:\nعاد القطار \U0001f682 أمس، بعد عام. وفرح الناس!\n"
    "الأربعاء 3 يناير 2024 - 10:15 GMT\nالمصدر: صحيفة المثال"
)
TEXTS = ["الأخبارُ", None, "خبر. وآخر.", "", "plain ascii", "caf\u00e9 \uffff", "\U0001f680 خبرٌ", PAGE, None, "ب" * 13]


def value(result):
    """A result of a list as `to_pylist` shows that of a column."""
    if isinstance(result, naqi.Article):
        return {name: value(getattr(result, name)) for name in FIELDS}
    if isinstance(result, naqi.Boilerplate):
        return result.to_dict()
    if isinstance(result, tuple):
        return dict(zip(("start", "end"), result, strict=True))
    return [value(item) for item in result] if isinstance(result, list) else result


def expected(job, texts, **options):
    """What a column of these texts should read as."""
    return [value(result) for result in job(list(texts), **options)]


def missing(item) -> bool:
    """Whether a cell of pandas has no value."""
    return (
        item is None or type(item).__name__ in ("NAType", "NaTType") or (isinstance(item, float) and math.isnan(item))
    )
