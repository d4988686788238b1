public import Drone
import Randomness
public import SpatialMath

/// The sensors that a drone flies on: what it has none for it knows exactly.
public struct Sensors: Sendable, Equatable {
  /// What its gyroscope and accelerometer get wrong.
  public var inertial: InertialSensor.Errors?
  /// What the cameras that watch it get wrong.
  public var motionCapture: MotionCapture.Errors?
  /// What its downward range finder gets wrong.
  public var range: RangeFinder.Errors?
  /// What its range finders to the front, back, left, right and up get wrong; it does not fly by them.
  public var multiranger: RangeFinder.Errors?
  /// Its ring of range finders; it does not fly by them.
  public var lidar: Lidar?

  /// A ring of range finders.
  public struct Lidar: Sendable, Equatable {
    /// How many there are, evenly around the drone.
    public var rays: Int
    /// What they get wrong.
    public var errors: RangeFinder.Errors

    /// A ring of so many.
    public init(rays: Int, errors: RangeFinder.Errors = .init()) {
      (self.rays, self.errors) = (rays, errors)
    }
  }

  /// Sensors.
  public init(
    inertial: InertialSensor.Errors? = nil, motionCapture: MotionCapture.Errors? = nil,
    range: RangeFinder.Errors? = nil, multiranger: RangeFinder.Errors? = nil,
    lidar: Lidar? = nil
  ) {
    (self.inertial, self.motionCapture, self.range) = (inertial, motionCapture, range)
    (self.multiranger, self.lidar) = (multiranger, lidar)
  }
}

/// What a drone believes of its own motion, from its sensors.
///
/// Between poses from motion capture it sums up what its inertial sensor says; a pose is compared with what
/// was believed when it was seen, and the difference is mixed in by a fading-memory filter of third order,
/// with memory θ = exp(−λ T):
///
///     p += (1 − θ³) Δp,   v += 3/2 (1 − θ)² (1 + θ) Δp / T,   b −= (1 − θ)³ Δp / T²
///
/// with the accelerometer's bias b, and likewise for attitude and the gyroscope's bias in second order. A
/// range finder that looks down mends the height in the same way; whatever it sees is taken for the floor
/// at z = 0, so that over a table the drone believes that it has sunk. Without motion capture and range
/// finder only the body rates are not the truth.
///
/// - N. Morrison, "Introduction to Sequential Smoothing and Prediction", McGraw-Hill, 1969, chapter 9:
///   the gains.
public struct StateEstimator: Sendable {
  private let sensors: Sensors
  private let gravity: Vector<World, Double>
  private var inertial: InertialSensor?
  private var cameras: MotionCapture?
  private var lastVelocity: Vector<World, Double>?
  private var belief: Belief?
  private var past: [(time: Double, belief: Belief)] = []
  private var lastSighting: Double?
  private var lastRange: Double?

  /// What is believed of a motion, and of the inertial sensor's biases.
  private struct Belief {
    var position: Vector<World, Double>
    var attitude: Rotation<Body, World, Double>
    var velocity: Vector<World, Double>
    var rateBias = Vector<Body, Double>.zero
    var forceBias = Vector<Body, Double>.zero
  }

  /// The stream of the seed that sensors draw from.
  static let stream: UInt64 = 2
  /// How fast the filters forget, λ. [1/s]
  private static let forgetting = 8.0
  /// How fast a bias is learnt, as a share of what the filter would. [–]
  private static let patience = 0.2

  /// The estimator of one drone.
  ///
  /// - Parameters:
  ///   - sensors: Its sensors.
  ///   - gravity: The acceleration of free fall. [m/s²]
  ///   - seed: Where the world's random numbers start.
  ///   - drone: Which of the world's drones it is: each has random numbers of its own.
  public init(_ sensors: Sensors, gravity: Double, seed: UInt64, drone: Int) {
    self.sensors = sensors
    self.gravity = Vector(0, 0, gravity)
    let random = SplitMix64(seed: seed).stream(Self.stream).stream(UInt64(drone))
    inertial = sensors.inertial.map { InertialSensor($0, random: random.stream(0)) }
    cameras = sensors.motionCapture.map { MotionCapture($0, random: random.stream(1)) }
  }

  /// What the drone believes at a time, once for each period.
  ///
  /// - Parameters:
  ///   - truth: How it moves.
  ///   - range: What its downward range finder says; `nil` where that sees nothing. [m]
  ///   - time: The time. [s]
  ///   - period: The time since the last call. [s]
  /// - Returns: How it believes that it moves; the rotor speeds are the truth.
  public mutating func estimate(
    of truth: DroneState<Double>, range: Double? = nil, at time: Double, every period: Double
  ) -> DroneState<Double> {
    let felt = feel(truth, every: period)
    lastVelocity = truth.velocity
    var state = truth
    state.bodyRates = felt.rates
    guard cameras != nil || sensors.range != nil else { return state }
    var now =
      belief.map { advance($0, by: felt, every: period) }
      ?? Belief(position: truth.position, attitude: truth.attitude, velocity: truth.velocity)
    past.append((time, now))
    if cameras == nil {
      (now.position.x, now.position.y) = (truth.position.x, truth.position.y)
      (now.velocity.x, now.velocity.y) = (truth.velocity.x, truth.velocity.y)
      now.attitude = truth.attitude
    }
    see(truth, at: time, &now)
    measureHeight(by: range, at: time, &now)
    belief = now
    let memory = (sensors.motionCapture?.delay ?? 0) + 2 * period
    past.removeAll { $0.time < time - memory }
    return DroneState(
      position: now.position, attitude: now.attitude, velocity: now.velocity,
      bodyRates: felt.rates - now.rateBias, rotorSpeeds: truth.rotorSpeeds)
  }

  /// What the inertial sensor says: the mean acceleration since the last call.
  private mutating func feel(
    _ truth: DroneState<Double>, every period: Double
  ) -> InertialMeasurement {
    let change = truth.velocity - (lastVelocity ?? truth.velocity)
    let force = truth.attitude.inverse((1 / period) * change + gravity)
    let exact = InertialMeasurement(rates: truth.bodyRates, specificForce: force)
    return inertial?.measure(rates: exact.rates, specificForce: force, every: period) ?? exact
  }

  private func advance(
    _ belief: Belief, by felt: InertialMeasurement, every period: Double
  ) -> Belief {
    var next = belief
    let turn = period * (felt.rates - belief.rateBias)
    next.attitude = belief.attitude.after(Rotation(rotationVector: turn)).normalized
    let acceleration = next.attitude(felt.specificForce - belief.forceBias) - gravity
    next.velocity += period * acceleration
    next.position += period * next.velocity
    return next
  }

  /// Mixes in the poses that have arrived from the cameras.
  private mutating func see(
    _ truth: DroneState<Double>, at time: Double, _ now: inout Belief
  ) {
    let pose = Pose(position: truth.position, attitude: truth.attitude)
    for sighting in cameras?.look(at: pose, at: time) ?? [] {
      guard let then = past.last(where: { $0.time <= sighting.time + 1e-9 })?.belief else {
        continue
      }
      let interval = sighting.time - (lastSighting ?? sighting.time - 0.02)
      lastSighting = sighting.time
      let offset = sighting.pose.position - then.position
      mix(offset, every: interval, into: &now)
      let turn = then.attitude.inverse.after(sighting.pose.attitude)
      let error = (turn.w < 0 ? -2.0 : 2) * Vector<Body, Double>(turn.x, turn.y, turn.z)
      let memory = (-Self.forgetting * interval).exponential()
      let gain = 1 - memory * memory
      now.attitude = now.attitude.after(Rotation(rotationVector: gain * error)).normalized
      let learning = Self.patience * (1 - memory) * (1 - memory) / interval
      now.rateBias += -learning * error
    }
  }

  /// Mixes in a height over the floor.
  private mutating func measureHeight(
    by range: Double?, at time: Double, _ now: inout Belief
  ) {
    let up = RotationMatrix(now.attitude).zRow.z
    // Beyond a tilt of 60 degrees it no longer looks down.
    guard let range, sensors.range != nil, up > 0.5 else { return }
    let interval = time - (lastRange ?? time - 0.02)
    lastRange = time
    mix(Vector(0, 0, range * up - now.position.z), every: interval, into: &now)
  }

  /// Mixes a difference of positions into position, velocity and accelerometer bias.
  private func mix(
    _ offset: Vector<World, Double>, every interval: Double, into now: inout Belief
  ) {
    let memory = (-Self.forgetting * interval).exponential()
    let rest = 1 - memory
    now.position += (1 - memory * memory * memory) * offset
    now.velocity += (1.5 * rest * rest * (1 + memory) / interval) * offset
    let learning = Self.patience * rest * rest * rest / (interval * interval)
    now.forceBias += -learning * RotationMatrix(now.attitude).inverse(offset)
  }
}
