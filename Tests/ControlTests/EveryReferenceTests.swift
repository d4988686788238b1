import Control
import Foundation
import Parameters
import SpatialMath
import Testing

/// What holds of every reference in the catalogue.
struct EveryReferenceTests {
  /// A value that a parameter takes.
  private func sample(_ kind: ParameterKind, in folder: URL) throws -> ParameterValue {
    switch kind {
    case .number(let range, _):
      let number = try #require([2, 0.5, 0, -1, range.fallback].first { range.contains($0) })
      return .number(number)
    case .integer(let range): return .integer(range.lowerBound)
    case .boolean: return .boolean(true)
    case .word(let words): return .word(try #require(words.first))
    case .vector: return .vector(Vector(1, 2, 3))
    case .file:
      let file = folder.appendingPathComponent("setpoints.csv")
      try "t,x,y,z\n0,0,0,1\n2,1,2,3\n".write(to: file, atomically: true, encoding: .utf8)
      return .file(written: file.path, path: file.path)
    case .list(.vector, _): return .list([Vector(0, 0, 1), Vector(1, 2, 3)].map { .vector($0) })
    case .list(let element, let count):
      return .list(
        try (0..<count.lowerBound).map { _ in try sample(element, in: folder) })
    case .interval(let element):
      let bound = try sample(element, in: folder)
      return .list([bound, bound])
    case .choice(let forms):
      let form = try #require(forms.first)
      return .choice(form.name, try samples(form.parameters, in: folder))
    case .record(let parameters): return .record(try samples(parameters, in: folder))
    }
  }

  private func samples(
    _ parameters: [ParameterDescription], in folder: URL
  ) throws -> ParameterValues {
    ParameterValues(
      names: parameters.map(\.name),
      values: try parameters.map { try sample($0.kind, in: folder) })
  }

  private func reference(_ entry: ReferenceCatalogue.Entry) throws -> any Reference {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let values = try entry.factory.parameters.map { try sample($0.kind, in: folder) }
    return try entry.factory.make((), values)
  }

  @Test(
    "its velocity is that of its position, and asking twice changes nothing",
    arguments: ReferenceCatalogue.standard.names)
  func derivatives(name: String) throws {
    let reference = try reference(try #require(ReferenceCatalogue.standard[name]))
    let h = 1e-5
    // Between the corners of those that are made of pieces.
    for time in stride(from: 0.1137, to: reference.duration ?? 5, by: 0.2718) {
      let now = reference.setpoint(at: time)
      #expect(now == reference.setpoint(at: time))
      guard reference.hasPosition else { continue }
      let (before, after) = (reference.setpoint(at: time - h), reference.setpoint(at: time + h))
      let slope = (0.5 / h) * (after.position - before.position)
      #expect((slope - now.velocity).norm < 1e-6 * (1 + slope.norm), "\(name) at \(time) s")
    }
  }

  @Test(
    "each parameter has a name of its own, and says what it is",
    arguments: ReferenceCatalogue.standard.names)
  func parameters(name: String) throws {
    let entry = try #require(ReferenceCatalogue.standard[name])
    let names = entry.factory.parameters.map(\.name)
    #expect(Set(names).count == names.count && !names.contains(""))
    #expect(entry.factory.parameters.allSatisfy { !$0.summary.isEmpty } && !entry.summary.isEmpty)
  }
}
