//! The thread pool that batches are spread over: born at the first batch that wants it, one to a process.
//!
//! A forked child finds no threads of its parent, so pools are keyed by process id: a child walks past its parent's
//! entry and makes its own. [`shut`] ends the pool before a fork (the Python border calls it), so that the parent forks
//! with no thread of ours alive; the next batch brings it back.

use rayon::ThreadPool;
use rayon::iter::{IntoParallelIterator, ParallelIterator};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// Threads a core at most: more only cost, and a thousand of them half a minute to start.
const A_CORE: usize = 4;

/// What may say how many threads a process gets. The second is everybody's: Spark, Ray and Dask set it in their workers.
const VARIABLES: [&str; 2] = ["NAQI_NUM_THREADS", "OMP_NUM_THREADS"];

/// How many threads a batch gets: what was asked for, else the smallest of the cores that this process may use and
/// what each of [`VARIABLES`] says; never more than [`A_CORE`] for each core.
#[must_use]
pub fn threads(asked: Option<usize>) -> usize {
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let unasked = || fewest(cores, VARIABLES.iter().filter_map(|name| std::env::var(name).ok()));
    asked.unwrap_or_else(unasked).min(cores.saturating_mul(A_CORE))
}

/// The smallest of the cores and of what is said; of a list (`4,2`: a number for each level of nesting) its first
/// number. What is no number above zero says nothing.
fn fewest(cores: usize, said: impl Iterator<Item = String>) -> usize {
    let number = |value: String| value.split(',').next()?.trim().parse().ok().filter(|&n| n > 0);
    said.filter_map(number).fold(cores, usize::min)
}

/// Applies `f` to every item on up to `threads` threads; results in the order of the items.
pub fn map<I: Send, O: Send>(items: Vec<I>, threads: usize, f: impl Fn(I) -> O + Sync + Send) -> Vec<O> {
    if threads > 1 && items.len() > 1 {
        // A process that may start no more threads works on in its own.
        if let Some(pool) = Process::current().pool(threads) {
            return pool.install(|| items.into_par_iter().map(&f).collect());
        }
    }
    items.into_iter().map(f).collect()
}

/// Ends this process's pool, if it has one, and waits until its threads are gone.
pub fn shut() {
    let running = Process::current().lock().take();
    if let Some(running) = running {
        running.end();
    }
}

/// What one process has; `next` is that of a child forked from it.
struct Process {
    id: u32,
    running: Mutex<Option<Running>>,
    next: OnceLock<Box<Process>>,
}

struct Running {
    threads: usize,
    pool: Arc<ThreadPool>,
    workers: Arc<Mutex<Vec<Worker>>>,
}

struct Worker {
    handle: JoinHandle<()>,
    /// Where the system lists the thread while it lives, where it lists threads at all (Linux).
    listed: Arc<OnceLock<PathBuf>>,
}

impl Process {
    fn new(id: u32) -> Self {
        Self { id, running: Mutex::new(None), next: OnceLock::new() }
    }

    /// The entry of the process that asks. A lock that the parent held while it forked is never touched.
    fn current() -> &'static Self {
        static FIRST: OnceLock<Process> = OnceLock::new();
        let id = std::process::id();
        let mut entry = FIRST.get_or_init(|| Self::new(id));
        while entry.id != id {
            entry = entry.next.get_or_init(|| Box::new(Self::new(id)));
        }
        entry
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Option<Running>> {
        self.running.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The pool of this many threads; one of another size is ended first.
    fn pool(&self, threads: usize) -> Option<Arc<ThreadPool>> {
        let mut running = self.lock();
        if running.as_ref().is_none_or(|r| r.threads != threads) {
            if let Some(old) = running.take() {
                old.end();
            }
            *running = Running::start(threads);
        }
        running.as_ref().map(|r| Arc::clone(&r.pool))
    }
}

impl Running {
    fn start(threads: usize) -> Option<Self> {
        let workers = Arc::new(Mutex::new(Vec::with_capacity(threads)));
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .spawn_handler(|thread| {
                let listed = Arc::new(OnceLock::new());
                let worker_listed = Arc::clone(&listed);
                let run = move || {
                    if let Ok(task) = std::fs::read_link("/proc/thread-self") {
                        let _ = worker_listed.set(PathBuf::from("/proc").join(task));
                    }
                    thread.run();
                };
                let handle = std::thread::Builder::new().name("naqi".into()).spawn(run)?;
                workers.lock().unwrap_or_else(PoisonError::into_inner).push(Worker { handle, listed });
                Ok(())
            })
            .build()
            .ok()?;
        Some(Self { threads, pool: Arc::new(pool), workers })
    }

    /// Lets go of the pool and waits for its threads; a batch on another thread finishes its window first.
    fn end(self) {
        drop(self.pool);
        let workers = std::mem::take(&mut *self.workers.lock().unwrap_or_else(PoisonError::into_inner));
        for worker in workers {
            // A worker that panicked has ended too.
            let _ = worker.handle.join();
            // The kernel unlists a thread a moment after it can be joined, and CPython counts the list.
            let patience = Instant::now() + Duration::from_millis(50);
            while worker.listed.get().is_some_and(|task| task.exists()) && Instant::now() < patience {
                std::thread::sleep(Duration::from_micros(20));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_stand_in_the_order_of_the_items() {
        let items: Vec<usize> = (0..1000).collect();
        for threads in [1, 2, 3] {
            assert_eq!(map(items.clone(), threads, |n| n * 2), items.iter().map(|n| n * 2).collect::<Vec<_>>());
        }
    }

    #[test]
    fn a_batch_after_the_end_of_the_pool_brings_it_back() {
        let items = vec![1, 2, 3];
        assert_eq!(map(items.clone(), 2, |n| n + 1), [2, 3, 4]);
        shut();
        assert_eq!(map(items, 2, |n| n + 1), [2, 3, 4]);
    }

    #[test]
    fn what_was_asked_for_wins() {
        assert_eq!(threads(Some(3)), 3);
        assert!(threads(None) >= 1);
    }

    #[test]
    fn the_smallest_of_cores_and_variables_counts() {
        let of = |said: &[&str]| fewest(4, said.iter().map(ToString::to_string));
        assert_eq!(of(&[]), 4);
        assert_eq!(of(&["3"]), 3);
        assert_eq!(of(&["3", "1"]), 1);
        assert_eq!(of(&["2", "3"]), 2);
        assert_eq!(of(&["8", "16"]), 4);
        assert_eq!(of(&[" 2,1 "]), 2);
        assert_eq!(of(&["0", "-1", "many", "", ",1", "99999999999999999999"]), 4);
    }

    #[test]
    fn a_thousand_threads_are_not_started() {
        let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        assert_eq!(threads(Some(usize::MAX)), A_CORE * cores);
    }
}
