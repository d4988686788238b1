public import Configuration
import Foundation
public import Tasks

/// A task as a file says it: a name of the catalogue, and all that differs from the task of that name.
///
///     task: hover
///     model: racer
///     action: { body_rates: { limit: 6 } }
///     randomisation: { mass: [0.9, 1.1] }
///
/// A file is YAML, of which JSON is a part: there is one reader for both, and for the settings of
/// commands. What is not said is as the named task has it.
public struct TaskSpecification: Sendable {
  /// The name of the task.
  public let name: String
  /// The task, set up as the file says.
  public let task: any DroneTask
  private let document: EncodedFields

  /// The task in a file, checked wholly.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - settings: Values to put in the place of the file's, such as `action.body_rates.limit=5`.
  ///   - catalogues: What names of models, effects and sensors stand for.
  ///   - tasks: What names of tasks stand for.
  ///   - note: Told, in a line each, what to change in a file that is still read as it is.
  /// - Throws: All that is wrong with the file, with line, key, value and what was expected.
  public init(
    contentsOf path: String, settings: [String] = [], catalogues: Catalogues = .standard,
    tasks: TaskCatalogue = .standard, note: (String) -> Void = { _ in }
  ) throws(InvalidConfiguration) {
    try self.init(
      try LocatedNode(file: path), of: path, settings: settings, catalogues: catalogues,
      tasks: tasks, note: note)
  }

  /// The task in what was read of a file, checked wholly.
  package init(
    _ node: LocatedNode, of path: String, settings: [String] = [],
    catalogues: Catalogues = .standard, tasks: TaskCatalogue = .standard,
    note: (String) -> Void = { _ in }
  ) throws(InvalidConfiguration) {
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
    let schema = TaskSchema(catalogues: catalogues, tasks: tasks, folder: folder)
    try self.init(node, settings, schema, note)
  }

  /// The task of some name, with settings of its keys.
  ///
  /// - Parameters:
  ///   - name: What the catalogue calls it.
  ///   - json: Keys and values as a JSON object, as a file would have them.
  ///   - settings: Values to put in their place, such as `model=racer`.
  ///   - catalogues: What names of models, effects and sensors stand for.
  ///   - tasks: What names of tasks stand for.
  ///   - note: Told, in a line each, what to change in settings that are still read as they are.
  /// - Throws: All that is wrong, with key, value and what was expected.
  public init(
    named name: String, json: String = "{}", settings: [String] = [],
    catalogues: Catalogues = .standard, tasks: TaskCatalogue = .standard,
    note: (String) -> Void = { _ in }
  ) throws(InvalidConfiguration) {
    let schema = TaskSchema(
      catalogues: catalogues, tasks: tasks, folder: URL(fileURLWithPath: "."))
    let node = LocatedNode(key: "task", word: name, at: .name(name))
    let keys = try LocatedNode(yaml: json, from: .name(name))
    try self.init(try node.joined(with: keys), settings, schema, note)
  }

  /// A task that ``encoded()`` has written.
  ///
  /// - Parameters:
  ///   - document: The text.
  ///   - origin: What to call it in messages, such as the file that holds it.
  ///   - settings: Values to put in the place of the text's.
  ///   - catalogues: What names of models, effects and sensors stand for.
  ///   - tasks: What names of tasks stand for.
  /// - Throws: All that is wrong, with key, value and what was expected.
  package init(
    encoded document: String, from origin: String, settings: [String] = [],
    catalogues: Catalogues = .standard, tasks: TaskCatalogue = .standard
  ) throws(InvalidConfiguration) {
    let schema = TaskSchema(
      catalogues: catalogues, tasks: tasks, folder: URL(fileURLWithPath: "."))
    try self.init(
      try LocatedNode(yaml: document, from: .name(origin)), settings, schema, { _ in })
  }

  private init(
    _ node: LocatedNode, _ settings: [String], _ schema: TaskSchema, _ note: (String) -> Void
  ) throws(InvalidConfiguration) {
    var node = node
    for setting in settings { node = try node.applying(Setting(parsing: setting)) }
    guard let reading = try node.read({ schema.task(&$0) }, note: note) else {
      preconditionFailure("a file without a fault is a task")
    }
    (name, task, document) = (reading.name, reading.task, reading.document)
  }

  /// All keys and values as a JSON object, defaults too, which reads as the same task.
  ///
  /// - Returns: One line of JSON, keys in the order of the alphabet.
  public func encoded() -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    guard let data = try? encoder.encode(document) else {
      preconditionFailure("keys and values that were read are finite")
    }
    return String(decoding: data, as: UTF8.self)
  }
}
