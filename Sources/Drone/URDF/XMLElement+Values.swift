import SpatialMath

/// An element of a file, read attribute by attribute, with errors that say where.
struct LocatedElement {
  let element: XMLElement
  let file: String

  /// An error at this element.
  func error(_ message: String) -> ModelError {
    ModelError(file: file, line: element.line, message: "<\(element.name)> \(message)")
  }

  /// The only child of some name.
  func child(_ name: String) throws(ModelError) -> LocatedElement {
    guard let child = element.child(named: name) else {
      throw error("has no <\(name)>; expected one")
    }
    return LocatedElement(element: child, file: file)
  }

  /// The children of some name.
  func children(_ name: String) -> [LocatedElement] {
    element.children(named: name).map { LocatedElement(element: $0, file: file) }
  }

  /// Whether an attribute is there.
  func has(_ name: String) -> Bool { element.attributes[name] != nil }

  /// An attribute that must be there.
  func string(_ name: String) throws(ModelError) -> String {
    guard let value = element.attributes[name] else {
      throw error("has no attribute \"\(name)\"; expected one")
    }
    return value
  }

  /// A finite number that must be there.
  func number(_ name: String) throws(ModelError) -> Double {
    let text = try string(name)
    guard let value = Double(text.trimmingSpaces), value.isFinite else {
      throw error("\(name)=\"\(text.prefix(40))\" is not a finite number")
    }
    return value
  }

  /// A finite number, or a default where it is missing.
  func number(_ name: String, default initial: Double) throws(ModelError) -> Double {
    has(name) ? try number(name) : initial
  }

  /// A number above 0 that must be there.
  func positive(_ name: String, unit: String) throws(ModelError) -> Double {
    let value = try number(name)
    guard value > 0 else { throw error("\(name)=\"\(value)\"; expected above 0 \(unit)") }
    return value
  }

  /// The length of something to bump into, which must be there. [m]
  func size(_ name: String) throws(ModelError) -> Double {
    let value = try positive(name, unit: "m")
    try checkSize(value, name)
    return value
  }

  /// Refuses a length that no world takes. [m]
  func checkSize(_ value: Double, _ name: String) throws(ModelError) {
    guard (1e-6...1e6).contains(value) else {
      throw error("\(name)=\"\(value)\"; expected 1e-6 m to 1e6 m")
    }
  }

  /// A number of 0 or more that must be there.
  func nonNegative(_ name: String, unit: String) throws(ModelError) -> Double {
    let value = try number(name)
    guard value >= 0 else { throw error("\(name)=\"\(value)\"; expected 0 \(unit) or more") }
    return value
  }

  /// A number of 0 or more, or a default where it is missing.
  func nonNegative(
    _ name: String, default initial: Double, unit: String
  ) throws(ModelError) -> Double {
    has(name) ? try nonNegative(name, unit: unit) : initial
  }

  /// The three numbers of an attribute, or zero where it is missing.
  func vector(_ name: String) throws(ModelError) -> Vector<Body, Double> {
    guard has(name) else { return .zero }
    let numbers = try numbers(name, count: 3)
    return Vector(numbers[0], numbers[1], numbers[2])
  }

  /// The numbers of an attribute that must be there.
  func numbers(_ name: String, count: Int) throws(ModelError) -> [Double] {
    let text = try string(name)
    let numbers = text.split(whereSeparator: \.isWhitespace).compactMap { Double($0) }
    guard numbers.count == count, numbers.allSatisfy(\.isFinite) else {
      let words = [2: "two", 3: "three", 4: "four"]
      throw error(
        "\(name)=\"\(text.prefix(60))\"; expected \(words[count] ?? "\(count)") finite numbers")
    }
    return numbers
  }

  /// The numbers of an attribute that must be there, none of them below 0.
  func nonNegativeNumbers(
    _ name: String, count: Int, unit: String
  ) throws(ModelError) -> [Double] {
    let numbers = try numbers(name, count: count)
    guard let wrong = numbers.first(where: { $0 < 0 }) else { return numbers }
    throw error("\(name) has \(wrong); expected \(count) numbers of 0 \(unit) or more")
  }

  /// Refuses attributes that were not read.
  func expectOnly(_ names: Set<String>) throws(ModelError) {
    let unknown = element.attributes.keys
      .filter { !names.contains($0) && !$0.hasPrefix("xmlns") }.sorted()
    if let first = unknown.first {
      throw error(
        "has an unknown attribute \"\(first)\"; expected "
          + names.sorted().joined(separator: ", "))
    }
  }
}

extension String {
  /// The text without white space at its ends.
  fileprivate var trimmingSpaces: Substring {
    let start = firstIndex { !$0.isWhitespace } ?? endIndex
    let end = lastIndex { !$0.isWhitespace }.map { index(after: $0) } ?? endIndex
    return start < end ? self[start..<end] : ""
  }
}
