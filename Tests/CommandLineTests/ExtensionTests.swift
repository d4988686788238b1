import Foundation
import Testing

/// What the page about adding things promises.
struct ExtensionTests {
  @Test(
    "a program outside the package flies a model, an effect, a controller and a reference of its own"
  )
  func flies() throws {
    let program = Command.program.deletingLastPathComponent()
      .appendingPathComponent("ExtensionExample")
    let outcome = try Command.run(program, [])
    #expect(outcome.code == 0, "\(outcome.output)")
    let errors = outcome.output.split(separator: "\n").compactMap { line in
      line.split(separator: " ").dropLast().last.flatMap { Double($0) }
    }
    #expect(errors.count == 2 && errors.allSatisfy { $0 < 0.5 }, "\(outcome.output)")
    #expect(outcome.output.hasPrefix("dragonfly"))
  }
}
