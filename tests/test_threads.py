"""The pool: as many threads as asked, the same results, alive after a fork, and it lets go on Ctrl-C."""

import concurrent.futures
import multiprocessing
import os
import pickle
import signal
import subprocess
import sys
import textwrap
import time

import naqi
import pytest

TEXTS = [f"الأخبارُ العاجـــلة رقم {i}. وآخر!" if i % 7 else None for i in range(4000)]
needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")


def run(code: str, *, timeout: float = 60, **environment: str) -> str:
    """Standard output of `code` in an interpreter of its own, warnings being errors."""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", textwrap.dedent(code)],
        env={**os.environ, "PYTHONUTF8": "1", **environment},
        capture_output=True,
        timeout=timeout,
        text=True,
        encoding="utf-8",
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout.strip()


def test_how_many_threads_does_not_show():
    for job in (naqi.normalize, naqi.split_sentences, naqi.extract, naqi.Normalizer("search"), naqi.Extractor()):
        alone = job(TEXTS, threads=1)
        assert alone == job(TEXTS, threads=3) == job(TEXTS) == job(TEXTS, threads=64)


def test_more_threads_than_a_machine_has_are_asked_for_in_vain():
    assert naqi.normalize(TEXTS, threads=10**30) == naqi.normalize(TEXTS, threads=1)


def test_threads_of_python_may_use_it_at_the_same_time():
    normalizer = naqi.Normalizer()
    expected = normalizer(TEXTS), naqi.split_sentences(TEXTS)
    with concurrent.futures.ThreadPoolExecutor(16) as pool:
        normal = [pool.submit(normalizer, TEXTS, threads=i % 3 + 1) for i in range(24)]
        split = [pool.submit(naqi.split_sentences, TEXTS) for _ in range(24)]
        assert all(future.result() == expected[0] for future in normal)
        assert all(future.result() == expected[1] for future in split)


COUNT = """
    import os, naqi
    texts = ["الأخبارُ العاجـــلة " * 200] * 2000
    before = len(os.listdir("/proc/self/task"))
    naqi.normalize(texts{argument})
    print(len(os.listdir("/proc/self/task")) - before)
"""


@pytest.mark.skipif(not os.path.isdir("/proc/self/task"), reason="threads are counted in /proc")
class TestCount:
    @pytest.mark.parametrize("variable", ["NAQI_NUM_THREADS", "OMP_NUM_THREADS"])
    def test_the_environment_may_say_fewer_than_there_are_cores(self, variable):
        other = {"NAQI_NUM_THREADS": "99", "OMP_NUM_THREADS": "99"}
        assert run(COUNT.format(argument=""), **{**other, variable: "1"}) == "0"
        assert run(COUNT.format(argument=""), **{**other, variable: "1,8"}) == "0"

    def test_without_an_argument_there_are_no_more_threads_than_cores(self):
        cores = len(os.sched_getaffinity(0))
        started = int(run(COUNT.format(argument=""), NAQI_NUM_THREADS="99", OMP_NUM_THREADS="99"))
        assert started <= (cores if cores > 1 else 0)

    def test_the_argument_comes_first(self):
        for variable in ("NAQI_NUM_THREADS", "OMP_NUM_THREADS"):
            assert run(COUNT.format(argument=", threads=1"), **{variable: "3"}) == "0"
            assert run(COUNT.format(argument=", threads=3"), **{variable: "1"}) == "3"

    def test_no_thread_starts_before_there_is_work(self):
        assert run("import os, naqi; naqi.normalize('خبرٌ'); print(len(os.listdir('/proc/self/task')))") == "1"

    @pytest.mark.parametrize("value", ["0", "-2", "many", "", "99999999999999999999"])
    def test_an_odd_value_in_the_environment_breaks_nothing(self, value):
        code = "import naqi; print(naqi.normalize(['خبرٌ'] * 3000)[2999])"
        assert run(code, NAQI_NUM_THREADS=value) == "خبر"


@needs_fork
class TestFork:
    def test_a_forked_child_can_work(self):
        code = """
            import os, naqi
            texts = ["الأخبارُ العاجـــلة"] * 5000
            before = naqi.normalize(texts)
            child = os.fork()
            if child == 0:
                os._exit(0 if naqi.normalize(texts) == before else 1)
            assert os.waitpid(child, 0)[1] == 0
            assert naqi.normalize(texts) == before
            print("both")
        """
        assert run(code, NAQI_NUM_THREADS="2") == "both"

    def test_multiprocessing_by_fork_works_after_use(self):
        code = """
            import multiprocessing, naqi
            texts = ["الأخبارُ العاجـــلة"] * 3000
            before = naqi.normalize(texts)
            with multiprocessing.get_context("fork").Pool(2) as pool:
                assert pool.map(naqi.normalize, [texts] * 4) == [before] * 4
            print("all")
        """
        assert run(code, NAQI_NUM_THREADS="2") == "all"

    def test_a_fork_from_one_thread_while_another_works(self):
        code = """
            import os, threading, naqi
            texts = ["الأخبارُ العاجـــلة " * 50] * 3000
            expected = naqi.normalize(texts)
            done = []
            worker = threading.Thread(target=lambda: done.extend(naqi.normalize(texts) for _ in range(5)))
            worker.start()
            for _ in range(5):
                child = os.fork()
                if child == 0:
                    os._exit(0 if naqi.normalize(texts[:2000]) == expected[:2000] else 1)
                assert os.waitpid(child, 0)[1] == 0
            worker.join()
            assert done == [expected] * 5
            print("all")
        """
        assert (
            run(
                code.replace("import os,", "import warnings; warnings.simplefilter('ignore')\n            import os,"),
                NAQI_NUM_THREADS="2",
            )
            == "all"
        )


def test_spawned_processes_take_objects_by_pickle():
    context = multiprocessing.get_context("spawn")
    normalizer = pickle.loads(pickle.dumps(naqi.Normalizer("search")))
    with context.Pool(1) as pool:
        assert pool.map(normalizer, ["مدرسةٌ"]) == ["مدرسه"]


@pytest.mark.skipif(os.name == "nt", reason="signals are sent to a process of this system only")
@pytest.mark.parametrize("job", ["naqi.extract", "naqi.normalize", "naqi.split_sentences"])
@pytest.mark.parametrize("threads", [1, 2])
def test_ctrl_c_ends_a_long_batch(job, threads):
    code = f"""
import sys, naqi
texts = ["الأخبارُ العاجـــلة. وقال المدير إن العمل بدأ. " * 2000] * 1000
print("ready", flush=True)
try:
    while True:
        {job}(texts, threads={threads})
except KeyboardInterrupt:
    print("interrupted", flush=True)
    print(naqi.normalize(["خبرٌ"] * 3000)[0])
"""
    child = subprocess.Popen([sys.executable, "-X", "utf8", "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    try:
        assert child.stdout.readline() == b"ready\n"
        time.sleep(0.3)
        child.send_signal(signal.SIGINT)
        out, errors = child.communicate(timeout=30)
    finally:
        child.kill()
    assert out.decode().split() == ["interrupted", "خبر"]
    assert errors == b""
