import Foundation
import Gym
import Parameters
import TaskFiles
import Tasks
import Workers

/// Environments of a task, with settings in JSON.
func makeEnvironments(
  task name: String, settings: String?, count: Int, autoresetMode: AutoresetMode, threads: Int
) throws -> Environments {
  let specification = try task(named: name, settings: settings)
  let task = specification.task
  return try open(
    task, TaskDescription(task, specification), count: count, autoresetMode: autoresetMode,
    threads: threads)
}

private func open<Task: DroneTask>(
  _ task: Task, _ description: TaskDescription, count: Int, autoresetMode: AutoresetMode,
  threads: Int
) throws -> Environments {
  guard count.multipliedReportingOverflow(by: task.agentCount).partialValue <= 1_000_000 else {
    throw Failure.argument(
      "\(count) environments of \(task.agentCount) drones are more than 1000000 drones")
  }
  let pool = ThreadPool(threads: threads)
  if task.setup.camera != nil {
    return try SeeingEnvironments(
      task, description, count: count, autoresetMode: autoresetMode, pool: pool)
  }
  return try TaskEnvironments(
    task, description, count: count, autoresetMode: autoresetMode, pool: pool)
}

/// The task of some name, or in some file, with what is to be otherwise than it has it, as a JSON object.
func task(named name: String, settings: String?) throws -> TaskSpecification {
  guard [".yaml", ".yml", ".json"].contains(where: name.hasSuffix) else {
    guard TaskCatalogue.standard[name] != nil else {
      throw Failure.argument(unknown("task", name, among: TaskCatalogue.standard.names))
    }
    return try TaskSpecification(named: name, json: settings ?? "{}")
  }
  let object = try? JSONSerialization.jsonObject(with: Data((settings ?? "{}").utf8))
  guard let values = object as? [String: Any] else {
    throw Failure.argument("settings is not a JSON object such as {\"drones\": 3}")
  }
  let list = try values.sorted { $0.key < $1.key }.map { key, value in
    let data = try JSONSerialization.data(withJSONObject: value, options: .fragmentsAllowed)
    return "\(key)=\(String(decoding: data, as: UTF8.self))"
  }
  return try TaskSpecification(contentsOf: name, settings: list)
}
