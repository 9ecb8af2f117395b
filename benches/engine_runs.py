"""What each engine needs for the whole way, Parquet to articles in Parquet, beside the same way without naqi.

usage: .venv-engines/bin/python benches/engine_runs.py [--corpus DIR] [--only NAME]   (after `make test-engines`)

DIR is that of benches/speed.py. Every run is a process of its own over two copies of the corpus and over eight; the
difference of the two is what six copies cost once the engine is up. Processor seconds are those of the whole machine
(/proc/stat: engines hide their processes), so nothing else may run on it.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import textwrap
import time
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from rounds import read_corpus

FEW, MANY = 2, 8  # copies of the corpus
STEP = """
    import glob, os, sys, pyarrow as pa, pyarrow.parquet as pq
    source, target, job = sys.argv[1:]
    os.environ["PYSPARK_PYTHON"] = sys.executable
    from naqi.engines import mapper
    step = mapper(drop_text=True, threads=1) if job == "extract" else lambda table: table
"""
ENGINES = {
    "pyarrow alone": """
        for path in sorted(glob.glob(source + "/*")):
            pq.write_table(step(pq.ParquetFile(path).read(use_threads=False)), target + ".parquet", compression="zstd")
    """,
    "Spark": """
        from naqi.engines import spark as naqi_spark
        from pyspark.sql import SparkSession
        spark = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false").getOrCreate()
        spark.conf.set("spark.sql.parquet.compression.codec", "zstd")
        df = spark.read.parquet(source)
        df = naqi_spark.apply(df, step) if job == "extract" else df.mapInArrow(lambda batches: batches, df.schema)
        df.write.parquet(target)
        spark.stop()
    """,
    "Ray": """
        import ray
        ray.init(num_cpus=2, include_dashboard=False, logging_level="ERROR", log_to_driver=False)
        dataset = ray.data.read_parquet(source).map_batches(step, batch_format="pyarrow", zero_copy_batch=True)
        dataset.write_parquet(target, compression="zstd")
        ray.shutdown()
    """,
    "Dask": """
        import dask.dataframe as dd, pandas as pd
        def work(frame):
            done = step(pa.Table.from_pandas(frame, preserve_index=False))
            return done.to_pandas(types_mapper=pd.ArrowDtype)
        frame = dd.read_parquet(source, dtype_backend="pyarrow")
        done = frame.map_partitions(work, meta=work(frame._meta))
        done.to_parquet(target, compression="zstd", write_index=False)
    """,
    "Daft": """
        import daft
        from naqi.engines import mapper
        nested = mapper(into="article", threads=1)
        schema = pa.schema([("text", pa.string())])
        kind = daft.DataType.from_arrow_type(nested.schema(schema).field("article").type)
        @daft.func.batch(return_dtype=kind)
        def extracted(text: daft.Series):
            return nested(pa.table({"text": text.to_arrow()}))["article"].combine_chunks()
        @daft.func.batch(return_dtype=daft.DataType.string())
        def same(text: daft.Series):
            return text.to_arrow()
        table = daft.read_parquet(source)
        work = extracted if job == "extract" else same
        table.select("id", work(daft.col("text"))).write_parquet(target, compression="zstd")
    """,
    "datasets, two processes": """
        import datasets
        datasets.disable_progress_bars()
        pages = datasets.load_dataset("parquet", data_dir=source, split="train", cache_dir=target).with_format("arrow")
        done = pages.map(step, batched=True, batch_size=5000, num_proc=2, load_from_cache_file=False)
        done.with_format(None).to_parquet(target + ".parquet")
    """,
}


def busy() -> float:
    """Processor seconds that this machine has worked since it started."""
    user, nice, system, _idle, _wait, *rest = map(int, Path("/proc/stat").read_text().split("\n")[0].split()[1:9])
    return (user + nice + system + sum(rest[:2])) / os.sysconf("SC_CLK_TCK")


def run(code: str, source: Path, job: str) -> tuple[float, float]:
    """Processor seconds and wall seconds of one run."""
    with tempfile.TemporaryDirectory(dir=source.parent) as folder:
        began, worked = time.perf_counter(), busy()
        command = [
            sys.executable,
            "-c",
            textwrap.dedent(STEP) + textwrap.dedent(code),
            str(source),
            f"{folder}/out",
            job,
        ]
        done = subprocess.run(command, capture_output=True, text=True)
        took = busy() - worked, time.perf_counter() - began
        if done.returncode:
            raise RuntimeError(done.stderr[-2000:])
        return took


def main() -> int:
    """Measures and prints the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, default=Path("../shared/data/saudinewsnet"))
    parser.add_argument("--only", default="", help="engines whose name contains this")
    args = parser.parse_args()
    if not args.corpus.is_dir():
        print(f"no corpus at {args.corpus}: nothing to measure (--corpus DIR names another)", file=sys.stderr)
        return 1
    texts = read_corpus(args.corpus)
    megabytes = sum(len(text.encode()) for text in texts) / 1e6
    print(f"{megabytes:.1f} MB of UTF-8 a copy; CPU seconds for {FEW} and {MANY} copies, MB/s of a core between them")
    print(f"{'':26}{'job':>8}{FEW:>8}{MANY:>8}{'wall':>8}{'MB/s':>8}")
    with tempfile.TemporaryDirectory() as folder:
        sources = {count: Path(folder, str(count)) for count in (FEW, MANY)}
        for count, source in sources.items():
            source.mkdir()
            for part in range(count):
                table = pa.table({"id": range(part * len(texts), (part + 1) * len(texts)), "text": texts})
                pq.write_table(table, source / f"{part}.parquet", compression="zstd", row_group_size=10_000)
        for name, code in ENGINES.items():
            for job in ("copy", "extract"):
                if args.only.lower() not in name.lower():
                    continue
                (few, _), (many, wall) = (run(code, sources[count], job) for count in (FEW, MANY))
                rate = megabytes * (MANY - FEW) / (many - few)
                print(f"{name:26}{job:>8}{few:>8.1f}{many:>8.1f}{wall:>8.1f}{rate:>8.0f}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
