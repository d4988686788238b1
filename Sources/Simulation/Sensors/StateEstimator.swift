import Drone
public import SpatialMath

/// Estimates how a drone moves from what its sensors measure.
///
/// Between poses from motion capture it sums up what its inertial sensor says; a pose is compared with the
/// estimate of the time at which it was measured, and the difference is mixed into that by a fading-memory
/// filter of third order, with memory θ = exp(−λ T):
///
///     p += (1 − θ³) Δp,   v += 3/2 (1 − θ)² (1 + θ) Δp / T,   b −= (1 − θ)³ Δp / T²
///
/// with the accelerometer's bias b, and likewise for attitude and the gyroscope's bias in second order. A
/// height corrects the estimate in the same way. A range finder that looks down takes whatever it sees for
/// the floor at z = 0, so that over a table the drone seems to have sunk. What no sensor corrects is the
/// truth, apart from the body rates.
///
/// - N. Morrison, "Introduction to Sequential Smoothing and Prediction", McGraw-Hill, 1969, chapter 9:
///   the gains.
public struct StateEstimator: Sendable {
  /// What sensors can tell an estimator.
  public struct Inputs: OptionSet, Sendable {
    public let rawValue: Int

    public init(rawValue: Int) { self.rawValue = rawValue }

    /// Body rates and specific force, through ``StateEstimator/predict(rates:specificForce:)``.
    public static let inertial = Inputs(rawValue: 1)
    /// Position and attitude, through ``StateEstimator/correct(pose:at:)``.
    public static let pose = Inputs(rawValue: 2)
    /// The height above the floor, through ``StateEstimator/correct(height:)`` or
    /// ``StateEstimator/correct(rangeDown:)``.
    public static let height = Inputs(rawValue: 4)
  }

  /// The estimate of a motion, and of the inertial sensor's biases.
  private struct Estimate {
    var position: Vector<World, Double>
    var attitude: Rotation<Body, World, Double>
    var velocity: Vector<World, Double>
    var rateBias = Vector<Body, Double>.zero
    var forceBias = Vector<Body, Double>.zero
  }

  /// A height that was measured at some time, and the time since the one before. [m, s, s]
  private struct Height {
    var value, time, interval: Double
  }

  /// The estimate of an instant, and what it was made from.
  private struct Instant {
    let time: Double
    let period: Double
    let inertial: InertialMeasurement
    var estimate: Estimate
  }

  private let inputs: Inputs
  private let latency: Double
  private let gravity: Vector<World, Double>
  private var truth = GroundTruth(time: 0, period: 1, state: DroneState(), specificForce: .zero)
  private var inertial = InertialMeasurement(rates: .zero, specificForce: .zero)
  /// Whether the last of ``past`` is that of now.
  private var isPredicted = false
  /// The instants that a pose may still come for, the last one at the end.
  private var past: [Instant] = []
  /// The heights that were measured at those instants, in order.
  private var heights: [Height] = []
  private var lastPose: Double?
  private var lastHeight: Double?
  private var heightInterval = usualInterval

  /// How fast the filters forget, λ. [1/s]
  private static let forgetting = 8.0
  /// How fast a bias is learnt, as a share of what the filter would. [–]
  private static let biasLearningShare = 0.2
  /// The time between two measurements that the first is taken to come after. [s]
  private static let usualInterval = 0.02

  /// The estimator of one drone.
  ///
  /// - Parameters:
  ///   - inputs: What its sensors tell.
  ///   - latency: How long they take at most to tell it. [s]
  ///   - gravity: The acceleration of free fall. [m/s²]
  init(_ inputs: Inputs, latency: Double, gravity: Double) {
    (self.inputs, self.latency) = (inputs, latency)
    self.gravity = Vector(0, 0, gravity)
  }

  /// Begins the estimate of an instant.
  mutating func begin(_ truth: GroundTruth) {
    self.truth = truth
    isPredicted = false
    inertial = InertialMeasurement(
      rates: truth.state.bodyRates, specificForce: truth.specificForce)
  }

  /// Predicts by an inertial measurement, before any correction, how the drone moves now.
  ///
  /// - Parameters:
  ///   - rates: The body rates, as the gyroscope has them. [rad/s]
  ///   - specificForce: The acceleration without gravity along the body's axes, as the accelerometer
  ///     has it. [m/s²]
  public mutating func predict(rates: Vector<Body, Double>, specificForce: Vector<Body, Double>) {
    inertial = InertialMeasurement(rates: rates, specificForce: specificForce)
  }

  /// Corrects the estimate by a pose that was measured at some time, now or before. [s]
  ///
  /// What is corrected is the estimate of that time; the inertial measurements and heights since then are
  /// gone through again. A late pose so counts once, as it would have if it had come in time.
  public mutating func correct(pose: Pose<Double>, at time: Double) {
    predictIfNeeded()
    guard let index = past.lastIndex(where: { $0.time <= time + 1e-9 }) else { return }
    let interval = time - (lastPose ?? time - Self.usualInterval)
    lastPose = time
    Self.mix(pose, every: interval, into: &past[index].estimate)
    for later in past.indices.dropFirst(index + 1) {
      let instant = past[later]
      past[later].estimate = advance(past[later - 1].estimate, to: instant)
      for height in heights where height.time == instant.time {
        Self.mix(height, into: &past[later].estimate)
      }
    }
  }

  // The corrections are static: a method of the estimator would hold its lists twice, and copy them.

  private static func mix(
    _ pose: Pose<Double>, every interval: Double, into estimate: inout Estimate
  ) {
    let turn = estimate.attitude.inverse.after(pose.attitude)
    mix(pose.position - estimate.position, every: interval, into: &estimate)
    let error = (turn.w < 0 ? -2.0 : 2) * Vector<Body, Double>(turn.x, turn.y, turn.z)
    let memory = (-forgetting * interval).exponential()
    let gain = 1 - memory * memory
    estimate.attitude =
      estimate.attitude.after(Rotation(rotationVector: gain * error)).normalized
    let learning = biasLearningShare * (1 - memory) * (1 - memory) / interval
    estimate.rateBias += -learning * error
  }

  /// Corrects the estimate by the distance to the floor along the drone's downward axis. [m]
  public mutating func correct(rangeDown range: Double) {
    predictIfNeeded()
    let up = past.last.map { RotationMatrix($0.estimate.attitude).zRow.z } ?? 0
    // Beyond a tilt of 60 degrees it no longer looks down.
    if up > 0.5 { correct(height: range * up) }
  }

  /// Corrects the estimate by the height above the floor. [m]
  public mutating func correct(height: Double) {
    predictIfNeeded()
    // A second height of the same instant counts as much as the first.
    let interval = truth.time - (lastHeight ?? truth.time - Self.usualInterval)
    if interval > 0 { heightInterval = interval }
    lastHeight = truth.time
    let measured = Height(value: height, time: truth.time, interval: heightInterval)
    if inputs.contains(.pose) { heights.append(measured) }
    Self.mix(measured, into: &past[past.count - 1].estimate)
  }

  private static func mix(_ height: Height, into estimate: inout Estimate) {
    let offset = Vector<World, Double>(0, 0, height.value - estimate.position.z)
    mix(offset, every: height.interval, into: &estimate)
  }

  /// Ends the estimate of an instant.
  ///
  /// - Returns: How the drone seems to move; the rotor speeds are the truth.
  mutating func finish() -> DroneState<Double> {
    var state = truth.state
    state.bodyRates = inertial.rates
    guard inputs.contains(.pose) || inputs.contains(.height) else { return state }
    predictIfNeeded()
    let now = past[past.count - 1].estimate
    let memory = latency + 2 * truth.period
    past.removeAll { $0.time < truth.time - memory }
    heights.removeAll { $0.time < truth.time - memory }
    return DroneState(
      position: now.position, attitude: now.attitude, velocity: now.velocity,
      bodyRates: inertial.rates - now.rateBias, rotorSpeeds: state.rotorSpeeds)
  }

  /// Appends the estimate of now, from the last one and the inertial measurement.
  private mutating func predictIfNeeded() {
    guard !isPredicted else { return }
    isPredicted = true
    let state = truth.state
    var instant = Instant(
      time: truth.time, period: truth.period, inertial: inertial,
      estimate: Estimate(
        position: state.position, attitude: state.attitude, velocity: state.velocity))
    if let last = past.last { instant.estimate = advance(last.estimate, to: instant) }
    if !inputs.contains(.pose) {
      (instant.estimate.position.x, instant.estimate.position.y) = (
        state.position.x, state.position.y
      )
      (instant.estimate.velocity.x, instant.estimate.velocity.y) = (
        state.velocity.x, state.velocity.y
      )
      instant.estimate.attitude = state.attitude
    }
    past.append(instant)
  }

  private func advance(_ estimate: Estimate, to instant: Instant) -> Estimate {
    let (period, inertial) = (instant.period, instant.inertial)
    var next = estimate
    let turn = period * (inertial.rates - estimate.rateBias)
    next.attitude = estimate.attitude.after(Rotation(rotationVector: turn)).normalized
    let acceleration = next.attitude(inertial.specificForce - estimate.forceBias) - gravity
    next.velocity += period * acceleration
    next.position += period * next.velocity
    return next
  }

  /// Mixes a difference of positions into position, velocity and accelerometer bias.
  private static func mix(
    _ offset: Vector<World, Double>, every interval: Double, into now: inout Estimate
  ) {
    let memory = (-forgetting * interval).exponential()
    let rest = 1 - memory
    now.position += (1 - memory * memory * memory) * offset
    now.velocity += (1.5 * rest * rest * (1 + memory) / interval) * offset
    let learning = biasLearningShare * rest * rest * rest / (interval * interval)
    now.forceBias += -learning * RotationMatrix(now.attitude).inverse(offset)
  }
}
