import Files
import Foundation
import Recording

/// What is on the disk of a flight: a run folder, or a trajectory alone.
package struct RecordedFlight: Sendable {
  /// The path as it was given.
  package let path: String
  /// The file of rows.
  package let trajectory: String
  /// The file of how obstacles moved, where there is one.
  let obstacles: String?
  /// Whether the flight was cut short.
  package let isPartial: Bool
  /// The bytes of the metadata, where there are any.
  let metadata: Data?

  /// The flight at the path of a folder or of a CSV file.
  ///
  /// A CSV file under its usual name brings in the metadata beside it.
  package init(at path: String) throws(PictureError) {
    self.path = path
    var isFolder: ObjCBool = false
    // unsafe: Foundation fills the flag that it is given.
    guard unsafe FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      throw .unfit(path: path, reason: "there is no such file or folder")
    }
    let url = URL(fileURLWithPath: path)
    if isFolder.boolValue {
      trajectory = try Self.table(in: path)
      metadata = try Self.metadata(in: url)
    } else {
      trajectory = path
      let isOurs = url.lastPathComponent.hasPrefix(TrajectoryWriter.fileName)
      metadata = isOurs ? try Self.metadata(in: url.deletingLastPathComponent()) : nil
    }
    obstacles = Self.obstacles(beside: URL(fileURLWithPath: trajectory))
    isPartial = trajectory.hasSuffix(TrajectoryWriter.partialSuffix)
  }

  /// The metadata in a folder, if there are any.
  private static func metadata(in folder: URL) throws(PictureError) -> Data? {
    let path = folder.appendingPathComponent("metadata.json").relativePath
    do throws(FileFault) {
      return Data(try contents(ofFile: path, atMost: InputLimits.metadataBytes))
    } catch {
      guard error == .missing else { throw .unfit(path: path, reason: error.description) }
      return nil
    }
  }

  /// The scenario's name, or that of the folder or file.
  package var name: String {
    if let scenario = scenario, let name = scenario["name"] as? String { return name }
    return URL(fileURLWithPath: path).deletingPathExtension().lastPathComponent
  }

  /// The resolved scenario out of the metadata.
  var scenario: [String: Any]? {
    guard let metadata, let object = try? JSONSerialization.jsonObject(with: metadata) else {
      return nil
    }
    return (object as? [String: Any])?["scenario"] as? [String: Any]
  }

  /// The file of moving obstacles beside a trajectory of the usual name, finished or not.
  private static func obstacles(beside trajectory: URL) -> String? {
    guard trajectory.lastPathComponent.hasPrefix(TrajectoryWriter.fileName) else { return nil }
    let folder = trajectory.deletingLastPathComponent()
    return ["", TrajectoryWriter.partialSuffix]
      .map { folder.appendingPathComponent(ObstacleWriter.fileName + $0).path }
      .first { FileManager.default.fileExists(atPath: $0) }
  }

  /// The trajectory of a folder, finished or not, or else the only table in it.
  private static func table(in folder: String) throws(PictureError) -> String {
    let name = TrajectoryWriter.fileName
    for candidate in [name, name + TrajectoryWriter.partialSuffix] {
      let path = "\(folder)/\(candidate)"
      if FileManager.default.fileExists(atPath: path) { return path }
    }
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    let tables = names.filter { $0.hasSuffix(".csv") }
    if let only = tables.first, tables.count == 1 { return "\(folder)/\(only)" }
    guard tables.isEmpty else {
      let reason = "several CSV files and no \(name) in this folder; name one of them"
      throw .unfit(path: folder, reason: reason)
    }
    let below = names.filter {
      FileManager.default.fileExists(atPath: "\(folder)/\($0)/\(name)")
    }.min()
    let advice = below.map { "; there is one in \(folder)/\($0)" } ?? ""
    throw .unfit(path: folder, reason: "there is no \(name) in this folder" + advice)
  }
}
