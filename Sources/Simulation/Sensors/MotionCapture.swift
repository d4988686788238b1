public import Randomness
public import SpatialMath

/// Cameras on the walls that see where a drone is: late, a little wrong, and not always.
public struct MotionCapture: Sendable {
  /// How bad the cameras are.
  public struct Errors: Sendable, Equatable {
    /// The deviation of the position, along each axis. [m]
    public var positionNoise: Double
    /// The deviation of the attitude, about each axis. [rad]
    public var attitudeNoise: Double
    /// How long a pose takes to arrive. [s]
    public var delay: Double
    /// The share of poses that never arrive. [–]
    public var dropout: Double
    /// How often the cameras look; 0 for as often as they are asked. [Hz]
    public var rate: Double

    /// Errors of these sizes; none, where nothing is said.
    public init(
      positionNoise: Double = 0, attitudeNoise: Double = 0, delay: Double = 0, dropout: Double = 0,
      rate: Double = 0
    ) {
      (self.positionNoise, self.attitudeNoise) = (positionNoise, attitudeNoise)
      (self.delay, self.dropout, self.rate) = (delay, dropout, rate)
    }
  }

  /// A pose that the cameras saw.
  public struct Sighting: Sendable, Equatable {
    /// When they saw it. [s]
    public var time: Double
    /// What they saw.
    public var pose: Pose<Double>
  }

  private let errors: Errors
  private var random: SplitMix64
  private var underway: [Sighting] = []
  private var nextLook = -Double.infinity

  /// Cameras that draw their errors from some random numbers.
  public init(_ errors: Errors, random: SplitMix64) {
    (self.errors, self.random) = (errors, random)
  }

  /// Looks, and hands over what has arrived.
  ///
  /// - Parameters:
  ///   - pose: The true pose.
  ///   - time: The time, never earlier than the last. [s]
  /// - Returns: The sightings that have arrived since the last look, the earliest first.
  public mutating func look(at pose: Pose<Double>, at time: Double) -> [Sighting] {
    if time >= nextLook - 1e-9 {
      let interval = errors.rate > 0 ? 1 / errors.rate : 0
      // From when it was due, so that a rate that does not divide that of the asking is kept.
      nextLook = max(nextLook, time - interval) + interval
      take(pose, at: time)
    }
    let arrived = underway.filter { $0.time + errors.delay <= time + 1e-9 }
    underway.removeFirst(arrived.count)
    return arrived
  }

  private mutating func take(_ pose: Pose<Double>, at time: Double) {
    let offset: Vector<World, Double> = errors.positionNoise * random.normalVector()
    let turn: Vector<Body, Double> = errors.attitudeNoise * random.normalVector()
    // Drawn also where nothing is lost, so that losses do not change what else is drawn.
    let isLost = random.uniform(in: 0...1) < errors.dropout
    guard !isLost else { return }
    underway.append(
      Sighting(
        time: time,
        pose: Pose(
          position: pose.position + offset,
          attitude: pose.attitude.after(Rotation(rotationVector: turn)))))
  }
}
