import Foundation
import SwiftletAssets
import TestSupport
import Testing

/// `swiftlet export`.
struct ExportCommandTests {
  @Test("writes a header, and prints its size and what an action takes")
  func writesAHeader() throws {
    let folder = try TemporaryFolder()
    let outcome = try Command.swiftlet("export", "hover", "-o", folder.path("hover.h"))
    #expect(outcome.code == 0, "\(outcome.error)")
    #expect(
      outcome.output == """
        \(folder.path("hover.h"))
          size       23,776 bytes of constants, 512 of stack
          an action  5,760 multiply-adds, 128 tanh

        """)
    #expect(try contents(folder.path("hover.h")).contains("static inline void hover_act("))
    #expect(folder.contents == ["hover.h"])
  }

  @Test("with weights of 8 bits says what that changes, and writes the same file each time")
  func roundsWeights() throws {
    let folder = try TemporaryFolder()
    func export(_ file: String) throws -> Command.Outcome {
      try Command.swiftlet(
        "export", "trajectory", "-o", folder.path(file), "--int8", "--name", "pilot")
    }
    let (first, second) = (try export("a.h"), try export("b.h"))
    #expect(first.code == 0 && second.code == 0, "\(first.error)")
    #expect(first.output.contains("size       7,240 bytes of constants"))
    #expect(first.output.contains("over 18,432 observations of its own flights"))
    let text = try contents(folder.path("a.h"))
    #expect(text.contains("static const int8_t pilot_weights0["))
    #expect(try contents(folder.path("b.h")) == text)
  }

  @Test("writes ONNX, and says so as JSON")
  func writesONNX() throws {
    let folder = try TemporaryFolder()
    let outcome = try Command.swiftlet(
      "export", "multi-hover", "--output", folder.path("two.onnx"), "--json")
    #expect(outcome.code == 0 && outcome.output.contains("\"format\" : \"onnx\""))
    #expect(folder.contents == ["two.onnx"])
  }

  @Test("names the command that exports flights", arguments: ["mcap", "parquet"])
  func flights(ending: String) throws {
    let outcome = try Command.swiftlet("export", "runs/one", "-o", "flight.\(ending)")
    #expect(outcome.code == 2 && outcome.error.contains("pip install 'swiftlet[\(ending)]'"))
  }

  @Test("of a policy with a network for each drone, it has to be said which")
  func severalNetworks() throws {
    let folder = try TemporaryFolder()
    let trained = try Command.swiftlet(
      "train", "meetup", "--out", folder.path("run"), "--quiet", "--environments", "8", "--steps",
      "640", "--target", "none", "--option", "horizon=16", "--option", "networks=separate")
    try #require(trained.code == 0, "\(trained.error)")
    let file = folder.path("second.h")
    let refused = try Command.swiftlet("export", folder.path("run"), "-o", file)
    #expect(refused.code == 2)
    #expect(
      refused.errorLines == [
        "the policy has 2 networks, one for each drone of its task, and a file holds one; say which by network, 0 to 1"
      ])
    for network in ["0", "1"] {
      let outcome = try Command.swiftlet(
        "export", folder.path("run"), "-o", folder.path("\(network).h"), "--network", network,
        "--name", "pilot", "--int8")
      #expect(outcome.code == 0, "\(outcome.error)")
    }
    #expect(try contents(folder.path("0.h")) != contents(folder.path("1.h")))
  }

  @Test("a policy that there is not: its name, and those that there are")
  func unknownPolicy() throws {
    let files = try FileManager.default.contentsOfDirectory(atPath: Assets.policies.path)
    let names = files.filter { $0.hasSuffix(".safetensors") }
      .map { String($0.dropLast(".safetensors".count)) }.sorted()
    #expect(names.count > 4)
    let outcome = try Command.swiftlet("export", "hoover", "-o", "a.h")
    #expect(
      outcome.code == 3
        && outcome.errorLines == [
          "hoover: there is no such file, nor a policy of that name; there are \(names.joined(separator: ", "))"
        ])
  }

  @Test(
    "what is wrong is said in a line",
    arguments: [
      (
        ["export", "hover", "-o", "a.bin"], 2,
        "a.bin: the name of the file says what to write; expected one that ends with .onnx or .h"
      ),
      (
        ["export", "hover", "-o", "a.h", "--network", "-1"], 2,
        "the policy has no network -1; it has one, number 0"
      ),
      (
        ["export", "hover", "-o", "a.h", "--name", "for while"], 2,
        "'for while' cannot begin names in C; expected a letter, then letters, digits and _"
      ),
      (
        ["export", "hover", "-o", "none/a.h"], 3,
        "none/a.h: it could not be written: No such file or directory"
      ),
    ])
  func faults(arguments: [String], code: Int32, line: String) throws {
    let folder = try TemporaryFolder()
    let outcome = try Command.run(Command.program, arguments, in: folder.url)
    #expect(outcome.code == code && outcome.errorLines == [line])
    #expect(folder.contents.isEmpty)
  }
}
