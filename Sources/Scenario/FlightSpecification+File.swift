import Foundation

extension FlightSpecification {
  /// The flight in a scenario file, checked wholly.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - settings: Values to put in the place of the file's, such as `drones[0].model=cf2p`.
  ///   - catalogues: What names stand for.
  ///   - note: Told, in a line each, what to change in a file that is still read as it is.
  /// - Throws: All that is wrong with the file, with line, key, value and what was expected.
  public init(
    contentsOf path: String, settings: [String] = [], catalogues: Catalogues = .standard,
    note: (String) -> Void = { _ in }
  ) throws(InvalidScenario) {
    var node = try LocatedNode(file: path)
    for setting in settings { node = try node.applying(Setting(parsing: setting)) }
    let url = URL(fileURLWithPath: path)
    var schema = ScenarioSchema(
      catalogues: catalogues, folder: url.deletingLastPathComponent())
    let name = url.deletingPathExtension().lastPathComponent
    self = try node.read({ schema.flight(&$0, named: name) }, note: note)
  }
}
