"""Jobs on tables that are stopped: the old output stays, and the same job goes on where it was."""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import naqi
import pytest
from naqi.cli.tables import interruptible
from tables import PAGE, duckdb, rows, run

QUERY = f"duckdb:SELECT repeat('{PAGE}', 20) || i AS text FROM range(100000000) r(i)"


def make(folder: Path) -> list[Path]:
    """Two tables with rows that are rejected."""
    text = f"CASE WHEN i % 100 <> 7 THEN repeat('{PAGE}' || chr(10), 3) || i END AS text"
    query = f"SELECT i AS id, i::HUGEINT AS huge, [i] AS list, {text} FROM range({{}}, {{}}) r(i)"
    paths = [folder / "a.parquet", folder / "b.parquet"]
    for path, ends in zip(paths, [(0, 3000), (3000, 9000)], strict=True):
        duckdb.connect().execute(f"COPY ({query.format(*ends)}) TO '{path}' (FORMAT parquet, ROW_GROUP_SIZE 2048)")
    return paths


def make_csv(folder: Path) -> list[Path]:
    path = folder / "a.csv"
    duckdb.connect().execute(f"COPY (SELECT i AS id, '{PAGE}' || i AS text FROM range(6000) r(i)) TO '{path}'")
    data = path.read_bytes().replace(b"\n17,", b"\n17,x,").replace(b"\n5017,", b'\n"5017,')
    path.write_bytes(data)
    return [path]


@pytest.mark.parametrize(
    ("sources", "name", "kills"),
    [(make, "out.parquet", 8), (make, "out.csv.gz", 4), (make_csv, "out.parquet", 4)],
    ids=["parquet", "csv.gz", "csv to parquet"],
)
def test_after_kill_9_at_any_moment_the_result_is_the_same(tmp_path, sources, name, kills):
    whole, out = tmp_path / f"whole.{name}", tmp_path / name
    job = [sys.executable, "-m", "naqi", "extract", *sources(tmp_path), "--part", "250", "--quiet"]
    subprocess.run([*job, "-o", whole], check=True)
    chance = random.Random(name)
    manifest = tmp_path / f"{name}.partial" / "manifest"
    out.write_bytes(b"old")
    killed = 0
    while killed < kills:
        child = subprocess.Popen([*job, "--resume", "-o", out])
        while not manifest.exists() and child.poll() is None:
            time.sleep(0.01)
        time.sleep(chance.random() * 0.6)
        child.kill()
        killed += child.wait() == -signal.SIGKILL
        if out.read_bytes() != b"old":  # it came to its end
            assert out.read_bytes() == whole.read_bytes()
            out.write_bytes(b"old")
            shutil.rmtree(manifest.parent, ignore_errors=True)  # killed when the output was in its place
    run(*job[3:], "--resume", "-o", out)
    assert out.read_bytes() == whole.read_bytes()
    assert Path(f"{out}.rejects.jsonl").read_bytes() == Path(f"{whole}.rejects.jsonl").read_bytes()
    assert not manifest.parent.exists()


def test_the_parts_of_a_table_are_the_table(tmp_path):
    sources, out = make(tmp_path), tmp_path / "out.parquet"
    for part in (1000, 7, 9000, 10_000):
        run("extract", *sources, "--part", part, "--fields", "body,sentences", "-o", out)
        assert [n for (n,) in rows(out, "id")] == [n for n in range(9000) if n % 100 != 7]
        assert rows(out, "count(*)", "huge <> id OR list[1] <> id OR body IS NULL OR len(sentences) = 0") == [(0,)]


def test_what_was_done_is_not_done_again_and_another_job_is_not_resumed(tmp_path):
    sources, out = make(tmp_path), tmp_path / "out.parquet"
    slow = [sys.executable, "-m", "naqi", "extract", *sources, "--part", "100", "-o", out]
    child = subprocess.Popen(slow, stderr=subprocess.PIPE)
    manifest = tmp_path / "out.parquet.partial" / "manifest"
    while not (manifest.exists() and manifest.read_bytes().count(b"\n") > 3):
        time.sleep(0.01)
    child.send_signal(signal.SIGINT)
    _, said = child.communicate(timeout=60)
    assert child.returncode == 130
    assert b"--resume goes on with it" in said
    assert not out.exists()
    for options in (["--part", "50"], ["--part", "100", "--fields", "body"], ["--part", "100", "--drop-text"]):
        assert "cannot resume" in run("extract", *sources, *options, "--resume", "-o", out, code=1)
    assert "of them before, resumed" in run(*slow[3:-2], "--resume", "-o", out)
    assert "9,000 documents in" in run(*slow[3:-2], "--resume", "-o", out)


def test_a_query_is_not_resumed(tmp_path):
    assert "files, not a query" in run("extract", QUERY, "--resume", "-o", tmp_path / "out.parquet", code=2)


def test_two_jobs_do_not_write_one_table(tmp_path):
    out = tmp_path / "out.parquet"
    first = subprocess.Popen([sys.executable, "-m", "naqi", "extract", QUERY, "-o", out], stderr=subprocess.DEVNULL)
    while not (tmp_path / "out.parquet.partial" / "manifest").exists():
        time.sleep(0.01)
    assert "another job is writing" in run("extract", QUERY, "-o", out, code=1)
    first.send_signal(signal.SIGINT)
    assert first.wait(timeout=60) == 130


def test_a_full_disk_is_told_and_the_job_can_go_on(tmp_path):
    resource = pytest.importorskip("resource")
    sources, out = make(tmp_path), tmp_path / "out.csv"
    job = ["sentences", *sources, "--part", 100, "-o", out]
    limit = lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (600_000, 600_000))  # noqa: E731
    said = run(*job, code=1, preexec_fn=limit)
    assert "cannot write" in said
    assert "--resume goes on with it" in said
    assert "of them before, resumed" in run(*job, "--resume")
    assert len(rows(out)) == 8910


@pytest.mark.parametrize("wait", [0, 0.05, 0.3])
def test_ctrl_c_leaves_the_old_output(tmp_path, wait):
    out = tmp_path / "out.parquet"
    out.write_bytes(b"old")
    job = subprocess.Popen([sys.executable, "-m", "naqi", "extract", QUERY, "-o", out], stderr=subprocess.PIPE)
    while not (tmp_path / "out.parquet.partial").exists() and job.poll() is None:
        time.sleep(0.01)
    time.sleep(wait)
    job.send_signal(signal.SIGINT)
    _, said = job.communicate(timeout=60)
    assert job.returncode == 130, said.decode()
    assert out.read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["out.parquet"]


def test_ctrl_c_ends_work_that_does_not_stop():
    code = """if True:
        import threading
        from naqi.cli.tables import interruptible
        interruptible.PATIENCE = 0.2
        print("ready", flush=True)
        interruptible.run(lambda stop: threading.Event().wait(), lambda: print("given up", flush=True))
    """
    job = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE)
    assert job.stdout.readline() == b"ready\n"
    time.sleep(0.2)
    job.send_signal(signal.SIGINT)
    said, _ = job.communicate(timeout=60)
    assert (job.returncode, said) == (130, b"given up\n")


def test_work_is_told_to_stop_until_it_does():
    class Connection:
        told = 0

        def interrupt(self):
            self.told += 1
            raise RuntimeError("closed")

    connection = Connection()

    def work(stop):
        stop.connections.append(connection)
        os.kill(os.getpid(), signal.SIGINT)
        while connection.told < 3:  # what begins behind the first telling is told again
            time.sleep(0.01)
        stop.look()

    with pytest.raises(KeyboardInterrupt):
        interruptible.run(work, pytest.fail)


def test_what_work_returns_or_raises_is_passed_on():
    assert interruptible.run(lambda _: naqi.normalize("أ"), pytest.fail) == "ا"
    with pytest.raises(ZeroDivisionError):
        interruptible.run(lambda _: 1 // 0, pytest.fail)
