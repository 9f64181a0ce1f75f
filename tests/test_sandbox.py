"""The sandbox: what a child can do to us, and what is left behind. The functions run are the standard library's."""

import asyncio
import ctypes
import functools
import json
import multiprocessing
import os
import re
import resource
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from lxml import etree

from syndicator.model import Refused, SandboxPolicy
from syndicator.sandbox import Sandbox, open_sandbox, run

POLICY = SandboxPolicy(workers=2, deadline=5.0, memory=128 * 1024 * 1024)
AGES = 30.0


def in_sandbox(scenario: Callable[[Sandbox], Awaitable[object]], policy: SandboxPolicy = POLICY) -> object:
    async def inside() -> object:
        async with open_sandbox(policy) as sandbox:
            return await scenario(sandbox)

    return asyncio.run(inside())


def test_a_hop_returns_the_functions_value():
    async def scenario(sandbox):
        return await run(sandbox, functools.partial(json.loads, parse_int=str), '{"a": 1}')

    assert in_sandbox(scenario) == {"a": "1"}


def test_a_value_of_many_megabytes_comes_back_whole():
    async def scenario(sandbox):
        return await run(sandbox, bytes.upper, b"a" * 20_000_000)

    assert in_sandbox(scenario) == b"A" * 20_000_000


REFUSALS = {
    "a sleeping hop is too slow": (time.sleep, (AGES,), 0.3, "too-slow", r"0\.3 s"),
    "a regex that holds the interpreter is too slow": (re.match, ("(a+)+$", "a" * 40 + "b"), 0.3, "too-slow", "0.3 s"),
    "more memory than allowed is too large": (bytearray, (512 * 1024 * 1024,), None, "too-large", "memory"),
    "an abort is a crash": (os.abort, (), None, "crashed", "SIGABRT"),
    "a segmentation fault is a crash": (ctypes.string_at, (0,), None, "crashed", "SIGSEGV"),
    "an exit status is a crash": (os._exit, (3,), None, "crashed", "status 3"),
    "sys.exit is a crash": (sys.exit, (3,), None, "crashed", "SystemExit: 3"),
    "our own mistake names its type, message and place": (
        json.loads,
        (3,),
        None,
        "crashed",
        r"^TypeError: the JSON object must be .* \(__init__\.py:\d+ in loads\)$",
    ),
    "an exception that does not pickle is described": (etree.fromstring, (b"<a",), None, "crashed", "XMLSyntaxError: "),
    "a value that does not pickle is a crash": (threading.Lock, (), None, "crashed", "cannot pickle"),
}


@pytest.mark.parametrize(("function", "args", "deadline", "reason", "why"), REFUSALS.values(), ids=REFUSALS)
def test_refused_and_the_next_hop_is_served(function, args, deadline, reason, why):
    async def scenario(sandbox):
        refused = await run(sandbox, function, *args, deadline=deadline)
        return refused, await run(sandbox, len, "next")

    refused, following = in_sandbox(scenario)
    assert isinstance(refused, Refused)
    assert refused.reason == reason
    assert re.search(why, refused.why)
    assert following == 4


def test_a_function_that_the_child_cannot_import_is_a_crash():
    module = type(sys)("only_here")
    exec("def absent(): pass", module.__dict__)
    sys.modules["only_here"] = module
    try:
        refused = in_sandbox(lambda sandbox: run(sandbox, module.absent))
    finally:
        del sys.modules["only_here"]
    assert isinstance(refused, Refused)
    assert refused.why.startswith("ModuleNotFoundError: No module named 'only_here'")


def test_a_kill_leaves_the_other_worker_at_its_task():
    async def scenario(sandbox):
        return await asyncio.gather(
            run(sandbox, time.sleep, AGES, deadline=0.2), run(sandbox, time.sleep, 0.8), run(sandbox, abs, -1)
        )

    killed, slept, counted = in_sandbox(scenario)
    assert killed.reason == "too-slow"
    assert (slept, counted) == (None, 1)


def test_waiting_in_the_queue_does_not_count_as_work():
    async def scenario(sandbox):
        return await asyncio.gather(*(run(sandbox, time.sleep, 0.25, deadline=1.2) for _ in range(6)))

    assert in_sandbox(scenario, SandboxPolicy(workers=1)) == [None] * 6


def test_cancelling_the_caller_ends_the_work():
    async def scenario(sandbox):
        task = asyncio.create_task(run(sandbox, time.sleep, AGES, deadline=AGES))
        await asyncio.sleep(0.3)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        return await run(sandbox, abs, -2)

    assert in_sandbox(scenario, SandboxPolicy(workers=1)) == 2


def test_a_pool_whose_idle_children_were_killed_is_renewed():
    async def scenario(sandbox):
        for _ in range(2):
            for child in multiprocessing.active_children():
                os.kill(child.pid, signal.SIGKILL)
            await asyncio.sleep(0.3)
            assert await asyncio.gather(*(run(sandbox, abs, -n) for n in range(8))) == list(range(8))
        return "served"

    assert in_sandbox(scenario) == "served"


def test_the_limit_of_memory_counts_from_what_the_child_has():
    async def scenario(sandbox):
        limit, _ = await run(sandbox, resource.getrlimit, resource.RLIMIT_AS)
        return limit, await run(sandbox, bytes.__len__, b"x" * (POLICY.memory // 8)), await run(sandbox, bytearray, 100)

    limit, length, _ = in_sandbox(scenario)
    assert limit > POLICY.memory
    assert length == POLICY.memory // 8


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_children_leave_the_group_signals_to_the_parent(number):
    assert in_sandbox(lambda sandbox: run(sandbox, signal.getsignal, number)) == signal.SIG_IGN


def test_nothing_is_left_after_closing():
    in_sandbox(lambda sandbox: run(sandbox, abs, -1))
    assert multiprocessing.active_children() == []


# The programs below inherit one pipe as their standard output, and so does every process that they start: the pipe ends
# when the last of them is gone.
PROGRAM = """
import asyncio, signal, sys, time
from syndicator.model import SandboxPolicy
from syndicator.sandbox import open_sandbox, run

async def main():
    async with open_sandbox(SandboxPolicy(workers=2, deadline=2.0)) as sandbox:
        for number in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(number, lambda: None)
        hops = [asyncio.create_task(run(sandbox, time.sleep, {seconds})) for _ in range(3)]
        await asyncio.sleep(0.2)
        print("ready", flush=True)
        print(await asyncio.gather(*hops), flush=True)

if __name__ == "__main__":
    asyncio.run(main())
"""


def started(tmp_path: Path, seconds: float) -> subprocess.Popen[str]:
    program = tmp_path / "program.py"
    program.write_text(PROGRAM.format(seconds=seconds))
    root = Path(__file__).resolve().parents[1]
    process = subprocess.Popen(
        [sys.executable, "-W", "error", program],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def test_a_normal_exit_leaves_no_process_and_no_complaint(tmp_path):
    process = started(tmp_path, 0.3)
    assert process.communicate(timeout=20) == ("[None, None, None]\n", "")
    assert process.returncode == 0


def test_no_child_outlives_a_killed_parent_by_more_than_its_deadline(tmp_path):
    process = started(tmp_path, AGES)
    process.kill()
    output, _ = process.communicate(timeout=5)
    assert output == ""


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_hops_in_flight_survive_a_signal_to_the_whole_group(tmp_path, number):
    process = started(tmp_path, 0.5)
    os.killpg(process.pid, number)
    assert process.communicate(timeout=20) == ("[None, None, None]\n", "")
