public import CSwiftlet
import Gym
import Pictures
import Recording
import Scenario
import Tasks

/// The episode of one environment, recorded from its start.
struct EpisodeRecorder {
  /// Whose episodes they are.
  let environment: Int
  /// What goes beside the trajectory; `nil` before an episode has begun.
  fileprivate(set) var metadata: EpisodeMetadata?
  /// What is written of it.
  fileprivate(set) var instants: [FlightInstant] = []

  fileprivate init(environment: Int) { self.environment = environment }

  /// Writes the episode so far, of a task with some setup, into a new folder.
  fileprivate func write(to path: String, of setup: TaskSetup, pictures: Bool) throws {
    guard let metadata else {
      throw Failure(.badState, "there is no episode yet: reset the environment")
    }
    let folder = try RunFolder(at: path)
    var writer = try InstantWriter(of: setup, in: folder)
    for instant in instants { try writer.append(instant) }
    try writer.finish()
    try writeMetadata(metadata, to: folder.file(EpisodeMetadata.fileName))
    if pictures { try FlightPictures.write(into: folder) }
  }
}

extension Environments {
  /// Begins to record where a reset begins an episode.
  func beginRecord(where mask: [Bool]?) {
    guard let environment = recorder?.environment, mask?[environment] ?? true else { return }
    recorder?.metadata = metadata(of: environment)
    recorder?.instants = [instant(of: environment)]
  }

  /// Records a step.
  func record() {
    guard let recorder, recorder.metadata != nil else { return }
    self.recorder?.instants.append(instant(of: recorder.environment))
  }
}

/// Records the episodes of an environment from its next reset on.
@c @implementation
public func swiftlet_environments_record(
  _ environments: swiftlet_handle, _ environment: Int32
) -> swiftlet_status {
  status {
    try Handles.shared.with(environments, Environments.self) { held in
      guard held.autoresetMode == .disabled else {
        throw Failure(
          .badState, "environments that reset by themselves are not recorded: disable autoreset")
      }
      guard -1..<held.layout.environmentCount ~= Int(environment) else {
        throw Failure.argument(
          "environment is \(environment); expected -1 to \(held.layout.environmentCount - 1)")
      }
      held.recorder =
        environment == -1 ? nil : EpisodeRecorder(environment: Int(environment))
    }
  }
}

/// Writes the episode that is recorded into a new folder.
@c @implementation
public func swiftlet_environments_write_episode(
  _ environments: swiftlet_handle, _ folder: UnsafePointer<CChar>!, _ pictures: Bool
) -> swiftlet_status {
  status {
    let path = unsafe try text(folder, "folder")
    try Handles.shared.with(environments, Environments.self) { held in
      guard let recorder = held.recorder else {
        throw Failure(.badState, "nothing is recorded: call swiftlet_environments_record")
      }
      try recorder.write(to: path, of: held.setup, pictures: pictures)
    }
  }
}
