"""Signal handlers: only on request, and never in the place of somebody else's."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import threading
from typing import Any, Callable, Iterator, List

import pytest

from pylint_leaks_runtime import ThreadManager, install_signal_handlers

RunPython = Callable[..., "subprocess.CompletedProcess[str]"]

pytestmark = [pytest.mark.skipif(os.name != "posix", reason="needs POSIX signals")]


@pytest.fixture(autouse=True)
def same_handlers_afterwards() -> Iterator[None]:
    before = signal.getsignal(signal.SIGTERM)
    yield
    signal.signal(signal.SIGTERM, before)


def test_by_default_sigterm_runs_nothing_and_with_handlers_it_ends_in_order(run_python: RunPython) -> None:
    code = """
        import atexit, os, signal
        import pylint_leaks_runtime as plr
        {}
        atexit.register(print, "atexit")
        def work(stop_event):
            stop_event.wait()
            print("thread stopped")
        plr.thread_manager.spawn(work)
        try:
            os.kill(os.getpid(), signal.SIGTERM)
            signal.pause()
        finally:
            print("finally")
        """
    plain = run_python(code.format(""))
    assert (plain.stdout, plain.returncode) == ("", -signal.SIGTERM)
    handled = run_python(code.format("plr.install_signal_handlers()"))
    assert (handled.stdout, handled.stderr) == ("finally\nthread stopped\natexit\n", "")
    assert handled.returncode == 128 + signal.SIGTERM


def test_a_handler_that_is_there_is_called_and_stays_in_charge() -> None:
    calls: List[Any] = []
    signal.signal(signal.SIGTERM, lambda number, frame: calls.append((number, frame is not None)))
    with ThreadManager(timeout=30) as manager:
        stopped = threading.Event()
        manager.spawn(stopped.wait, 60, stop_event=stopped)
        uninstall = install_signal_handlers()
        os.kill(os.getpid(), signal.SIGTERM)
        assert stopped.wait(30), "stop signals are set besides"
        assert calls == [(signal.SIGTERM, True)]
        uninstall()


def test_stop_signals_can_be_set_while_the_main_thread_is_in_the_lock_of_the_event() -> None:
    signal.signal(signal.SIGTERM, lambda number, frame: None)
    uninstall = install_signal_handlers(signal.SIGTERM)
    with ThreadManager(timeout=30) as manager:
        stopped = threading.Event()
        manager.spawn(stopped.wait, 60, stop_event=stopped)
        with stopped._cond:  # type: ignore[attr-defined]
            os.kill(os.getpid(), signal.SIGTERM)
        assert stopped.wait(30)
    uninstall()


def test_handlers_of_asyncio_go_on_working() -> None:
    async def main() -> None:
        loop, heard = asyncio.get_running_loop(), asyncio.Event()
        loop.add_signal_handler(signal.SIGTERM, heard.set)
        uninstall = install_signal_handlers()
        os.kill(os.getpid(), signal.SIGTERM)
        await asyncio.wait_for(heard.wait(), 30)
        uninstall()
        loop.remove_signal_handler(signal.SIGTERM)

    asyncio.run(main())


def test_ignored_signals_stay_ignored() -> None:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    install_signal_handlers()
    assert signal.getsignal(signal.SIGTERM) is signal.SIG_IGN


def test_uninstall_puts_back_what_was_there() -> None:
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    uninstall = install_signal_handlers()
    assert signal.getsignal(signal.SIGTERM) is not signal.SIG_DFL
    uninstall()
    assert signal.getsignal(signal.SIGTERM) is signal.SIG_DFL
    uninstall()


def test_uninstall_leaves_a_newer_handler_alone() -> None:
    def newer(number: int, frame: object) -> None: ...

    uninstall = install_signal_handlers()
    signal.signal(signal.SIGTERM, newer)
    uninstall()
    assert signal.getsignal(signal.SIGTERM) is newer


def test_elsewhere_than_in_the_main_thread_it_is_an_error() -> None:
    errors: List[Exception] = []

    def install() -> None:
        try:
            install_signal_handlers()
        except ValueError as error:
            errors.append(error)

    thread = threading.Thread(target=install)
    thread.start()
    thread.join()
    assert len(errors) == 1
