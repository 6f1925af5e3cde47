"""The job queue."""
import json
import sqlite3
from contextlib import closing

STATES = ("queued", "running", "done", "failed")


def enqueue(path, name, payload, priority=5):
    """Add a job and return its number.

    Raises TypeError when `payload` is not JSON.
    """
    conn = sqlite3.connect(path)
    cursor = conn.cursor()
    document = json.dumps(payload, sort_keys=True)
    cursor.execute("""
        INSERT INTO jobs (name, payload, priority, state)
        VALUES (?, ?, ?, 'queued')
    """, (name, document, priority))
    job_id = cursor.lastrowid
    conn.commit()
    conn.close()
    return job_id


def claim_next(path, worker):
    """Give the most urgent job to `worker`; None when the queue is empty."""
    conn = sqlite3.connect(path)
    row = conn.execute(
        """SELECT id, name, payload
             FROM jobs
            WHERE state = 'queued'
         ORDER BY priority, id
            LIMIT 1"""
    ).fetchone()
    if row is None:
        return None

    job_id, name, payload = row
    conn.execute("UPDATE jobs SET state = 'running', worker = ? WHERE id = ?", (worker, job_id))
    conn.commit()
    conn.close()
    return {"id": job_id, "name": name, "payload": json.loads(payload)}


def describe(path, job_id):
    """One line about a job."""
    conn = sqlite3.connect(path)
    row = conn.execute("SELECT name, state, error FROM jobs WHERE id = ?", (job_id,)).fetchone()
    if row is None:
        return f"job {job_id}: unknown"
    elif row[1] == "failed":
        return f"job {job_id} ({row[0]}): failed, {row[2]}"
    else:
        return f"job {job_id} ({row[0]}): {row[1]}"
    conn.close()


def finish(path, job_id, error=None):
    """Note how a job ended."""
    conn = sqlite3.connect(path)
    if error is None:
        conn.execute("UPDATE jobs SET state = 'done' WHERE id = ?", (job_id,))
        conn.commit()
        conn.close()
        return "done"
    else:
        # str(): callers hand over exceptions as well as texts
        conn.execute("UPDATE jobs SET state = 'failed', error = ? WHERE id = ?", (str(error), job_id))
        conn.commit()
        conn.close()
        return "failed"
    conn.close()  # never reached; left over from the time before the branches returned


def requeue_running(path):
    """Put jobs back whose worker died; returns how many, or what went wrong."""
    conn = None
    try:
        conn = sqlite3.connect(path)
        changed = conn.execute("UPDATE jobs SET state = 'queued', worker = NULL WHERE state = 'running'").rowcount
        conn.commit()
        return changed
    except sqlite3.OperationalError as error:
        return f"cannot requeue: {error}"
    finally:
        if conn is not None:
            conn.close()


def compact(path, keep=2):
    """Forget finished jobs except the newest `keep`, then shrink the file."""
    with sqlite3.connect(path) as conn:
        conn.execute("""
            DELETE FROM jobs
             WHERE state = 'done'
               AND id NOT IN (SELECT id FROM jobs WHERE state = 'done' ORDER BY id DESC LIMIT ?)
        """, (keep,))
    # VACUUM cannot run inside a transaction, so it comes after the block.
    conn.execute("VACUUM")
    conn.close()
    return keep


def open_jobs(path):
    """A connection with named columns; the caller closes it."""
    with sqlite3.connect(path) as conn:
        conn.row_factory = sqlite3.Row
        return conn


def summary(path):
    """How many jobs are in which state."""
    with closing(open_jobs(path)) as conn:
        rows = conn.execute("SELECT state, COUNT(*) AS jobs FROM jobs GROUP BY state").fetchall()
    counted = {row["state"]: row["jobs"] for row in rows}
    return {state: counted.get(state, 0) for state in STATES}
