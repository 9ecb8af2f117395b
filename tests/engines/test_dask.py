"""The mapper in Dask, on threads and in processes."""

import os

import pytest

pytest.importorskip("dask.dataframe", reason="dask[dataframe] is not installed: make test-engines")

import dask.dataframe as dd
import pandas as pd
import pyarrow as pa
from naqi.engines import mapper

STEP = mapper(fields=["body"])


@pytest.fixture(scope="module")
def frame(pages):
    frame = pages.to_pandas(types_mapper=pd.ArrowDtype).set_index("id")
    return dd.from_pandas(frame, npartitions=5)


def cleaned(frame):
    return STEP(pa.Table.from_pandas(frame)).to_pandas(types_mapper=pd.ArrowDtype)


def body_of(stories):
    return {i: None if body is pd.NA else body for i, body in stories["body"].items()}


def test_articles_are_those_of_naqi_and_the_index_stays(frame, bodies):
    stories = frame.map_partitions(cleaned, meta=cleaned(frame._meta)).compute(scheduler="threads")
    assert body_of(stories) == bodies
    assert stories.index.name == "id"


def test_in_processes_each_with_one_thread(frame, bodies):
    distributed = pytest.importorskip("distributed", reason="distributed is not installed: make test-engines")
    with (
        distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster,
        distributed.Client(cluster) as client,
    ):
        stories = frame.map_partitions(sent(STEP), meta=cleaned(frame._meta))
        assert body_of(stories.compute()) == bodies
        assert set(client.run(os.environ.get, "OMP_NUM_THREADS").values()) == {"1"}


def sent(step):
    # A function of this module could not be found by the processes; one inside a function travels whole.
    def work(part):
        return step(pa.Table.from_pandas(part)).to_pandas(types_mapper=pd.ArrowDtype)

    return work
