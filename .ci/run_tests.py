"""Runs the tests and prints a line a suite, failures in full, and the runner's own last lines.

The arguments go to 'swift test'. All that the runner says is kept in .build/tests.log. A test over a
list of arguments that turns out empty fails, since it holds whatever the code does.
"""

import collections
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import time

LOG = pathlib.Path(".build/tests.log")
CLOSING = re.compile(r"(. )?(Test run with|Test Suite '(All|Selected) tests'|error:)|\t Executed")


class Report:
    """What the event stream of Swift Testing has told so far."""

    def __init__(self):
        self.parameterized = set()
        self.skipped = set()
        self.starts = {}
        self.cases = collections.Counter()
        self.tests = collections.Counter()
        self.failures = collections.Counter()

    def take(self, record):
        """Takes in one record of the stream, and prints what it brings to an end."""
        payload = record["payload"]
        if record["kind"] == "test":
            if payload.get("isParameterized"):
                self.parameterized.add(payload["id"])
            return
        handler = getattr(self, payload["kind"], None)
        if handler and payload.get("testID"):
            handler(payload["testID"], payload)

    def testStarted(self, test, payload):
        self.starts[test] = payload["instant"]["absolute"]

    def testCaseStarted(self, test, _):
        self.cases[test] += 1

    def testSkipped(self, test, payload):
        # A suite that is skipped says so once, for all its tests.
        suite, _, function = test.partition("/")
        if function and suite in self.skipped:
            return
        self.skipped.add(test)
        print("↷", suite, *(message["text"] for message in payload["messages"]), flush=True)

    def issueRecorded(self, test, payload):
        if payload["issue"].get("isKnown"):
            return
        place = payload["issue"].get("sourceLocation", {})
        lines = [message["text"] for message in payload["messages"]]
        if "_testCase" in payload:
            lines.insert(0, f"with {payload['_testCase']['displayName']}")
        self.fail(test, place.get("_filePath", "?"), place.get("line", "?"), lines)

    def testEnded(self, test, payload):
        suite, _, function = test.partition("/")
        if not function:
            self.close(suite, payload["instant"]["absolute"])
            return
        self.tests[suite] += 1
        self.cases[suite] += self.cases[test] or 1
        if test in self.parameterized and not self.cases[test]:
            self.fail(test, *function.split("/")[-1].split(":")[:2], ["there is no case of it"])

    def fail(self, test, file, line, lines):
        self.failures[test.partition("/")[0]] += 1
        file = file.removeprefix(f"{pathlib.Path.cwd()}/")
        print(f"✘ {test}", f"  {file}:{line}", *(f"  {text}" for text in lines), sep="\n", flush=True)

    def close(self, suite, instant):
        mark = f"✘ {self.failures[suite]} failures in" if self.failures[suite] else "✔"
        counts = f"{self.tests[suite]} tests, {self.cases[suite]} cases"
        # Suites run side by side, and their tests wait for each other's threads.
        print(f"{mark} {suite}: {counts}, after {instant - self.starts[suite]:.1f} s", flush=True)


def records(path, process):
    """The records of a stream, as they come, until the process has ended."""
    rest = ""
    with path.open(encoding="utf-8") as stream:
        while True:
            has_ended = process.poll() is not None
            *lines, rest = (rest + stream.read()).split("\n")
            yield from (json.loads(line) for line in lines if line)
            if has_ended:
                return
            time.sleep(0.1)


def main():
    report = Report()
    with tempfile.TemporaryDirectory() as folder, LOG.open("w", encoding="utf-8") as log:
        events = pathlib.Path(folder, "events.jsonl")
        events.touch()
        command = ["swift", "test", *sys.argv[1:], "--event-stream-output-path", str(events)]
        command += ["--event-stream-version", "0"]
        process = subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT)
        for record in records(events, process):
            report.take(record)
    lines = LOG.read_text(encoding="utf-8", errors="replace").splitlines()
    has_closed = any("Test run with" in line for line in lines)
    print(*([line for line in lines if CLOSING.match(line)] if has_closed else lines[-60:]), sep="\n")
    return process.returncode or bool(report.failures) or not has_closed


if __name__ == "__main__":
    sys.exit(main())
