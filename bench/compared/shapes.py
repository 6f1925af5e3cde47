"""One function for each row of the table in docs/compared.md; the comment says what Python does."""

import asyncio
import contextlib
import csv
import sqlite3
import subprocess
import threading
from concurrent.futures import ThreadPoolExecutor
from multiprocessing import Pool


def file_never_closed(path):
    file = open(path)  # leaks
    return len(file.read())


def file_closed_in_finally(path):
    file = open(path)  # clean
    try:
        return len(file.read())
    finally:
        file.close()


def file_closed_before_early_return_only_once(path, wanted):
    file = open(path)  # leaks
    for line in file:
        if wanted in line:
            return line
    file.close()
    return None


def file_lost_when_something_raises(path):
    file = open(path)  # leaks
    rows = list(csv.reader(file))
    file.close()
    return rows


def file_given_back_to_the_caller(path):
    return open(path)  # clean


def file_in_exit_stack(paths):
    with contextlib.ExitStack() as stack:
        files = [stack.enter_context(open(path)) for path in paths]  # clean
        return [file.readline() for file in files]


def sqlite_never_closed(path):
    connection = sqlite3.connect(path)  # leaks
    return connection.execute("SELECT 1").fetchall()


def sqlite_with_that_does_not_close(path):
    with sqlite3.connect(path) as connection:  # leaks
        connection.execute("DELETE FROM jobs")


def sqlite_closing(path):
    with contextlib.closing(sqlite3.connect(path)) as connection:  # clean
        return connection.execute("SELECT 1").fetchall()


class AttributeThatIsNeverClosed:
    def __init__(self, path):
        self.log = open(path, "a")  # leaks

    def write(self, text):
        self.log.write(text)


class AttributeThatCloseCloses:
    def __init__(self, path):
        self.log = open(path, "a")  # clean

    def close(self):
        self.log.close()


def thread_never_joined(work):
    thread = threading.Thread(target=work)
    thread.start()  # leaks


def thread_joined(work):
    thread = threading.Thread(target=work)
    thread.start()  # clean
    thread.join()


def executor_never_shut_down(work, items):
    executor = ThreadPoolExecutor()  # leaks
    return [executor.submit(work, item).result() for item in items]


def pool_never_closed(work, items):
    pool = Pool()  # leaks
    return pool.map(work, items)


def process_never_waited_for(command):
    process = subprocess.Popen(command)  # leaks
    return process.pid


def process_waited_for(command):
    process = subprocess.Popen(command)  # clean
    return process.wait()


async def task_dropped(work):
    asyncio.create_task(work())  # leaks


async def task_awaited(work):
    task = asyncio.create_task(work())  # clean
    await task
