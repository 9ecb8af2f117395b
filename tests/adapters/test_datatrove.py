"""`naqi.datatrove` inside the real datatrove."""

import json
import pickle

import naqi
import pytest

pytest.importorskip("datatrove", reason="datatrove is not installed: make test-adapters")

from datatrove.data import Document
from datatrove.executor import LocalPipelineExecutor
from datatrove.pipeline.readers import JsonlReader
from datatrove.pipeline.writers import JsonlWriter
from naqi.datatrove import ArticleExtractor

pytestmark = pytest.mark.filterwarnings("default")  # datatrove's own


def test_a_story_replaces_its_page_with_its_facts(examples):
    page = examples["gulf_newspaper"]
    (story,) = ArticleExtractor()([Document(text=page, id="1", metadata={"url": "https://example.org/1"})])
    article = naqi.extract(page)
    assert story.text == f"{article.title}\n{article.body}"
    assert story.metadata["naqi"]["published"] == "2023-11-22"
    assert story.metadata["naqi"]["rules"] == naqi.RULES_VERSION
    assert 0 < story.metadata["naqi"]["cut"] < 1


def test_a_page_without_a_story_is_dropped():
    assert list(ArticleExtractor()([Document(text="شارك\nفيسبوك\nتويتر", id="1")])) == []
    assert len(list(ArticleExtractor(min_sentences=0)([Document(text="", id="1")]))) == 1


def test_it_pickles_as_executors_need(examples):
    block = pickle.loads(pickle.dumps(ArticleExtractor(naqi.Extractor(keep="dateline"))))
    (story,) = block([Document(text=examples["gulf_newspaper"], id="1")])
    assert "قنا" in story.text


def test_a_whole_pipeline_runs(tmp_path, examples):
    pages = "\n".join(json.dumps({"text": text, "id": name}) for name, text in examples.items())
    (tmp_path / "in").mkdir()
    (tmp_path / "in/pages.jsonl").write_text(pages, encoding="utf-8")
    LocalPipelineExecutor(
        pipeline=[
            JsonlReader(str(tmp_path / "in")),
            ArticleExtractor(),
            JsonlWriter(str(tmp_path / "out"), compression=None),
        ],
        logging_dir=str(tmp_path / "logs"),
    ).run()
    (out,) = (tmp_path / "out").glob("*.jsonl")
    assert len(out.read_text(encoding="utf-8").splitlines()) == len(examples)
