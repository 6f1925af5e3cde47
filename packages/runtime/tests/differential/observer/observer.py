"""Imported by a program under observation: notes every thread it starts, and writes the notes down last of all."""

import atexit
import os
import sys
import threading

started = []
pid = os.getpid()
plain_start = threading.Thread.start


def start(self):
    plain_start(self)
    started.append("thread %s %s daemon=%s" % (type(self).__name__, self.name, self.daemon))


def report():
    if os.getpid() == pid:
        sys.stderr.write("".join(line + "\n" for line in sorted(started)))


threading.Thread.start = start
atexit.register(report)
