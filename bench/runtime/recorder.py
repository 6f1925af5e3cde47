"""What the evidence recorder costs a program that answers requests.

    python bench/runtime/recorder.py [--processes 6] [--blocks 40] [--requests 50]

Starts `workload.py` twice, with and without the recorder, and lets the two answer blocks of requests in turns, so that
what else the machine does meets both alike. Compared is the CPU time per request of adjacent blocks; it includes the
recorder's thread, and not the start of Python. As two processes of the same program differ by a percent or two by
chance, that is repeated with several pairs of processes. Printed are the median of each pair of processes, and the
median of all blocks with the range that holds it with 95 % certainty (a bootstrap over the pairs of processes).

With ``--none`` neither process is recorded: what that prints is the error of this measurement. On a machine that does
other things it is larger than the overhead; ``--instructions`` counts instructions with valgrind instead, which hardly
differ between runs. Valgrind slows the program down fifty times, and what happens once a second would count as often,
so the recorder's thread is left out there. Two figures are printed: for requests of which everything is noted, and for
those that come when a second's two hundred creations are noted already.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Dict, List, Optional

HERE = Path(__file__).resolve().parent
SOURCE = HERE.parents[1] / "packages" / "runtime" / "src"


START = """
import os
from pylint_leaks_runtime import _recorder
_recorder.MAX_PER_INTERVAL = int(os.environ["MOST"])
_recorder.Recorder(os.environ["EVIDENCE"], interval=100000).start()
"""


class Worker:
    """A process that answers requests when it is told to.

    Args:
        evidence: Where it is recorded, if it is.
    """

    def __init__(self, evidence: Optional[Path]) -> None:
        recorded = [] if evidence is None else ["-m", "pylint_leaks_runtime", "run", "-o", str(evidence)]
        self._process = subprocess.Popen(
            [sys.executable, *recorded, str(HERE / "workload.py")],
            env={**os.environ, "PYTHONPATH": str(SOURCE)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def seconds(self, requests: int) -> float:
        """CPU seconds per request of some requests."""
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.write(f"{requests}\n")
        self._process.stdin.flush()
        return float(self._process.stdout.readline())

    def end(self) -> None:
        """Let it end."""
        self._process.communicate()
        if self._process.returncode != 0:
            raise SystemExit(f"the workload ended with {self._process.returncode}")


def recorded_events(evidence: Path) -> int:
    """How many creations a run recorded."""
    created = {}
    for line in evidence.read_text().splitlines():
        record = json.loads(line)
        if record["type"] == "site":
            site = record["site"]
            created[record["kind"], site["path"], site["line"], site["column"]] = record["created"]
    return sum(created.values())


def instructions(requests: int, environment: Dict[str, str]) -> int:
    """How many instructions a process takes for some requests."""
    command = [
        "valgrind",
        "--tool=callgrind",
        "--callgrind-out-file=/dev/null",
        sys.executable,
        str(HERE / "workload.py"),
    ]
    variables = {**os.environ, "PYTHONHASHSEED": "0", "PYTHONPATH": str(SOURCE), **environment}
    done = subprocess.run(command, input=f"{requests}\n", env=variables, capture_output=True, text=True)
    found = re.search(r"Collected : (\d+)", done.stderr)
    if found is None:
        raise SystemExit(done.stderr)
    return int(found.group(1))


def print_instructions() -> None:
    """Count instructions per request, without what starting takes."""
    with tempfile.TemporaryDirectory() as name:
        (Path(name) / "sitecustomize.py").write_text(START)
        record = {"PYTHONPATH": os.pathsep.join([name, str(SOURCE)]), "EVIDENCE": str(Path(name) / "evidence.jsonl")}
        cases = [{}, {**record, "MOST": "1000000"}, {**record, "MOST": "1"}]
        plain, noted, limited = ((instructions(50, one) - instructions(10, one)) / 40 for one in cases)
    print(f"without: {plain / 1e6:.2f} million instructions per request")
    print(f"overhead, everything noted: {(noted / plain - 1) * 100:+.2f} %")
    print(f"overhead, nothing noted: {(limited / plain - 1) * 100:+.2f} %")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--processes", type=int, default=6, help="pairs of processes")
    parser.add_argument("--blocks", type=int, default=40, help="pairs of blocks in each")
    parser.add_argument("--requests", type=int, default=50, help="requests in each block")
    parser.add_argument("--none", action="store_true", help="record neither")
    parser.add_argument("--instructions", action="store_true", help="count instructions; needs valgrind")
    arguments = parser.parse_args()
    if arguments.instructions:
        return print_instructions()
    version = ".".join(map(str, sys.version_info[:3]))
    print(f"Python {version}, {arguments.blocks} pairs of blocks of {arguments.requests} requests in each process")
    ratios: List[List[float]] = []
    plain: List[float] = []
    with tempfile.TemporaryDirectory() as name:
        evidence = Path(name) / "evidence.jsonl"
        for _ in range(arguments.processes):
            evidence.unlink(missing_ok=True)
            workers = [Worker(None), Worker(None if arguments.none else evidence)]
            for worker in workers:
                worker.seconds(arguments.requests)
            pairs = []
            for block in range(arguments.blocks):
                order = workers if block % 2 == 0 else workers[::-1]
                seconds = {worker: worker.seconds(arguments.requests) for worker in order}
                plain.append(seconds[workers[0]])
                pairs.append(seconds[workers[1]] / seconds[workers[0]])
            for worker in workers:
                worker.end()
            ratios.append(pairs)
        events = 0.0 if arguments.none else recorded_events(evidence) / arguments.requests / (arguments.blocks + 1)
    chance = random.Random(0)
    medians = sorted(statistics.median(sum((chance.choice(ratios) for _ in ratios), [])) for _ in range(2000))
    print(f"without: {statistics.median(plain) * 1e6:.0f} us of CPU per request (median)")
    print(f"recorded: {events:.1f} creations per request")
    print("pairs of processes: " + ", ".join(f"{statistics.median(pairs) * 100 - 100:+.1f} %" for pairs in ratios))
    middle, low, high = statistics.median(sum(ratios, [])), medians[50], medians[-51]
    print(f"overhead: {middle * 100 - 100:+.2f} % (95 %: {low * 100 - 100:+.2f} to {high * 100 - 100:+.2f} %)")


if __name__ == "__main__":
    main()
