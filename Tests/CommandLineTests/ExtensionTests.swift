import Foundation
import Testing

/// What the pages about adding things promise.
struct ExtensionTests {
  /// Runs one of the example programs, which stand beside the command.
  private func run(_ program: String) throws -> Command.Outcome {
    let folder = Command.program.deletingLastPathComponent()
    return try Command.run(folder.appendingPathComponent(program), [])
  }

  @Test(
    "a program outside the package flies a model, an effect, a controller, a reference and a sensor of its own"
  )
  func flies() throws {
    let outcome = try run("ExtensionExample")
    #expect(outcome.code == 0, "\(outcome.output)")
    let numbers = outcome.output.split(separator: "\n").compactMap { line in
      line.split(separator: " ").dropLast().last.flatMap { Double($0) }
    }
    #expect(numbers.count == 3 && numbers.prefix(2).allSatisfy { $0 < 0.5 }, "\(outcome.output)")
    #expect(outcome.output.hasPrefix("dragonfly"))
    // It flies 1 m up by a barometer of 5 cm; five deviations are 25 cm.
    #expect(outcome.output.contains("\nbarometer of the last drone: "), "\(outcome.output)")
    #expect(numbers.last.map { abs($0 - 1) < 0.5 } == true, "\(outcome.output)")
  }

  /// So that what the pages show compiles as it stands.
  @Test(
    "the programs of the pages are those of the example, word for word",
    arguments: [
      ("AddingControllers", "LaggingPID"), ("AddingReferences", "Spiral"),
      ("AddingSensors", "Barometer"),
    ])
  func pages(page: String, program: String) throws {
    func text(_ path: String) throws -> String {
      try String(contentsOf: Command.repository.appendingPathComponent(path), encoding: .utf8)
    }
    let blocks = try text("Documentation/\(page).md").components(separatedBy: "```swift\n")
      .dropFirst().compactMap { $0.components(separatedBy: "```").first }
    let main = try text("Examples/Extension/main.swift")
    let file = try text("Examples/Extension/\(program).swift")
    #expect(blocks.count == 2)
    #expect(blocks.first == file)
    #expect(
      blocks.last?.split(separator: "\n").allSatisfy(main.contains) == true, "\(blocks)")
  }

  @Test("a program outside the package plays a task of its own, which keeps to every rule")
  func plays() throws {
    let outcome = try run("OwnTaskExample")
    #expect(outcome.code == 0, "\(outcome.error)")
    let lines = outcome.output.split(separator: "\n")
    #expect(lines.first == "no rule broken", "\(outcome.output)")
    #expect(lines.count == 2 && lines.last?.hasPrefix("64 episodes") == true, "\(outcome.output)")
    // 4 s at some metres a second, 30 rewards each.
    let mean = lines.last?.split(separator: " ").last.flatMap { Double($0) }
    #expect((mean ?? 0) > 30, "\(outcome.output)")
  }

  @Test("a task of one's own takes less than 60 lines")
  func isShort() throws {
    let folder = Command.repository.appendingPathComponent("Examples/OwnTask")
    let lines = try ["ClimbTask.swift", "main.swift"].map { name in
      let text = try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
      return text.count { $0 == "\n" }
    }
    #expect(lines.reduce(0, +) < 60)
  }
}
