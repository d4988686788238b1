import Drone
import FlightLogs
import Foundation
import Identification
import Workers

/// The real flights: the collection beside the repository where there is one, the few that live here otherwise.
enum RealFlights {
  private static let here = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
  /// Beside the repository, or beside the folder of a worktree.
  private static let beside = ["../../..", "../../../.."].map {
    here.appendingPathComponent($0 + "/shared/data/flights").standardizedFileURL
  }.first { FileManager.default.fileExists(atPath: $0.path) }
  private static let own = here.appendingPathComponent("../DroneTests/Fixtures/flights")
    .standardizedFileURL

  static let pool = ThreadPool()

  /// Whether the whole collection is there.
  static let isWhole = beside != nil

  /// The flights whose names begin with a word, in alphabetical order.
  static func logs(_ prefix: String) throws -> [FlightLog] {
    let folder = beside ?? own
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      .filter { $0.hasPrefix(prefix) && $0.hasSuffix(".csv") }.sorted()
    return try names.map { name throws in
      try FlightLog(contentsOf: folder.appendingPathComponent(name).path)
    }
  }

  /// Which law flew a flight of NanoBench.
  static func law(of log: FlightLog) -> ClosedLoopFlight.Law? {
    switch LogIndex(besideLog: log.path).law(ofLog: log.name) {
    case "mellinger": .mellinger
    case "pid", "firmware": .pid
    default: nil
    }
  }

  /// The score of a model on flights, without flying them again unless said so.
  static func score(
    _ model: String, _ prefix: String, _ observers: String, voltage: Double? = nil,
    seeds: [UInt64?] = []
  ) throws -> ModelScore {
    let pair = ObserverPair.all.first { $0.name == observers }
    return try ModelScore(
      of: ModelCatalogue.standard.model(named: model), on: logs(prefix),
      .init(observers: pair ?? ObserverPair.all[0], voltage: voltage, seeds: seeds) {
        seeds.isEmpty ? nil : law(of: $0)
      }, pool: pool)
  }
}
