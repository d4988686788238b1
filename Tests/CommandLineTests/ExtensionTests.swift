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
    "a program outside the package flies a model, an effect, a controller and a reference of its own"
  )
  func flies() throws {
    let outcome = try run("ExtensionExample")
    #expect(outcome.code == 0, "\(outcome.output)")
    let errors = outcome.output.split(separator: "\n").compactMap { line in
      line.split(separator: " ").dropLast().last.flatMap { Double($0) }
    }
    #expect(errors.count == 2 && errors.allSatisfy { $0 < 0.5 }, "\(outcome.output)")
    #expect(outcome.output.hasPrefix("dragonfly"))
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
