"""The recipe for Hugging Face datasets, run on the real package."""

import naqi
import pytest

datasets = pytest.importorskip("datasets", reason="datasets is not installed: make test-adapters")


def cleaned(batch):
    articles = naqi.extract(batch["text"])
    return {
        "body": [article and article.body for article in articles],
        "published": [article and article.published for article in articles],
        "sentences": [article and article.sentences for article in articles],
    }


@pytest.mark.parametrize("processes", [None, 2])
def test_map_cleans_in_batches(tmp_path, monkeypatch, examples, processes):
    monkeypatch.setenv("HF_DATASETS_CACHE", str(tmp_path))
    texts = [*examples.values(), None]
    pages = datasets.Dataset.from_dict({"text": texts})
    done = pages.map(cleaned, batched=True, batch_size=2, num_proc=processes)
    articles = naqi.extract(texts)
    assert done["body"][:] == [article and article.body for article in articles]
    assert done["published"][:] == [article and article.published for article in articles]
