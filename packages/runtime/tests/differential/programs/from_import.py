import sys
from threading import (
    Thread,
    current_thread,
)


def work():
    print(current_thread() is made, current_thread() is not made)


made = Thread(
    target=work,  # a comment with a ) in it
    daemon=True,
)
made.start()
made.join()
print("done", file=sys.stderr)
