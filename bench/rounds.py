"""Programs that answer one question at a time, and rounds in which they are asked in turn.

All are started before the first round. A round asks each once, so that a machine that changes its pace changes all of
them; ratios are medians over rounds. Who is not asked stands still, so that threads that wait for their next work by
spinning disturb nobody; and nobody is asked before the machine has nothing else to do.
"""

import json
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass

PATIENCE = 300  # seconds for one answer


class Skipped(Exception):
    """The reason why something cannot be measured here."""


def reason(text):
    """The line of a program's complaint that tells most."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return ([line for line in lines if "rror" in line] or lines or ["it failed"])[-1]


def output(*command, **options):
    """What a program prints that runs once."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, **options)
    except (OSError, subprocess.TimeoutExpired) as problem:
        raise Skipped(str(problem)) from None
    if done.returncode != 0:
        raise Skipped(reason(done.stderr))
    return done.stdout


@dataclass
class Sample:
    value: float
    seconds: float


class Program:
    """A process that answers lines with lines."""

    def __init__(self, command, environment=None):
        self.complaint = tempfile.TemporaryFile("w+")
        try:
            self.process = subprocess.Popen(list(map(str, command)), stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                            stderr=self.complaint, text=True, env=environment)
        except OSError as problem:
            raise Skipped(str(problem)) from None

    def ask(self, question, lines=1):
        """What it answers, and how long that took."""
        self.process.send_signal(signal.SIGCONT)
        alarm = threading.Timer(PATIENCE, self.process.kill)
        alarm.start()
        before = time.perf_counter()
        try:
            self.process.stdin.write(question)
            self.process.stdin.flush()
            answer = [self.process.stdout.readline() for _ in range(lines)]
        except BrokenPipeError:
            answer = [""]
        taken = time.perf_counter() - before
        alarm.cancel()
        if not answer[-1]:
            self.complaint.seek(0)
            raise Skipped(reason(self.complaint.read()))
        self.process.send_signal(signal.SIGSTOP)
        return answer, taken

    def close(self):
        self.process.kill()
        self.process.wait()


class Peer(Program):
    """A program that times itself, with timing.h or timing.py; `number` is what it is asked."""

    def __init__(self, command, number=1, environment=None):
        super().__init__(command, environment)
        self.number = number

    def sample(self):
        (line,), _ = self.ask(f"{self.number}\n")
        return Sample(*map(float, line.split("\t")))


class Statement(Program):
    """jitegral's command line, asked the same statement; its own account of the time."""

    def __init__(self, jitegral, statement):
        super().__init__([jitegral, "--json", "--tier", "native"])
        self.statement, self.times = statement, 3

    def sample(self):
        lines, _ = self.ask(f"{self.statement}\n" * self.times, self.times)
        rows = [json.loads(line) for line in lines]
        if rows[-1].get("value") is None:
            raise Skipped(f"{self.statement}: {lines[-1]}")
        seconds = statistics.median(row["seconds"] for row in rows)
        self.times = max(1, min(100, int(0.1 / seconds)))  # enough that the first after a pause does not matter
        return Sample(rows[-1]["value"], seconds)


class Process:
    """A process from its start to its end; the last word it prints is the value."""

    def __init__(self, *command):
        self.command = command

    def sample(self):
        before = time.perf_counter()
        words = output(*self.command).split()
        return Sample(float(words[-1]) if words else 0, time.perf_counter() - before)

    def close(self):
        pass


class Samples(list):
    """Of one subject, one a round."""

    @property
    def seconds(self):
        return statistics.median(sample.seconds for sample in self)

    @property
    def value(self):
        return self[-1].value

    def ratio(self, other):
        """How many times longer than the other's."""
        return statistics.median(mine.seconds / theirs.seconds for mine, theirs in zip(self, other))


def idle_share(seconds):
    """Of all processors' time, while nobody here is asked anything."""
    def ticks():
        with open("/proc/stat", encoding="ascii") as file:
            numbers = [int(word) for word in file.readline().split()[1:]]
        return numbers[3] + numbers[4], sum(numbers)

    idle, everything = ticks()
    time.sleep(seconds)
    idle_then, everything_then = ticks()
    return (idle_then - idle) / max(1, everything_then - everything)


class Quiet:
    """Waits until the machine has nothing else to do, so many seconds in all."""

    def __init__(self, patience):
        self.patience = patience

    def wait(self):
        while self.patience > 0 and idle_share(0.05) < 0.85:
            self.patience -= 0.05
            if self.patience <= 0:
                print("the machine is busy; from here on nothing waits for it", file=sys.stderr)


class Turns:
    """Subjects by name, each with sample() and close(); the answers of all are checked, always."""

    def __init__(self, quiet, right, tolerance):
        self.quiet, self.right, self.tolerance = quiet, right, tolerance
        self.subjects, self.samples = {}, {}

    def sample(self, name):
        """None from one that fails or answers wrongly, which is left out from then on."""
        self.quiet.wait()
        try:
            sample = self.subjects[name].sample()
            if abs(sample.value / self.right - 1) <= self.tolerance:
                return sample
            raise Skipped(f"it answers {sample.value!r} instead of {self.right!r}")
        except Skipped as problem:
            self.leave_out(name, problem)

    def leave_out(self, name, problem):
        print(f"left out {name}: {problem}", file=sys.stderr)
        if name in self.subjects:
            self.subjects.pop(name).close()
        self.samples.pop(name, None)

    def start(self, name, start):
        try:
            self.subjects[name] = start()
        except Skipped as problem:
            return self.leave_out(name, problem)
        if self.sample(name):  # warms up
            self.samples[name] = Samples()

    def round(self):
        for name in list(self.subjects):
            if sample := self.sample(name):
                self.samples[name].append(sample)


def take_turns(starts, rounds, quiet, right, tolerance):
    """Samples by name of what the functions `starts` start."""
    turns = Turns(quiet, right, tolerance)
    try:
        for name, start in starts.items():
            turns.start(name, start)
        for _ in range(rounds):
            turns.round()
    finally:
        for subject in turns.subjects.values():
            subject.close()
    if next(iter(starts)) not in turns.samples:
        raise SystemExit("the first of them is what the others are compared with")
    return turns.samples
