public import CSwiftlet
import Configuration
import Control
import Drone
import Gym
import Parameters
import Scenario
import Simulation
import Spelling
import Tasks
import Training

/// Which version of the interface the library has.
@c @implementation
public func swiftlet_abi_version() -> UInt32 { UInt32(SWIFTLET_ABI_VERSION) }

private nonisolated(unsafe) let version = unsafe Constants.text(SwiftletVersion.current)

/// The version of Swiftlet.
@c @implementation
public func swiftlet_version() -> UnsafePointer<CChar>! { unsafe version }

/// What was wrong with the last call in this thread that failed.
@c @implementation
public func swiftlet_last_error() -> UnsafePointer<CChar>! { unsafe LastError.pointer }

/// Closes a handle.
@c @implementation
public func swiftlet_close(_ handle: swiftlet_handle) -> swiftlet_status {
  status { Handles.shared.close(handle) }
}

/// The names of one kind of thing, as JSON.
@c @implementation
public func swiftlet_catalogue(
  _ kind: UnsafePointer<CChar>!, _ buffer: UnsafeMutablePointer<CChar>!, _ capacity: Int,
  _ length: UnsafeMutablePointer<Int>!
) -> swiftlet_status {
  status {
    let entries = try catalogue(unsafe text(kind, "kind"))
    unsafe try write(try json(entries), to: buffer, capacity: capacity, length: length)
  }
}

/// Splits a seed into one for each environment.
@c @implementation
public func swiftlet_split_seed(
  _ seed: UInt64, _ count: Int32, _ seeds: UnsafeMutablePointer<UInt64>!
) -> swiftlet_status {
  status {
    let seeds = unsafe try require(seeds, "seeds")
    guard count >= 0 else { throw Failure.argument("count is \(count); expected 0 or more") }
    for (index, number) in environmentSeeds(from: seed, count: Int(count)).enumerated() {
      unsafe seeds[index] = number
    }
  }
}

/// A name, and what it stands for in a line.
private struct NamedThing: Encodable {
  let name: String
  let summary: String

  init(_ entry: some CatalogueEntry) { (name, summary) = (entry.name, entry.summary) }
  init(model name: String) { (self.name, summary) = (name, "a model that comes with Swiftlet") }
  init(policy name: String) { (self.name, summary) = (name, "a policy that comes with Swiftlet") }
}

/// The things of one kind.
private func catalogue(_ kind: String) throws -> [NamedThing] {
  let catalogues = Catalogues.standard
  switch kind {
  case "tasks": return TaskCatalogue.standard.entries.map { NamedThing($0) }
  case "models": return catalogues.models.names.map { NamedThing(model: $0) }
  case "effects": return catalogues.effects.entries.map { NamedThing($0) }
  case "controllers": return catalogues.controllers.entries.map { NamedThing($0) }
  case "references": return catalogues.references.entries.map { NamedThing($0) }
  case "sensors": return catalogues.sensors.entries.map { NamedThing($0) }
  case "policies": return TrainedPolicy.names.map { NamedThing(policy: $0) }
  default:
    let kinds = [
      "tasks", "models", "effects", "controllers", "references", "sensors", "policies",
    ]
    throw Failure.argument(unknown("kind of thing", kind, among: kinds))
  }
}

/// What to say of a name that nothing has.
func unknown(_ kind: String, _ name: String, among names: [String]) -> String {
  let meant =
    nearestWord(to: name, among: names).map { "did you mean '\($0)'?" }
    ?? "there are \(names.joined(separator: ", "))"
  return "there is no \(kind) '\(name)'; \(meant)"
}
