import multiprocessing
import threading
import warnings

# From 3.12 on, and depending on how quickly the system takes a finished thread away.
warnings.simplefilter("ignore", DeprecationWarning)

def work():
    thread = threading.Thread(target=print, args=("in the child",))
    thread.start()

if __name__ == "__main__":
    thread = threading.Thread(target=int)
    thread.start()
    thread.join()
    process = multiprocessing.get_context("fork").Process(target=work)
    process.start()
    process.join()
    print(process.exitcode)
