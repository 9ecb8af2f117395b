"""The mapper in Hugging Face datasets: in memory, streaming, and in processes forked after naqi was used."""

import os
import subprocess
import sys
import textwrap

import pytest

pytest.importorskip("datasets", reason="datasets is not installed: make test-engines")

import datasets
from naqi.engines import mapper


@pytest.fixture(autouse=True)
def cache(tmp_path, monkeypatch):
    monkeypatch.setenv("HF_DATASETS_CACHE", str(tmp_path))


def test_in_memory(pages, bodies):
    done = datasets.Dataset(pages).with_format("arrow").map(mapper(fields=["body"]), batched=True, batch_size=70)
    assert dict(zip(done["id"].to_pylist(), done["body"].to_pylist(), strict=True)) == bodies
    assert done.column_names == [*pages.column_names, "body"]


def test_streaming(pages, bodies):
    stream = datasets.Dataset(pages).to_iterable_dataset(num_shards=3).with_format("arrow")
    rows = list(stream.map(mapper(fields=["body"], drop_text=True), batched=True, batch_size=70).with_format(None))
    assert {row["id"]: row["body"] for row in rows} == bodies
    assert len(rows) == len(bodies)


def test_a_mapper_of_the_same_options_has_the_same_fingerprint():
    from datasets.fingerprint import Hasher

    assert Hasher.hash(mapper(keep="date")) == Hasher.hash(mapper(keep="date")) != Hasher.hash(mapper())


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")
@pytest.mark.parametrize("threads", [None, 1])
def test_processes_forked_after_use_do_not_hang(threads, tmp_path):
    code = f"""
        import naqi, datasets
        from naqi.engines import mapper
        texts = ["وصل الوفد.\\nالمصدر: صحيفة المثال"] * 4000
        before = [article.body for article in naqi.extract(texts, threads=2)]
        step = mapper(fields=["body"], threads={threads})
        pages = datasets.Dataset.from_dict({{"text": texts}}).with_format("arrow")
        done = pages.map(step, batched=True, num_proc=2).with_format(None)
        assert done["body"][:] == before
        assert [article.body for article in naqi.extract(texts, threads=2)] == before
        print("all")
    """
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", textwrap.dedent(code)],
        env={**os.environ, "HF_DATASETS_CACHE": str(tmp_path)},
        capture_output=True,
        timeout=180,
        text=True,
        encoding="utf-8",
    )
    assert (done.returncode, done.stdout.strip()) == (0, "all"), done.stderr
