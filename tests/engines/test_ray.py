"""The mapper in Ray Data."""

import os

import pytest

pytest.importorskip("ray", reason="ray is not installed: make test-engines")
pytest.importorskip("ray.data", reason="ray[data] is not installed: make test-engines")

import naqi
import ray
import ray.data
from naqi.engines import mapper


@pytest.fixture(scope="module", autouse=True)
def cluster():
    ray.init(num_cpus=2, include_dashboard=False, logging_level="ERROR", log_to_driver=False)
    yield
    ray.shutdown()


def test_articles_are_those_of_naqi(pages, bodies):
    dataset = ray.data.from_arrow(pages).repartition(5)
    step = mapper(fields=["body"])
    done = dataset.map_batches(step, batch_format="pyarrow", batch_size=70, zero_copy_batch=True)
    rows = done.take_all()
    assert {row["id"]: row["body"] for row in rows} == bodies
    assert len(rows) == len(bodies)
    assert done.schema().names == step.schema(pages.schema).names


def test_templates_are_merged(pages):
    @ray.remote
    def learn(table):
        return naqi.Templates.learn(table["text"].to_pylist(), site=table["site"].to_pylist())

    pieces = ray.get([learn.remote(pages.slice(start, 250)) for start in range(0, 1000, 250)])
    at_once = naqi.Templates.learn(pages["text"].to_pylist(), site=pages["site"].to_pylist())
    assert naqi.Templates().merge(*pieces) == at_once


def test_a_task_has_the_threads_that_it_asked_for():
    said = ray.remote(lambda: os.environ.get("OMP_NUM_THREADS"))
    assert ray.get(said.remote()) == "1"
