import Gym
import TaskFiles
import Tasks
import Workers

/// Environments of the task of some name, with settings in JSON.
func makeEnvironments(
  task name: String, settings: String?, count: Int, autoresetMode: AutoresetMode, threads: Int
) throws -> Environments {
  try open(
    try task(named: name, settings: settings), name: name, count: count,
    autoresetMode: autoresetMode, threads: threads)
}

private func open<Task: DroneTask>(
  _ task: Task, name: String, count: Int, autoresetMode: AutoresetMode, threads: Int
) throws -> Environments {
  guard count.multipliedReportingOverflow(by: task.agentCount).partialValue <= 1_000_000 else {
    throw Failure.argument(
      "\(count) environments of \(task.agentCount) drones are more than 1000000 drones")
  }
  let pool = ThreadPool(threads: threads)
  if task.setup.camera != nil {
    return try SeeingEnvironments(
      task, name: name, count: count, autoresetMode: autoresetMode, pool: pool)
  }
  return try TaskEnvironments(
    task, name: name, count: count, autoresetMode: autoresetMode, pool: pool)
}

/// The task of some name, with what is to be otherwise than it has it, as a JSON object.
func task(named name: String, settings: String?) throws -> any DroneTask {
  try TaskSpecification(named: name, json: settings ?? "{}").task
}
