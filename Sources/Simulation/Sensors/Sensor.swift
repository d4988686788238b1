public import Drone
public import Randomness
public import Rendering
public import SpatialMath

/// A sensor that a drone carries, or that watches it.
///
/// A conformance measures numbers of the true motion, with its own errors:
///
///     struct Barometer: Sensor {
///       let noise: NoiseModel
///       private var random = SplitMix64(seed: 0)
///       let readingNames = ["barometer"]
///
///       mutating func reset(using random: SplitMix64) { self.random = random }
///       mutating func measure(_ truth: GroundTruth, into readings: inout MutableSpan<Double>) {
///         readings[0] = truth.state.position.z + noise.sample(every: truth.period, using: &random)
///       }
///     }
///
/// A line in a ``SensorCatalogue`` gives it a name and parameters. Scenarios then offer it under
/// `sensors:`, and flights record a column for each of its numbers. One that does more than be recorded
/// says so by ``estimatorInputs`` and ``correct(_:)``; one that looks along rays by ``rays``.
public protocol Sensor: Sendable {
  /// What its numbers are called, in order: the columns of recordings.
  var readingNames: [String] { get }

  /// Whether recordings of flights have its numbers; they do by default.
  var isRecorded: Bool { get }

  /// The rays along which it has to know how far it is to the next surface; none by default.
  var rays: RangeSensor? { get }

  /// What the state estimator of the drone uses it for; nothing by default.
  var estimatorInputs: StateEstimator.Inputs { get }

  /// How long after its measurement the estimator has it, at most; 0 by default. [s]
  var latency: Double { get }

  /// Starts anew: draws what does not change over a flight, such as the first bias.
  ///
  /// - Parameter random: The sensor's own random numbers, from which all of its errors come.
  mutating func reset(using random: SplitMix64)

  /// Measures, once in each control period.
  ///
  /// - Parameters:
  ///   - truth: What is measured.
  ///   - readings: The numbers, all overwritten; not a number for what is not seen. [unit of each]
  mutating func measure(_ truth: GroundTruth, into readings: inout MutableSpan<Double>)

  /// Hands what was measured last to the state estimator of the drone; does nothing by default.
  func correct(_ estimator: inout StateEstimator)
}

extension Sensor {
  public var isRecorded: Bool { true }
  public var rays: RangeSensor? { nil }
  public var estimatorInputs: StateEstimator.Inputs { [] }
  public var latency: Double { 0 }
  public func correct(_ estimator: inout StateEstimator) {}
}

/// What a sensor measures at an instant, exactly.
public struct GroundTruth: Sendable {
  /// The time since the start. [s]
  public var time: Double
  /// The time since the last measurement. [s]
  public var period: Double
  /// How the drone moves.
  public var state: DroneState<Double>
  /// The mean acceleration without gravity since the last measurement, along the body's axes. [m/s²]
  public var specificForce: Vector<Body, Double>
  /// How far it is along each ray of the sensor; infinite where nothing is met. [m]
  public var distances: [Double]

  /// A truth.
  package init(
    time: Double, period: Double, state: DroneState<Double>, specificForce: Vector<Body, Double>,
    distances: [Double] = []
  ) {
    (self.time, self.period, self.state) = (time, period, state)
    (self.specificForce, self.distances) = (specificForce, distances)
  }
}
