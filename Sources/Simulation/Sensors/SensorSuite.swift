package import Drone
package import Randomness
import Rendering
import SpatialMath

/// A sensor that a drone has, with its name.
package struct NamedSensor: Sendable {
  /// The name, which its random numbers follow from: that of its entry in a ``SensorCatalogue``.
  package var name: String
  /// The sensor.
  package var sensor: any Sensor

  /// A sensor under a name.
  package init(_ name: String, _ sensor: any Sensor) {
    (self.name, self.sensor) = (name, sensor)
  }

  /// The numbers of these sensors' streams are older than the rule for all others.
  private static let streams: [String: UInt64] = [
    "imu": 0, "motion_capture": 1, "range": 2, "multiranger": 3, "lidar": 4,
  ]

  /// The sensor's own random numbers, split from those of its drone.
  func random(of drone: SplitMix64) -> SplitMix64 {
    if let stream = Self.streams[name] { return drone.stream(stream) }
    return name.utf8.reduce(drone) { $0.stream(UInt64($1)) }
  }

  /// The order in which sensors measure and are recorded.
  static func precedes(_ a: NamedSensor, _ b: NamedSensor) -> Bool {
    (streams[a.name] ?? .max, a.name) < (streams[b.name] ?? .max, b.name)
  }
}

/// The sensors of one drone, and what its state estimator makes of them.
package struct SensorSuite: Sendable {
  /// The sensors, in the order in which they measure.
  package private(set) var sensors: [NamedSensor]
  /// The distances along the rays of each sensor. [m]
  package var distances: [[Double]]
  /// The numbers of each sensor.
  package private(set) var readings: [[Double]]
  /// How the drone seems to move, by its sensors.
  package private(set) var estimate = DroneState<Double>()

  private var estimator: StateEstimator
  private let gravity: Vector<World, Double>
  private var lastVelocity: Vector<World, Double>?

  /// The sensors of a drone.
  ///
  /// - Parameters:
  ///   - sensors: The sensors.
  ///   - gravity: The acceleration of free fall. [m/s²]
  ///   - random: The drone's random numbers for sensors.
  package init(_ sensors: [NamedSensor], gravity: Double, random: SplitMix64) {
    self.sensors = sensors.sorted(by: NamedSensor.precedes)
    self.gravity = Vector(0, 0, gravity)
    for index in self.sensors.indices {
      self.sensors[index].sensor.reset(using: self.sensors[index].random(of: random))
    }
    let inputs = sensors.reduce(into: StateEstimator.Inputs()) {
      $0.formUnion($1.sensor.estimatorInputs)
    }
    estimator = StateEstimator(
      inputs, latency: sensors.map(\.sensor.latency).max() ?? 0, gravity: gravity)
    distances = self.sensors.map {
      Array(repeating: .infinity, count: $0.sensor.rays?.directions.count ?? 0)
    }
    readings = self.sensors.map { Array(repeating: .nan, count: $0.sensor.readingNames.count) }
  }

  /// Measures how the drone moves, and estimates it from that.
  ///
  /// - Parameters:
  ///   - state: The true motion.
  ///   - time: The time. [s]
  ///   - period: The time since the last call. [s]
  package mutating func measure(_ state: DroneState<Double>, at time: Double, every period: Double)
  {
    let change = state.velocity - (lastVelocity ?? state.velocity)
    lastVelocity = state.velocity
    let force = state.attitude.inverse((1 / period) * change + gravity)
    var truth = GroundTruth(time: time, period: period, state: state, specificForce: force)
    for index in sensors.indices {
      truth.distances = distances[index]
      var own = readings[index].mutableSpan
      sensors[index].sensor.measure(truth, into: &own)
    }
    // Kept by the estimator they would be copied when the next ones are written.
    truth.distances = []
    estimator.begin(truth)
    correct { $0.contains(.inertial) }
    correct { !$0.contains(.inertial) }
    estimate = estimator.finish()
  }

  /// Lets some of the sensors correct the estimate.
  private mutating func correct(where matches: (StateEstimator.Inputs) -> Bool) {
    for index in sensors.indices where matches(sensors[index].sensor.estimatorInputs) {
      sensors[index].sensor.correct(&estimator)
    }
  }
}
