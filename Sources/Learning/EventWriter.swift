import Foundation

/// Writes curves for TensorBoard, record by record, so that what was written stays whole if the program
/// is killed.
///
/// A record is the length of an event, a checksum of the length, the event as a protocol buffer, and its
/// checksum.
package struct EventWriter: ~Copyable {
  private let path: String
  private let file: FileHandle

  /// A new file; TensorBoard wants `tfevents` in its name, and a folder a run.
  ///
  /// - Parameters:
  ///   - path: Where the file goes.
  ///   - wallTime: When that is, since 1970. [s]
  /// - Throws: `LearningError` where it cannot be written.
  package init(path: String, wallTime: Double) throws(LearningError) {
    guard FileManager.default.createFile(atPath: path, contents: nil),
      let file = FileHandle(forWritingAtPath: path)
    else { throw .file(path: path, reason: "it could not be made") }
    var event = ProtobufMessage()
    event.add(1, wallTime)
    event.add(3, "brain.Event:2")
    try Self.write(event.bytes, to: file, path)
    self.path = path
    self.file = file
  }

  /// Adds a point to some curves.
  ///
  /// - Parameters:
  ///   - values: The curves' tags, and the points' heights. [–]
  ///   - step: Where on the axis of steps they are.
  ///   - wallTime: When that was, since 1970. [s]
  /// - Throws: `LearningError` where they cannot be written.
  package mutating func write(
    _ values: [(tag: String, value: Double)], step: Int, wallTime: Double
  ) throws(LearningError) {
    var event = ProtobufMessage()
    event.add(1, wallTime)
    event.add(2, step)
    event.add(5) { summary in
      for (tag, value) in values {
        summary.add(1) { entry in
          entry.add(1, tag)
          entry.add(2, Float(value))
        }
      }
    }
    try Self.write(event.bytes, to: file, path)
  }

  private static func write(
    _ event: [UInt8], to file: FileHandle, _ path: String
  ) throws(LearningError) {
    var record: [UInt8] = []
    record.append(littleEndian: UInt64(event.count))
    record.append(littleEndian: maskedChecksum(record))
    record += event
    record.append(littleEndian: maskedChecksum(event))
    do {
      try file.write(contentsOf: Data(record))
    } catch {
      throw .file(path: path, reason: "it could not be written: \(error.localizedDescription)")
    }
  }

  /// The checksum, turned and shifted so that a checksum over checksums is none of itself.
  private static func maskedChecksum(_ bytes: [UInt8]) -> UInt32 {
    var crc = CRC32C()
    crc.add(bytes)
    return (crc.value >> 15 | crc.value << 17) &+ 0xa282_ead8
  }
}

extension PPOProgress {
  /// The curves that Stable-Baselines3 draws, by its tags.
  ///
  /// - Parameter seconds: The time that the steps so far have taken. [s]
  /// - Returns: Tags and values.
  package func curves(seconds: Double) -> [(tag: String, value: Double)] {
    var curves: [(tag: String, value: Double)] = [
      ("time/total_timesteps", Double(stepCount)), ("time/iterations", Double(iteration)),
      ("time/fps", seconds > 0 ? Double(stepCount) / seconds : 0),
      ("train/approx_kl", divergence), ("train/clip_fraction", clipFraction),
      ("train/entropy_loss", -entropy), ("train/explained_variance", explainedVariance),
      ("train/learning_rate", learningRate), ("train/policy_gradient_loss", policyLoss),
      ("train/std", deviation), ("train/value_loss", valueLoss),
    ]
    if let meanReward { curves.append(("rollout/ep_rew_mean", meanReward)) }
    if let meanLength { curves.append(("rollout/ep_len_mean", meanLength)) }
    return curves
  }
}
