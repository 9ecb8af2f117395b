"""`naqi_sentencizer` inside the real spaCy."""

import naqi
import pytest

spacy = pytest.importorskip("spacy", reason="spaCy is not installed: make test-adapters")


@pytest.fixture
def nlp():
    nlp = spacy.blank("ar")
    nlp.add_pipe("naqi_sentencizer")  # found by its entry point, not by the import above
    return nlp


def test_sentences_are_those_of_naqi(nlp, examples):
    for text in examples.values():
        assert [s.text.strip() for s in nlp(text).sents] == naqi.split_sentences(text)


def test_a_stream_gives_what_one_by_one_gives(nlp, examples):
    texts = [*examples.values(), "", "كلمة"]
    one_by_one = [[s.text for s in nlp(text).sents] for text in texts]
    assert [[s.text for s in doc.sents] for doc in nlp.pipe(texts, batch_size=2)] == one_by_one


def test_it_is_kept_on_disk_with_its_setting(tmp_path):
    nlp = spacy.blank("ar")
    nlp.add_pipe("naqi_sentencizer", config={"newlines": "wrap"})
    nlp.to_disk(tmp_path)
    assert spacy.load(tmp_path).get_pipe("naqi_sentencizer").newlines == "wrap"


def test_every_text_is_taken(nlp):
    for text in ("", " ", "\n\n", ".", "نص\u200f", "3.14%.وأضاف"):
        assert "".join(token.text_with_ws for sent in nlp(text).sents for token in sent) == text


def test_an_unknown_setting_is_refused():
    with pytest.raises(ValueError, match="did you mean 'break'"):
        spacy.blank("ar").add_pipe("naqi_sentencizer", config={"newlines": "brek"})
