"""Runs a command and prints what it cost: `run_once.py TIMEOUT COMMAND...`, as JSON with seconds and kilobytes."""

import json
import os
import signal
import sys
import time


def main() -> None:
    timeout = int(sys.argv[1])
    command = sys.argv[2:]
    null = os.open(os.devnull, os.O_RDWR)
    start = time.perf_counter()
    pid = os.posix_spawnp(
        command[0],
        command,
        os.environ,
        file_actions=[(os.POSIX_SPAWN_DUP2, null, fd) for fd in (0, 1, 2)],
        setsid=True,
    )
    signal.signal(signal.SIGALRM, lambda *_: os.killpg(pid, signal.SIGKILL))
    signal.alarm(timeout)
    _, status, usage = os.wait4(pid, 0)
    wall = time.perf_counter() - start
    code = os.waitstatus_to_exitcode(status)
    result = {
        "wall": wall,
        "cpu": usage.ru_utime + usage.ru_stime,
        "kilobytes": usage.ru_maxrss if sys.platform != "darwin" else usage.ru_maxrss // 1024,
        "code": code,
    }
    print(json.dumps(result))


main()
