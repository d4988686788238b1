import Spelling
import Swiftlet

/// The task of some name, for a number of drones or as many as it usually has.
func task(named name: String, drones: Int? = nil) throws -> any DroneTask {
  guard let entry = TaskCatalogue.standard[name] else {
    let names = TaskCatalogue.standard.names
    throw CommandFailure.input(
      unknown("task", name, among: names, else: "'swiftlet tasks' lists them"))
  }
  return try entry.task(drones: drones)
}

/// What to say of a name that nothing has: the one that was meant, or else where to look.
func unknown(
  _ kind: String, _ name: String, among names: [String], else advice: String
) -> String {
  let meant = nearestWord(to: name, among: names).map { "did you mean '\($0)'?" }
  return "there is no \(kind) '\(name)'; \(meant ?? advice)"
}
