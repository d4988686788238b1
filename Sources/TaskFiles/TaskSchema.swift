import Configuration
import Foundation
import Parameters
import Tasks

/// The keys of a task's file, and what each may hold.
struct TaskSchema {
  /// What names stand for.
  let catalogues: Catalogues
  /// The tasks that a file can name.
  let tasks: TaskCatalogue
  /// The folder that relative paths start from.
  let folder: URL

  /// A task as a file says it.
  struct Reading {
    var name: String
    var task: any DroneTask
    var document: EncodedFields
  }

  /// Reads the whole file; `nil` after a report of what is wrong.
  func task(_ map: inout MappingReader) -> Reading? {
    let version: Int = map.integer("version", default: 1, in: 1...1)
    let name = map.word("task", among: tasks.names)
    guard !map.hasErrors, let entry = tasks[name] else {
      map.ignoreRest()
      return nil
    }
    let usual = entry.task()
    let drones: Int = map.integer(
      "drones", default: usual.agentCount, in: entry.droneCounts)
    let reader = ParameterReader(folder: folder)
    let values = reader.values(of: entry.factory.parameters, in: &map)
    guard var task = self.task(entry, drones, values, &map) else {
      map.ignoreRest()
      return nil
    }
    let fields = TaskKeys(catalogues: catalogues, folder: folder).fields
    var draft = TaskDraft(task, effects: catalogues.effects)
    fields.read(into: &draft, from: &map, with: reader)
    task.setup = draft.setup
    guard !map.hasErrors else { return nil }
    map.check(task)
    let own = entry.factory.named(values ?? []).entries
    let head: [(key: String, value: any Encodable & Sendable)] = [
      ("version", version), ("task", name), ("drones", drones),
    ]
    return Reading(
      name: name, task: task,
      document: EncodedFields(head + own + EncodedFields(fields, of: draft).entries))
  }

  private func task(
    _ entry: TaskEntry, _ drones: Int, _ values: [ParameterValue]?, _ map: inout MappingReader
  ) -> (any DroneTask)? {
    guard let values = values ?? entry.factory.defaults else { return nil }
    do throws(ParameterError) { return try entry.factory.make(drones, values) } catch {
      map.reject(error.problem, at: error.parameter, expected: error.expected)
      return nil
    }
  }
}

extension ParameterValues {
  /// The names with their values.
  fileprivate var entries: [(key: String, value: any Encodable & Sendable)] {
    zip(names, values).map { ($0, $1) }
  }
}

extension MappingReader {
  /// Refuses a task that cannot be played.
  fileprivate func check(_ task: some DroneTask) {
    do throws(TaskError) { _ = try TaskEnvironment(task) } catch {
      guard let key = error.key else { return reject("cannot be played: \(error)") }
      let steps = key.split(separator: ".").map(String.init)
      let place = steps.dropFirst().reduce(value(of: steps[0])) { $0.value(of: $1) }
      place.report("cannot be played: \(error)")
    }
  }
}
