"""Where the scenario runs and what it prints."""

import os


class Transcript:
    """Prints results and exceptions, with the working folder under a fixed name."""

    def __init__(self, folder):
        self.folder = folder

    def line(self, text):
        print(str(text).replace(self.folder, "WORK"))

    def heading(self, text):
        self.line(f"\n## {text}")

    def attempt(self, label, action, *args, **kwargs):
        """Call `action` and note what came of it; returns the result, None after an exception."""
        try:
            result = action(*args, **kwargs)
        except Exception as error:  # noqa: BLE001 - the transcript is about failures, too
            self.line(f"{label} !! {type(error).__name__}: {error}")
            return None
        self.line(f"{label} -> {result!r}")
        return result


class Folder:
    """The working folder and the few files the service finds there."""

    def __init__(self, path):
        self.path = path
        os.makedirs(path, exist_ok=True)

    def at(self, *names):
        return os.path.join(self.path, *names)

    def put(self, name, text):
        path = self.at(name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8", newline="\n") as handle:
            handle.write(text)
        return path
