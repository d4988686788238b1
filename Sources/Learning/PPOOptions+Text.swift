import Foundation

extension PPOOptions {
  /// The names of all options.
  package static var names: [String] {
    Mirror(reflecting: PPOOptions()).children.compactMap(\.label)
  }

  /// Sets an option by its name.
  ///
  /// - Parameters:
  ///   - name: The option.
  ///   - text: Its value as in JSON, or a word; `null` for none.
  /// - Throws: `badOption` where there is no such option, or it cannot have that value.
  package mutating func set(_ name: String, to text: String) throws(LearningError) {
    guard Self.names.contains(name) else {
      let names = Self.names.joined(separator: ", ")
      throw .badOption("there is no option '\(name)'; there are \(names)")
    }
    do {
      let data = try JSONEncoder().encode(self)
      var object = try JSONSerialization.jsonObject(with: data) as? [String: Any] ?? [:]
      let value = try? JSONSerialization.jsonObject(
        with: Data(text.utf8), options: .fragmentsAllowed)
      object[name] = value ?? text
      self = try JSONDecoder().decode(
        PPOOptions.self, from: JSONSerialization.data(withJSONObject: object))
    } catch {
      throw .badOption("\(name) cannot be '\(text)'")
    }
    try validate()
  }
}
