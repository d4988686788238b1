import Configuration
import Parameters
import Control
import Drone
import Foundation
import Simulation
import SpatialMath

/// The keys of a scenario file, and what each may hold.
struct ScenarioSchema {
  /// What names stand for.
  let catalogues: Catalogues
  /// The folder that relative paths start from.
  let folder: URL
  /// Folders that hold the packages of `package://` names.
  private(set) var packages: [URL] = []

  init(catalogues: Catalogues, folder: URL) {
    (self.catalogues, self.folder) = (catalogues, folder)
  }

  /// Reads the whole file.
  mutating func flight(_ map: inout MappingReader, named fileName: String) -> FlightSpecification {
    let _: Int = map.integer("version", "of this format", in: 1...FlightSpecification.formatVersion)
    packages = map.list("packages", "folders that hold the packages of package:// names") {
      $0.string(expected: "a folder")
    }
    .map { URL(fileURLWithPath: $0, relativeTo: folder) }
    let name = self.name(&map, fileName: fileName)
    let duration = map.optional(
      "duration", "how long it flies", usual: "the longest replay's, or 10 s"
    ) { $0.number(in: .positive(upTo: 1e6), unit: "s") }
    let seed: UInt64 = map.integer("seed", "where random numbers start", default: 0)
    let rates = map.mapping("rates", "how often things happen") { self.rates(&$0) }
    let physics = map.mapping("physics", "how drones move") { $0.physics(catalogues.effects) }
    let wind = map.mapping("wind", "how the air moves") { $0.wind() }
    let surroundings = WorldSchema(
      folder: folder, packages: packages, worlds: catalogues.worlds)
    let world = map.mapping("world", "what there is apart from drones") { surroundings.world(&$0) }
    let reader = DroneSchema(
      schema: self, physics: physics, rates: rates.all, recordings: RecordedFlights(folder: folder),
      models: NamedModels(catalogues.models, in: folder, packages: packages))
    var index = -1
    let drones = map.list("drones", "the drones, counted from 0", count: 1...100_000) { drone in
      index += 1
      return drone.mapping { reader.drone(&$0, index: index) }
    }
    var flight = FlightSpecification(
      name: name, duration: duration ?? Self.length(of: drones), seed: seed, rates: rates.all,
      physics: physics, wind: wind, world: world, drones: drones)
    // What is wrong with a part is not told again of the whole.
    guard !map.hasErrors else { return flight }
    flight.world.draw(clearOf: drones.map(\.start.position))
    followReplays(&flight, rates)
    noteRareCommands(in: flight, map)
    checkTimes(of: flight, in: map)
    checkFirmware(of: flight, in: map)
    checkServoPorts(of: flight, in: map)
    checkStart(of: flight, in: map)
    noteWhatHasNoEffect(in: flight, map)
    return flight
  }

  private func name(_ map: inout MappingReader, fileName: String) -> String {
    let name = map.string("name", "of the run folder", default: fileName)
    if name.isEmpty || name.contains("/") || name.printable != name || name.utf8.count > 100 {
      map.reject(
        "cannot be the name of a folder", at: map.has("name") ? "name" : nil,
        expected: "up to 100 bytes on one line, without \"/\" and characters that cannot be seen")
    }
    return name
  }

  /// The length of the longest replay, or 10 s where there is none.
  private static func length(of drones: [DroneSpecification]) -> Double {
    let replays = drones.compactMap { drone in
      (drone.controller.controller as? ReplayController)?.duration
    }
    return replays.max() ?? 10
  }

  /// The rates, and which of them the file says.
  struct WrittenRates {
    var all: FlightSpecification.Rates
    var hasControl: Bool
    var hasRecord: Bool
  }

  private func rates(_ map: inout MappingReader) -> WrittenRates {
    // The longest flight at the slowest rate makes one step.
    let range = NumberRange.within(1e-6...100_000)
    let physics = map.number("physics", "physics steps", default: 240, in: range, unit: "Hz")
    // The divisor of the physics rate that is nearest to 48 Hz, the usual rate of gym-pybullet-drones.
    let usual = physics / max(1, (physics / 48).rounded())
    let control = map.number(
      "control", "commands, of which physics is a multiple; by default near 48 Hz, or a replay's",
      default: usual, in: range, unit: "Hz")
    let record = map.number(
      "record", "rows, of which physics is a multiple; by default as often as commands",
      default: control, in: range, unit: "Hz")
    // A rate that is not written follows another, and so does its fault.
    for (key, rate) in [("control", control), ("record", record)] where map.has(key) {
      let ratio = physics / rate
      if abs(ratio - ratio.rounded()) > 1e-9 * ratio || ratio < 0.5 {
        map.reject(
          "does not divide the physics rate", at: key,
          expected: "\(physics) Hz divided by a whole number")
      }
    }
    return WrittenRates(
      all: .init(physics: physics, control: control, record: record),
      hasControl: map.has("control"), hasRecord: map.has("record"))
  }
}
