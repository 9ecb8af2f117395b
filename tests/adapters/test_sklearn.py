"""`naqi.sklearn` inside the real scikit-learn."""

import pickle

import naqi
import pytest

pytest.importorskip("sklearn", reason="scikit-learn is not installed: make test-adapters")

from naqi.sklearn import NaqiTransformer
from sklearn.base import clone
from sklearn.compose import ColumnTransformer
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GridSearchCV
from sklearn.pipeline import make_pipeline

TEXTS = ["فازَ الفريقُ بالكأس", "ارتفعت الأسهم أمس", "فاز المنتخب بالمباراة", "هبطت الاسهم اليوم"] * 5
LABELS = ["sport", "money", "sport", "money"] * 5


def test_it_does_what_the_functions_do(examples):
    pages = list(examples.values())
    both = NaqiTransformer("search", remove_boilerplate=True, keep=("dateline",))
    assert both.fit_transform(pages) == naqi.normalize(naqi.remove_boilerplate(pages, keep="dateline"), "search")
    assert NaqiTransformer(None).fit_transform(TEXTS) == TEXTS


@pytest.mark.parametrize("normalize", ["light", None, naqi.Normalizer("news", alef="keep")])
def test_it_clones_and_pickles(normalize):
    transformer = NaqiTransformer(normalize, keep=("date",), threads=1)
    copies = [clone(transformer), pickle.loads(pickle.dumps(transformer))]
    assert all(copy.get_params() == transformer.get_params() for copy in copies)
    assert all(copy.transform(TEXTS) == transformer.transform(TEXTS) for copy in copies)


def test_it_folds_spellings_for_a_vectorizer():
    pipeline = make_pipeline(NaqiTransformer("search"), CountVectorizer())
    words = pipeline.fit(TEXTS).named_steps["countvectorizer"].vocabulary_
    assert "الاسهم" in words
    assert "الأسهم" not in words


def test_a_search_sets_its_parameters():
    pipeline = make_pipeline(NaqiTransformer(), CountVectorizer(), LogisticRegression())
    search = GridSearchCV(pipeline, {"naqitransformer__normalize": ["none", "search"]}, cv=2, n_jobs=2)
    search.fit(TEXTS, LABELS)
    assert search.best_score_ > 0.9


def test_it_takes_a_column_of_a_frame():
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame({"text": TEXTS, "other": range(len(TEXTS))})
    texts = make_pipeline(NaqiTransformer("search"), CountVectorizer())
    columns = ColumnTransformer([("text", texts, "text")])
    try:
        naqi.normalize(frame["text"])
    except TypeError:
        pytest.skip("this version takes no columns yet")
    assert columns.fit_transform(frame).shape[0] == len(TEXTS)


@pytest.mark.parametrize("wrong", [{"normalize": "nwes"}, {"keep": ("datelin",)}])
def test_a_wrong_parameter_is_refused_at_fit(wrong):
    with pytest.raises(ValueError, match="did you mean"):
        NaqiTransformer(**wrong).fit(TEXTS)
