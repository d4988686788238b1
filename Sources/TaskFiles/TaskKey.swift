package import Configuration
import Foundation
import Parameters
package import Tasks

/// A key of a task's file, explained: for lists, pages and other languages.
package struct TaskKey: Sendable, Encodable {
  /// The keys that lead to the value, such as `randomisation.mass`.
  package let path: String
  /// What it is, in a few words.
  package let summary: String
  /// What kind of value it takes, with range and unit, such as `a positive number of m`.
  package let expected: String
  /// The value where nothing is said, as JSON; `nil` where files cannot say it.
  package let usual: String?
}

extension TaskSpecification {
  /// The keys of a task: its own, and those that every task has.
  ///
  /// - Parameters:
  ///   - name: What the catalogue calls it.
  ///   - catalogues: What names of models, effects and sensors stand for.
  ///   - tasks: What names of tasks stand for.
  /// - Returns: The keys in the order in which they are read; none for a name that nothing has.
  package static func keys(
    ofTask name: String, catalogues: Catalogues = .standard, tasks: TaskCatalogue = .standard
  ) -> [TaskKey] {
    guard let entry = tasks[name] else { return [] }
    let usual = entry.task()
    let counts = entry.droneCounts
    let drones = TaskKey(
      path: "drones", summary: "how many drones take part",
      expected: counts.count == 1
        ? "\(counts.lowerBound)"
        : "a whole number from \(counts.lowerBound) to \(counts.upperBound)",
      usual: "\(usual.agentCount)")
    let own = entry.factory.parameters.map { parameter in
      let initial: ParameterValue? =
        if case .value(let value) = parameter.initial { value } else { nil }
      return TaskKey(
        path: parameter.name, summary: parameter.summary, expected: parameter.valueDescription,
        usual: initial.flatMap(json))
    }
    let draft = TaskDraft(usual, effects: catalogues.effects)
    let fields = TaskKeys(catalogues: catalogues, folder: URL(fileURLWithPath: ".")).fields
    return [drones] + own + fields.flatMap { keys(of: $0, in: draft, below: "") }
  }

  private static func keys(
    of field: Field<TaskDraft>, in draft: TaskDraft, below path: String
  ) -> [TaskKey] {
    guard field.fields.isEmpty else {
      return field.fields.flatMap { keys(of: $0, in: draft, below: "\(path)\(field.name).") }
    }
    return [
      TaskKey(
        path: path + field.name, summary: field.summary, expected: field.expected,
        usual: field.write(draft).flatMap(json))
    ]
  }

  private static func json(_ value: any Encodable) -> String? {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return (try? encoder.encode(value)).map { String(decoding: $0, as: UTF8.self) }
  }
}
