"""Answers requests over HTTP: what `recorder.py` runs with and without a record.

    echo 1000 | python bench/runtime/workload.py

For every number on standard input it makes so many requests and prints the CPU seconds that one took.

A request is what a small web service does: a connection over TCP, a query of a SQLite database that is opened for it, a
page made from the rows, JSON, and a line in a log.
"""

from __future__ import annotations

import http.client
import json
import logging
import sqlite3
import sys
import tempfile
import threading
import time
from contextlib import closing
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

ROWS = 60


class Handler(BaseHTTPRequestHandler):
    """Answers with a page."""

    folder: Path

    def do_GET(self) -> None:
        """Query, render, answer."""
        with closing(sqlite3.connect(self.folder / "shop.db")) as database:
            rows = [
                database.execute("SELECT id, name, price FROM item WHERE price > ? LIMIT 50", (lowest,)).fetchall()
                for lowest in range(5)
            ]
        with open(self.folder / "page.html", encoding="utf-8") as file:
            page = file.read()
        lines = "".join(f"<tr><td>{escape(name)}</td><td>{price:.2f}</td></tr>" for _, name, price in sum(rows, []))
        summary = json.dumps({"count": len(rows), "items": [dict(zip(("id", "name"), row)) for row in rows[0]]})
        body = page.replace("{rows}", lines).replace("{summary}", summary).encode()
        logging.info("%s %s %d", self.command, self.path, len(body))
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments: object) -> None:
        """Logged above."""


def main() -> None:
    """Serve and ask, in one process."""
    with tempfile.TemporaryDirectory() as name:
        Handler.folder = folder = Path(name)
        logging.basicConfig(filename=folder / "access.log", level=logging.INFO)
        (folder / "page.html").write_text("<html><table>{rows}</table><script>{summary}</script></html>")
        with closing(sqlite3.connect(folder / "shop.db")) as database, database:
            database.execute("CREATE TABLE item (id INTEGER PRIMARY KEY, name TEXT, price REAL)")
            database.executemany(
                "INSERT INTO item (name, price) VALUES (?, ?)", [(f"item {n}", n) for n in range(ROWS)]
            )
        with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
            thread = threading.Thread(target=server.serve_forever)
            thread.start()
            for line in sys.stdin:
                requests = int(line)
                begun = time.process_time()
                for _ in range(requests):
                    with closing(http.client.HTTPConnection("127.0.0.1", server.server_address[1])) as client:
                        client.request("GET", "/")
                        client.getresponse().read()
                print((time.process_time() - begun) / requests, flush=True)
            server.shutdown()
            thread.join()
        logging.shutdown()


if __name__ == "__main__":
    main()
