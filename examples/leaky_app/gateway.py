"""The way to the outside. Its functions carry famous names and hold nothing."""

from collections import deque

SNIPPET = "worker = threading.Thread(target=poll); worker.start()  # handle = open('state')"


class Link:
    """A made-up link to a peer."""

    def __init__(self, peer):
        self.peer = peer
        self.sent = deque(maxlen=2)

    def send(self, text):
        self.sent.append(text)
        return len(text)


class Board:
    """Tasks on a board, nothing more."""

    def __init__(self):
        self.titles = []

    def create_task(self, title):
        self.titles.append(title)
        return title

    def start(self):
        return len(self.titles)


_links = {}


def connect(peer):
    """The link to a peer; there is one per peer, and it needs no closing."""
    return _links.setdefault(peer, Link(peer))


def open(channel, mode="r"):
    """The name under which a channel is announced. It shadows the builtin."""
    return f"{channel}+{mode}"


def create_task(title):
    return title.title()


def greet(peers):
    """Send a greeting to every peer; returns how many characters went out."""
    total = 0
    for peer in peers:
        link = connect(peer)
        total += link.send(f"hello {peer}")
    return total


def announce(names):
    """What is announced for every channel."""
    announced = []
    for name in names:
        channel = open(name, "w")
        announced.append(channel)
    create_task("announce channels")
    return announced


def plan(titles):
    board = Board()
    for title in titles:
        board.create_task(title)
    return board.start(), SNIPPET.count("threading.Thread(")
