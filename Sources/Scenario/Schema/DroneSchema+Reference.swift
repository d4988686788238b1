import Configuration
import Control
import Drone
import Parameters
import SpatialMath
import Spelling

extension DroneSchema {
  /// Reads what a drone follows: the name of a reference, or that with its keys, and beside it a heading.
  func reference(_ value: ValueReader, _ parameters: ParameterReader) -> ReferenceSpecification? {
    let choices = references(parameters)
    guard value.isMapping || value.isOutlined else { return value.choice(among: choices) }
    return value.mapping { map in
      let made = map.choice(among: choices)
      let heading = map.optional(
        "heading", "where the nose points, in place of the reference's own headings",
        usual: "the reference's", self.heading)
      guard var reference = made else { return nil }
      reference.heading = heading
      guard reference.path(slowdown: 1).isFlyable else {
        map.reject("turns too fast to be flown", at: "heading", expected: "a finite heading")
        return nil
      }
      return reference
    }
  }

  /// The kinds of reference.
  private func references(_ parameters: ParameterReader) -> [Choice<ReferenceSpecification>] {
    schema.catalogues.references.entries.map { entry in
      Choice(entry.name, entry.summary) { value in
        guard !value.rejectsHeadingWithin(entry) else { return nil }
        let made = parameters.read(entry.factory, from: value) { $0.setpoint(at: 0).position }
        guard let made else { return nil }
        guard made.product.isFlyable else {
          value.report(
            "is too fast or too far to be flown", expected: "setpoints that are finite numbers")
          return nil
        }
        return ReferenceSpecification(
          name: entry.name, values: made.values, reference: made.product)
      }
    }
  }

  /// Reads where the nose should point.
  private func heading(_ value: ValueReader) -> HeadedReference.Heading? {
    let expected = "along_path, { toward: [x, y, z] } or a number of rad/s"
    guard let content = value.content(expected: expected) else {
      return value.isOutlined ? toward(value) : nil
    }
    switch content {
    case .mapping: return toward(value)
    case .plain("along_path"), .text("along_path"): return .alongPath
    case .plain(let word) where Double(word) != nil:
      return value.number(in: .within(-1000...1000), unit: "rad/s").map { .turning(rate: $0) }
    case .plain(let word), .text(let word):
      return value.reject(
        "is unknown", expected: expected,
        suggestion: nearestWord(to: word, among: ["along_path"]))
    case .list: return value.reject("is no heading", expected: expected)
    }
  }
}

/// Reads the point that the nose points toward.
private func toward(_ value: ValueReader) -> HeadedReference.Heading? {
  value.mapping { map in
    .toward(
      map.vector("toward", "the point that it points toward, wherever the drone is", unit: "m"))
  }
}

extension ValueReader {
  /// Whether it is written as keys and values.
  fileprivate var isMapping: Bool {
    if case .mapping = node?.content { true } else { false }
  }

  /// Reports a heading among the keys of a reference that has no such key: it stands beside the name.
  fileprivate func rejectsHeadingWithin(_ entry: ReferenceCatalogue.Entry) -> Bool {
    guard case .mapping(let entries) = node?.content,
      entries.contains(where: { $0.key == "heading" }),
      !entry.factory.parameters.contains(where: { $0.name == "heading" })
    else { return false }
    value(of: "heading").report(
      "stands among the keys of \(entry.name)",
      expected: "heading beside it: { \(entry.name): {…}, heading: … }")
    return true
  }
}

extension Reference {
  /// Whether its setpoints at some times of it are numbers in all parts.
  fileprivate var isFlyable: Bool {
    let length = duration ?? 60
    return [0, 1e-3, 0.1, 1, 10, length / 2, length].allSatisfy { isFinite(at: $0) }
  }

  /// Whether its setpoint at a time is a number in all parts. [s]
  private func isFinite(at time: Double) -> Bool {
    let setpoint = setpoint(at: time)
    return [setpoint.position, setpoint.velocity, setpoint.acceleration, setpoint.jerk]
      .allSatisfy(\.isFinite) && setpoint.yaw.isFinite && setpoint.yawRate.isFinite
  }
}
