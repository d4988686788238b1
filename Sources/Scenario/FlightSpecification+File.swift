public import Configuration
package import Foundation

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
  ) throws(InvalidConfiguration) {
    try self.init(
      LocatedNode(file: path), of: path, settings: settings, catalogues: catalogues, note: note)
  }

  /// The flight in what was read of a scenario file, checked wholly.
  package init(
    _ node: LocatedNode, of path: String, settings: [String] = [],
    catalogues: Catalogues = .standard, note: (String) -> Void = { _ in }
  ) throws(InvalidConfiguration) {
    let url = URL(fileURLWithPath: path)
    try self.init(
      node, named: url.deletingPathExtension().lastPathComponent,
      folder: url.deletingLastPathComponent(), settings: settings, catalogues: catalogues,
      note: note)
  }

  /// The flight that a text in YAML or JSON describes, checked wholly.
  ///
  /// - Parameters:
  ///   - text: The text.
  ///   - name: What errors call it, and the flight if the text does not.
  ///   - folder: Where relative paths start.
  ///   - settings: As above.
  ///   - catalogues: What names stand for.
  /// - Throws: All that is wrong with the text.
  package init(
    text: String, named name: String, folder: URL, settings: [String] = [],
    catalogues: Catalogues = .standard
  ) throws(InvalidConfiguration) {
    try self.init(
      LocatedNode(yaml: text, from: .file(name, line: nil)), named: name, folder: folder,
      settings: settings, catalogues: catalogues, note: { _ in })
  }

  private init(
    _ node: LocatedNode, named name: String, folder: URL, settings: [String],
    catalogues: Catalogues, note: (String) -> Void
  ) throws(InvalidConfiguration) {
    var node = node
    for setting in settings { node = try node.applying(Setting(parsing: setting)) }
    var schema = ScenarioSchema(catalogues: catalogues, folder: folder)
    self = try node.read({ schema.flight(&$0, named: name) }, note: note)
  }
}
