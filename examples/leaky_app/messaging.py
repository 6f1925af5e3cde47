# -*- coding: utf-8 -*-
"""Mail between agents."""

import sqlite3


class UnknownRecipient(LookupError):
    """Nobody of that name has a mailbox."""


# Shown to operators when a worker hangs. It is text, not a thread.
HANGING_WORKER_HINT = """\
A worker that was started with
    threading.Thread(target=worker.run).start()
and never joined keeps its mailbox open; see the operations guide.
"""


class Mailroom:
    """All mailboxes, in one database file."""

    def __init__(self, path):
        self.path = path

    def open_mailbox(self, owner):
        with sqlite3.connect(self.path) as conn: conn.execute("INSERT OR IGNORE INTO mailboxes (owner) VALUES (?)", (owner,))

    def send(self, sender, recipient, body):
        """Deliver one message and return its number; nothing is stored for an unknown recipient."""
        with sqlite3.connect(self.path) as conn:
            cursor = conn.execute(
                "INSERT INTO messages (sender, recipient, body) VALUES (?, ?, ?)",
                (sender, recipient, body),
            )
            updated = conn.execute(
                "UPDATE mailboxes SET unread = unread + 1 WHERE owner = ?", (recipient,)
            ).rowcount
            if updated == 0:
                # raising inside the block takes the INSERT back
                raise UnknownRecipient(recipient)
            return cursor.lastrowid

    def inbox(self, recipient):
        """Unread messages as `(id, sender, body)`."""
        with sqlite3.connect(self.path, \
                             timeout=2.0) as conn:
            rows = conn.execute(
                "SELECT id, sender, body FROM messages "
                "WHERE recipient = ? AND read = 0 "
                "ORDER BY id", (recipient,)).fetchall()
            conn.execute("UPDATE messages SET read = 1 \
                          WHERE recipient = ?", (recipient,))
            conn.execute("UPDATE mailboxes SET unread = 0 WHERE owner = ?", (recipient,))
        return rows

    def drop_read(self, recipient):
        """Delete what was read; returns how many messages went and how many are left.

        The count is taken outside the transaction, so the connection outlives the `with` on purpose.
        """
        connection = None
        try:
            with sqlite3.connect(self.path) as connection:
                dropped = connection.execute(
                    "DELETE FROM messages WHERE recipient = ? AND read = 1", (recipient,)
                ).rowcount
            left = connection.execute("SELECT COUNT(*) FROM messages").fetchone()[0]
            return dropped, left
        finally:
            if connection is not None:
                connection.close()


def render(rows):
    """Messages as text, one a line.  'threading.Thread(' in a body is just a body."""
    lines = []
    for number, sender, body in rows:
        marker = "!" if "threading.Thread(" in body else "-"
        lines.append(f"{marker} #{number} {sender}: {body}")
    return "\n".join(lines)
