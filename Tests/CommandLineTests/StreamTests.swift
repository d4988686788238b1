import Foundation
import TestSupport
import Testing

/// What happens where the process meets others: streams, folders and options.
struct StreamTests {
  /// Runs a line of the shell with the program as `$0` and a new folder as `$1`.
  private func shell(_ line: String) throws -> Command.Outcome {
    let folder = try TemporaryFolder()
    return try Command.run(
      URL(fileURLWithPath: "/bin/bash"), ["-c", line, Command.program.path, folder.url.path])
  }

  @Test(
    "output that cannot be written has exit code 3",
    arguments: [
      "models > /dev/full", "models >&-", "--version > /dev/full",
      "validate Examples/circle.yaml > /dev/full",
    ])
  func lostOutput(arguments: String) throws {
    let outcome = try shell("\"$0\" \(arguments)")
    #expect(outcome.code == 3 && outcome.errorLines.count == 1, "\(outcome)")
    #expect(outcome.error.contains("standard output"))
  }

  @Test("a reader that has gone is told by the exit code alone")
  func goneReader() throws {
    let outcome = try shell("\"$0\" references | true; exit ${PIPESTATUS[0]}")
    #expect(outcome.code == 3 || outcome.code == 0, "\(outcome)")
    #expect(outcome.error.isEmpty)
  }

  @Test("an error that cannot be told keeps its exit code", arguments: ["2>&-", "2>/dev/full"])
  func lostError(redirection: String) throws {
    #expect(try shell("\"$0\" fly none.yaml \(redirection)").code == 2)
  }

  @Test("of two flights into one new folder, one is refused and the other is whole")
  func oneFolder() throws {
    let outcome = try shell(
      """
      "$0" fly Examples/circle.yaml --no-pictures --quiet --out "$1/run" & first=$!
      "$0" fly Examples/landing.yaml --no-pictures --quiet --out "$1/run"; a=$?
      wait $first; b=$?
      echo $((a < b ? a : b)) $((a < b ? b : a)); ls "$1/run"
      """)
    let lines = outcome.output.split(separator: "\n")
    #expect(["0 2", "0 3"].contains(lines.first), "\(outcome)")
    #expect(lines.dropFirst() == ["metadata.json", "trajectory.csv"])
  }

  @Test("of two trainings that go on in one folder, one is refused and the other is whole")
  func oneTraining() throws {
    let outcome = try shell(
      """
      set -- "$1/run"
      "$0" train hover --environments 8 --option horizon=16 --steps 128 --target none --quiet --out "$1"
      "$0" train --resume "$1" --steps 128000 --quiet & first=$!
      "$0" train --resume "$1" --steps 128000 --quiet; a=$?
      wait $first; b=$?
      echo $((a < b ? a : b)) $((a < b ? b : a))
      cut -d , -f 1 "$1/learning.csv" | tail -n +2 | sort -n | uniq -d | wc -l
      """)
    #expect(outcome.output == "0 3\n0\n", "\(outcome)")
    #expect(outcome.errorLines.count == 1, "\(outcome)")
    #expect(outcome.error.contains("another run is writing into it"))
  }

  @Test("a negative value of an option is a value, out of its range")
  func negativeValues() throws {
    for (arguments, word) in [
      (["fly", "Examples/circle.yaml", "--duration", "-1"], "-1"),
      (["train", "hover", "--steps", "-5", "--out", "/none"], "-5"),
      (["train", "hover", "--save-every", "-2"], "-2.0"),
      (["compare", "a.csv", "b.csv", "--tolerance", "-1"], "-1.0"),
    ] {
      let outcome = try Command.run(Command.program, arguments)
      #expect(outcome.code == 2 && outcome.error.contains(word), "\(outcome.error)")
      #expect(!outcome.error.contains("Missing value"))
    }
  }

  @Test("a browser that ends early has exit code 3")
  func endedBrowser() throws {
    let outcome = try shell(
      """
      "$0" fly Examples/landing.yaml --no-pictures --quiet --out "$1/run"
      mkdir "$1/bin"; printf '#!/bin/sh\nexit 0\n' > "$1/bin/chromium"; chmod +x "$1/bin/chromium"
      PATH="$1/bin:$PATH" "$0" picture "$1/run" -o "$1/p.png"; echo $?
      PATH="$1/bin:$PATH" "$0" video "$1/run" -o "$1/p.mp4"; echo $?; ls "$1"
      """)
    #expect(outcome.output == "3\n3\nbin\nrun\n", "\(outcome)")
  }

  @Test("a pipe that nothing comes out of is refused, and one that something comes out of is read")
  func pipes() throws {
    let silent = try shell("mkfifo \"$1/f\"; \"$0\" validate \"$1/f\"")
    #expect(silent.code == 2 && silent.error.contains("pipe"), "\(silent)")
    let read = try shell("\"$0\" validate <(sleep 0.2; cat Examples/circle.yaml)")
    #expect(read.code == 0, "\(read)")
  }

  @Test("the folder of a training run stands for its best policy")
  func policyFolder() throws {
    let outcome = try shell(
      """
      "$0" evaluate "$1"; echo $?
      cp Assets/Policies/hover.safetensors "$1/best.safetensors"
      "$0" evaluate "$1" --episodes 2 --json > /dev/null; echo $?
      """)
    #expect(outcome.output == "2\n0\n", "\(outcome)")
    #expect(outcome.errorLines.count == 1 && outcome.error.contains("best.safetensors"))
  }
}
