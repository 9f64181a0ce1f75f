"""Runs a pure function in a child process that can be killed: a deadline, a memory limit, a crash that stays there.

Hostile input can hold the interpreter for minutes inside one C call, eat all memory or abort the process; a thread
cannot be stopped, a child can. What comes back is the function's value, or `Refused`: a hop never raises.
The deadline is a kernel timer of the child itself: it counts the CPU time of the work, so that a busy machine refuses
no honest feed, and it fires whether or not the parent is busy, or still alive (docs/decisions/0005-sandbox.md).
This module must not know what it runs, do I/O of its own, or hand a child anything but the arguments.
"""

import asyncio
import contextlib
import multiprocessing
import pickle
import signal
import traceback
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing import forkserver, resource_tracker
from pathlib import Path
from typing import TypeVar

import pebble

from syndicator.model import Refused, SandboxPolicy

try:
    import resource  # absent where there are no POSIX limits
except ImportError:  # pragma: no cover
    resource = None  # type: ignore[assignment]

T = TypeVar("T")

# What a terminal, a supervisor or a closed session sends to a whole process group. Children leave it to the parent, so
# that hops in flight end in order.
_FOR_THE_PARENT = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

# The CPU time and the time on the clock that a hop may take; on a machine with nothing to spare the clock runs faster.
_TIMERS = (signal.SIGPROF, signal.SIGALRM)
_WAITING = 2.0

# Seconds beyond a deadline after which the pool itself ends a hop. Only a child that died in the instant between
# taking a task and being known to have taken it needs this.
_BACKSTOP = 1.0

# Hops after which a child is renewed: libxml2 keeps every name it ever met, which hostile documents can inflate.
_HOPS_A_CHILD = 1_000


@dataclass(slots=True)
class Sandbox:
    """An open sandbox; opaque to callers. `pool` is replaced when it breaks, `turns` holds one place a worker."""

    policy: SandboxPolicy
    pool: pebble.ProcessPool
    turns: asyncio.Semaphore


@contextlib.asynccontextmanager
async def open_sandbox(policy: SandboxPolicy) -> AsyncIterator[Sandbox]:
    """Start `policy.workers` children, and leave none behind. Needs an importable `__main__` (no work at import)."""
    pool = await asyncio.to_thread(_start, policy)
    sandbox = Sandbox(policy=policy, pool=pool, turns=asyncio.Semaphore(policy.workers))
    try:
        yield sandbox
    finally:
        await asyncio.to_thread(_stop, sandbox.pool)


async def run(
    sandbox: Sandbox, function: Callable[..., T], *args: object, deadline: float | None = None
) -> T | Refused:
    """Run `function(*args)` in a child; its value, or `Refused` with the reason "too-slow", "too-large" or "crashed".

    `function` is importable by name (or a functools.partial of such), `args` and its value pickle. `deadline` is in
    seconds of CPU (twice that on the clock), not of queueing; without one, the policy's. Cancelling the caller ends
    the child's work. Raises only where `function` or `args` do not pickle.
    """
    task = pickle.dumps((function, args))
    seconds = sandbox.policy.deadline if deadline is None else deadline
    async with sandbox.turns:
        outcome = await _hop_or_renew(sandbox, task, seconds)
    return pickle.loads(outcome) if isinstance(outcome, bytes) else outcome  # noqa: S301 - our own child wrote it


async def _hop_or_renew(sandbox: Sandbox, task: bytes, seconds: float) -> bytes | Refused:
    """One hop; a second one in a new pool where the pool broke, which is nobody's fault (an idle child was killed)."""
    for _ in range(2):
        pool = sandbox.pool
        try:
            return await _hop(pool, task, seconds)
        except BrokenProcessPool:
            await _renew(sandbox, pool)
    return _crashed("its child process was lost twice")


async def _hop(pool: pebble.ProcessPool, task: bytes, seconds: float) -> bytes | Refused:
    if not pool.active:
        raise BrokenProcessPool
    try:
        future = pool.schedule(_work, args=(task, seconds), timeout=seconds * _WAITING + _BACKSTOP)
        return await asyncio.wrap_future(future)
    except TimeoutError:
        return _too_slow(seconds)
    except pebble.ProcessExpired as expired:
        return _too_slow(seconds) if -expired.exitcode in _TIMERS else _crashed(_ending(expired.exitcode))


async def _renew(sandbox: Sandbox, broken: pebble.ProcessPool) -> None:
    """Replace a broken pool, once, however many hops saw it break."""
    if sandbox.pool is broken:
        sandbox.pool = _pool(sandbox.policy)
        await asyncio.to_thread(_stop, broken)


# ── the parent's side of the processes ───────────────────────────────────────────────────────────────────────────


def _start(policy: SandboxPolicy) -> pebble.ProcessPool:
    # Children are deaf to SIGTERM, and one inside a C call would be anyway; pebble would wait 3 s before its SIGKILL.
    pebble.CONSTS.term_timeout = 0.0
    # Imported once, shared by all children. By name, for what runs in here is the caller's affair. The last is a model
    # of languages, which takes 90 MB and half a second: read inside a hop it would eat that hop's deadline.
    multiprocessing.set_forkserver_preload([__name__, "syndicator.chain", "syndicator.stages.normalise.identifier"])
    resource_tracker.ensure_running()  # first: it unblocks SIGTERM behind itself
    with _signals_held():
        forkserver.ensure_running()
    pool = _pool(policy)
    pool.schedule(_work, args=(pickle.dumps((int, ())), policy.patience)).result()  # the first hop pays for the imports
    return pool


def _pool(policy: SandboxPolicy) -> pebble.ProcessPool:
    return pebble.ProcessPool(
        max_workers=policy.workers,
        max_tasks=_HOPS_A_CHILD,
        initializer=_prepare,
        initargs=(policy.memory,),
        context=multiprocessing.get_context("forkserver"),
    )


def _stop(pool: pebble.ProcessPool) -> None:
    pool.stop()  # type: ignore[no-untyped-call]
    pool.join()


@contextlib.contextmanager
def _signals_held() -> Iterator[None]:
    """Block the parent's signals for a moment: what is started meanwhile inherits that for good; none is lost here."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _FOR_THE_PARENT)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


# ── the child's side ─────────────────────────────────────────────────────────────────────────────────────────────


def _prepare(memory: int) -> None:
    """Make a fresh child killable and poor: `memory` bytes of address space above what it has now, no core dumps."""
    for number in _FOR_THE_PARENT:
        signal.signal(number, signal.SIG_IGN)
    for number in _TIMERS:
        signal.signal(number, signal.SIG_DFL)
    _limit("RLIMIT_CORE", 0)
    baseline = _address_space()
    if baseline:
        _limit("RLIMIT_AS", baseline + memory)


def _limit(name: str, value: int) -> None:
    """Lower a limit where the system has it; macOS knows RLIMIT_AS and refuses to set it."""
    with contextlib.suppress(AttributeError, ValueError, OSError):
        which = getattr(resource, name)
        hard = resource.getrlimit(which)[1]
        resource.setrlimit(which, (value if hard == resource.RLIM_INFINITY else min(value, hard), hard))


def _address_space() -> int:
    """This process's address space in bytes; 0 where the system does not tell (only Linux does)."""
    try:
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
    except (OSError, ValueError):
        return 0
    return pages * resource.getpagesize()


def _work(task: bytes, seconds: float) -> bytes:
    """Unpickle, run, pickle: all under the timer, whose default action ends the process even inside a C call.

    It is disarmed before pebble sends the value: a child that dies holding the pool's lock would block the others.
    """
    signal.setitimer(signal.ITIMER_PROF, seconds)
    signal.setitimer(signal.ITIMER_REAL, seconds * _WAITING)
    try:
        function, args = pickle.loads(task)  # noqa: S301 - our own parent wrote it
        return pickle.dumps(function(*args))
    except MemoryError:
        return pickle.dumps(_TOO_LARGE)
    except BaseException as error:  # many (lxml's) do not pickle, so none may leave this process
        return pickle.dumps(_crashed(_description(error)))
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.setitimer(signal.ITIMER_REAL, 0)


# ── verdicts ─────────────────────────────────────────────────────────────────────────────────────────────────────


_TOO_LARGE = Refused(
    reason="too-large",
    why="reading it needed more memory than one task may have",
    hint="ask its publisher; for an honest giant, raise sandbox.memory",
)


def _too_slow(seconds: float) -> Refused:
    why = f"reading it was not done after {seconds:g} s of work: it is very large, or made to be slow"
    return Refused(reason="too-slow", why=why, hint="ask its publisher; for an honest giant, raise sandbox.patience")


def _crashed(why: str) -> Refused:
    return Refused(reason="crashed", why=why, hint="the fault is the program's: please report it with the document")


def _ending(exitcode: int) -> str:
    """How a process ended, in words; a negative code is the signal that ended it (multiprocessing's convention)."""
    try:
        return f"its child process was ended by {signal.Signals(-exitcode).name}"
    except ValueError:
        return f"its child process exited with status {exitcode}"


def _description(error: BaseException) -> str:
    """Type, message and innermost frame of an exception."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__}: {str(error)[:300]} ({Path(frame.filename).name}:{frame.lineno} in {frame.name})"
