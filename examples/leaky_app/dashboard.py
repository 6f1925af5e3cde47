"""A status line over TCP, and a link to it."""

import socketserver
import threading
import webbrowser


class StatusHandler(socketserver.StreamRequestHandler):
    """Answers every line with the status."""

    def handle(self):
        question = self.rfile.readline().decode("utf-8").strip()
        answer = self.server.status(question)
        self.wfile.write(f"{answer}\n".encode("utf-8"))


class StatusListener(socketserver.TCPServer):
    allow_reuse_address = True

    def __init__(self, status):
        super().__init__(("127.0.0.1", 0), StatusHandler)
        self.status = status


class Dashboard:
    """Serves the status until it is stopped."""

    def __init__(self, status):
        self.server = StatusListener(status)
        self._thread = threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True)

    @property
    def address(self):
        return self.server.server_address

    def start(self):
        self._thread.start()

    def stop(self):
        # serve_forever() returns, and with it the thread ends
        self.server.shutdown()
        self.server.server_close()


def answer_once(status, ask):
    """Serve the status for the length of one call; returns what `ask(address)` returns."""
    server = StatusListener(status)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        return ask(server.server_address)
    finally:
        server.shutdown()
        server.server_close()


def show(url):
    """Open the dashboard in a browser."""
    return webbrowser.open(url, new=2)
