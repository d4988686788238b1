import Drone
import Parameters
package import Randomness
package import SpatialMath

/// Cameras around the flying space that measure where a drone is: late, with noise, and not always.
package struct MotionCapture: Sensor {
  /// A pose that the cameras measured.
  package struct Measurement: Sendable, Equatable {
    /// When they measured it. [s]
    package var time: Double
    /// What they measured.
    package var pose: Pose<Double>
  }

  private let position: NoiseModel
  private let attitude: NoiseModel
  /// How long a pose takes to arrive. [s]
  package let latency: Double
  private let rate: Double
  private var random = SplitMix64(seed: 0)
  private var underway: [Measurement] = []
  private var nextLook = -Double.infinity
  /// The poses that arrived at the last call of ``measure(_:into:)``, the earliest first.
  package private(set) var arrived: [Measurement] = []

  /// Cameras.
  ///
  /// - Parameters:
  ///   - position: The noise of the position along each axis, and the share of poses that never
  ///     arrive. [m]
  ///   - attitude: The noise of the attitude about each axis. [rad]
  ///   - latency: How long a pose takes to arrive. [s]
  ///   - rate: How often they measure; 0 for in each control period. [Hz]
  package init(
    position: NoiseModel = .none, attitude: NoiseModel = .none, latency: Double = 0,
    rate: Double = 0
  ) {
    (self.position, self.attitude) = (position, attitude)
    (self.latency, self.rate) = (latency, rate)
  }

  package var readingNames: [String] {
    ["mocap_x", "mocap_y", "mocap_z", "mocap_qx", "mocap_qy", "mocap_qz", "mocap_qw"]
  }
  package var isRecorded: Bool { false }
  package var estimatorInputs: StateEstimator.Inputs { .pose }

  package mutating func reset(using random: SplitMix64) {
    self.random = random
    underway.removeAll()
    arrived.removeAll()
    nextLook = -Double.infinity
  }

  package mutating func measure(
    _ truth: GroundTruth, into readings: inout MutableSpan<Double>
  ) {
    let time = truth.time
    if time >= nextLook - 1e-9 {
      let interval = rate > 0 ? 1 / rate : 0
      // From when it was due, so that a rate that does not divide that of the asking is kept.
      nextLook = max(nextLook, time - interval) + interval
      take(Pose(position: truth.state.position, attitude: truth.state.attitude), truth)
    }
    let count = underway.prefix { $0.time + latency <= time + 1e-9 }.count
    arrived.removeAll(keepingCapacity: true)
    arrived.append(contentsOf: underway[..<count])
    underway.removeFirst(count)
    write(arrived.last?.pose, into: &readings)
  }

  private mutating func take(_ pose: Pose<Double>, _ truth: GroundTruth) {
    let offset: Vector<World, Double> = position.sample(every: truth.period, using: &random)
    let turn: Vector<Body, Double> = attitude.sample(every: truth.period, using: &random)
    // Drawn also where nothing is lost, so that losses do not change what else is drawn.
    guard !position.isLost(using: &random) else { return }
    underway.append(
      Measurement(
        time: truth.time,
        pose: Pose(
          position: pose.position + offset,
          attitude: pose.attitude.after(Rotation(rotationVector: turn)))))
  }

  private func write(_ pose: Pose<Double>?, into readings: inout MutableSpan<Double>) {
    guard let pose else {
      for index in readings.indices { readings[index] = .nan }
      return
    }
    readings.write(pose.position, at: 0)
    let q = pose.attitude
    (readings[3], readings[4], readings[5], readings[6]) = (q.x, q.y, q.z, q.w)
  }

  package func correct(_ estimator: inout StateEstimator) {
    for measurement in arrived { estimator.correct(pose: measurement.pose, at: measurement.time) }
  }
}

extension MotionCapture {
  static let entry = SensorCatalogue.Entry(
    name: "motion_capture", summary: "cameras that measure the drone's position and attitude",
    parameters: .size("position_noise", "deviation of the position along each axis", 1e-3, "m"),
    .size("attitude_noise", "deviation of the attitude about each axis", 0.005, "rad"),
    .number("delay", "how long a pose takes to arrive", unit: "s", in: .within(0...1), default: 0),
    .dropout,
    .size("rate", "how often the cameras measure; 0 for each control period", 0, "Hz")
  ) { position, attitude, delay, dropout, rate in
    MotionCapture(
      position: NoiseModel(.deviation(position), dropout: dropout),
      attitude: NoiseModel(.deviation(attitude)), latency: delay, rate: rate)
  }
}
