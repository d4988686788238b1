import Foundation

extension ObserverPair {
  /// The observers of a name, or those whose numbers a JSON file has.
  ///
  /// - Parameter name: Where logs come from, or the file's path.
  /// - Throws: ``IdentificationError`` where there is none of that name, or the file cannot be used.
  package init(named name: String) throws(IdentificationError) {
    if let known = Self.all.first(where: { $0.name == name }) {
      self = known
      return
    }
    guard name.hasSuffix(".json") else {
      let names = Self.all.map(\.name).joined(separator: ", ")
      throw IdentificationError(
        "observer \(name): there is none of that name; expected \(names) or FILE.json")
    }
    let numbers: ObserverNumbers
    do {
      numbers = try JSONDecoder().decode(
        ObserverNumbers.self, from: Data(contentsOf: URL(fileURLWithPath: name)))
    } catch {
      throw IdentificationError("\(name): cannot be read as the numbers of an observer: \(error)")
    }
    guard numbers.isUsable else {
      throw IdentificationError(
        "\(name): expected finite numbers of 0 or more, and fastTime and reference above 0")
    }
    self.init(name: name, model: numbers.withoutHold, underControl: numbers)
  }
}
