import threading

for wrong in ({"group": 1}, {"nonsense": 1}):
    try:
        threading.Thread(**wrong)
    except (AssertionError, TypeError) as error:
        print(type(error).__name__, error)
threading.Thread(5, 5)
