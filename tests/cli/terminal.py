"""A program on a terminal, for the tests of what only happens there."""
import os
import pty
import re
import select
import signal
import struct
import termios
import time
from fcntl import ioctl

failures = []


def finish():
    """What a test script exits with."""
    print(f"{len(failures)} failures")
    return 1 if failures else 0


def run_tests(module):
    """Runs the functions test_... of a module's globals; what to exit with."""
    for name, test in list(module.items()):
        if name.startswith("test_"):
            test()
    return finish()


def expect(condition, words):
    if not condition:
        failures.append(words)
        print(f"failed: {words}")


CONTROL = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|\x1b[=>]|\r|\x07")


class Terminal:
    def __init__(self, command, env=None, size=(80, 24)):
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
            os.execve(command[0], command, os.environ | {"TERM": "xterm"} | (env or {}))
        self.raw = b""   # all that was ever shown
        self.read_to = 0
        self.status = None

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.status is None:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
        os.close(self.fd)

    def type(self, text):
        os.write(self.fd, text.encode())

    def _more(self, seconds):
        if not select.select([self.fd], [], [], max(0, seconds))[0]:
            return False
        try:
            data = os.read(self.fd, 65536)
        except OSError:  # the other side is gone
            data = b""
        self.raw += data
        return bool(data)

    def until(self, pattern, seconds=10):
        """Reads until the pattern shows up in what is new, and returns that. None if it does not."""
        end = time.monotonic() + seconds
        while True:
            new = CONTROL.sub("", self.raw[self.read_to:].decode(errors="replace"))
            if re.search(pattern, new, re.M):
                self.read_to = len(self.raw)
                return new
            if time.monotonic() > end or not self._more(end - time.monotonic()) and self.gone():
                return None

    def when(self, condition, seconds):
        """Reads until the condition holds; False if it does not in time."""
        end = time.monotonic() + seconds
        while not condition():
            if time.monotonic() > end or not self._more(min(0.1, end - time.monotonic())) and self.gone():
                return condition()
        return True

    def listens_to_keys(self, seconds=5):
        """Waits until the program takes keys one by one: a key typed just before that may be lost."""
        end = time.monotonic() + seconds
        while termios.tcgetattr(self.fd)[3] & termios.ICANON and time.monotonic() < end:
            time.sleep(0.01)

    def gone(self):
        if self.status is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            self.status = os.waitstatus_to_exitcode(status) if pid else None
        return self.status is not None

    def end(self, seconds=10):
        """Waits for the end of the program: its exit status, or None."""
        limit = time.monotonic() + seconds
        while not self.gone() and time.monotonic() < limit:
            self._more(0.05)
        while self._more(0):  # what it said last
            pass
        return self.status
