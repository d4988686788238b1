import Foundation
import TestSupport
import Training

extension TemporaryFolder {
  /// The folder of a training run within it.
  func run(_ name: String) throws -> TrainingFolder {
    try FileManager.default.createDirectory(
      atPath: path(name), withIntermediateDirectories: true)
    return TrainingFolder(path: path(name))
  }
}
