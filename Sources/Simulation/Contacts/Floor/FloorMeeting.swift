import Drone
import SpatialMath

/// Drones that come near the floor in a step: what decides what it does to them.
struct FloorMeeting<S: Lanes> {
  /// The drone in the first lane.
  let first: Int
  /// Where the centres of mass are. [m]
  let position: Vector<World, S>
  /// How high the centres of mass are above the floor. [m]
  let altitude: S
  let attitude: RotationMatrix<Body, World, S>
  /// The velocities at the end of the step if the floor were not there. [m/s]
  let velocity: Vector<World, S>
  /// The body rates there. [rad/s]
  let bodyRates: Vector<Body, S>
  /// The mass. [kg]
  let mass: S
  /// One over the mass. [1/kg]
  let inverseMass: S
  /// One over the principal moments of inertia. [1/(kg·m²)]
  let inverseInertia: Vector<Body, S>
  /// The radius of the sphere that holds a drone. [m]
  let radius: S
  /// Coulomb's coefficient of drone and floor. [–]
  let friction: S
  /// The length of the step. [s]
  let period: Double

  /// Some drones from `first` on, with the velocities at the end of a step.
  @inline(__always)
  init(
    _ state: DroneState<S>, from first: Int, attitude: RotationMatrix<Body, World, S>,
    parameters: DroneParameters<S>, floor: FloorBelow<S>, period: Double
  ) {
    (self.first, self.attitude, self.period) = (first, attitude, period)
    (position, altitude) = (state.position, state.position.z - floor.height)
    (velocity, bodyRates) = (state.velocity, state.bodyRates)
    (mass, inverseMass) = (parameters.mass, parameters.inverseMass)
    (inverseInertia, radius) = (parameters.inverseInertia, parameters.boundingRadius)
    friction = floor.friction
  }

  /// What `part` takes of the numbers: those of drones from `first` on.
  @inline(__always)
  init<T: Lanes>(_ all: FloorMeeting<T>, from first: Int, part: (T) -> S) {
    (self.first, period) = (first, all.period)
    (position, altitude) = (all.position.map(part), part(all.altitude))
    attitude = all.attitude.map(part)
    (velocity, bodyRates) = (all.velocity.map(part), all.bodyRates.map(part))
    (mass, inverseMass) = (part(all.mass), part(all.inverseMass))
    (inverseInertia, radius) = (all.inverseInertia.map(part), part(all.radius))
    friction = part(all.friction)
  }

  /// What the floor makes of the drones: of those that it pushes, the velocities after its pushes, and none
  /// where they are too slow to tell from rest; all others keep theirs, bit for bit.
  @inline(__always)
  func outcome(of impact: FloorImpact<S>) -> FloorOutcome<S> {
    let (pushed, isPushed) = (impact.body.motion, impact.isPushed)
    var rates = attitude.inverse(pushed.angularVelocity)
    let isAtRest =
      pushed.velocity.squaredNorm + radius * radius * rates.squaredNorm
      .< S(FloorBody<S>.leastTolerance * FloorBody<S>.leastTolerance)
    let still = pushed.velocity.replacing(with: .zero, where: isAtRest)
    rates = rates.replacing(with: .zero, where: isAtRest)
    return FloorOutcome(
      velocity: velocity.replacing(with: still, where: isPushed),
      bodyRates: bodyRates.replacing(with: rates, where: isPushed), counts: impact.counts)
  }
}

/// What the floor leaves some drones of their velocities, and how many of their points it touched.
struct FloorOutcome<S: Lanes> {
  let velocity: Vector<World, S>
  let bodyRates: Vector<Body, S>
  /// How many points of each drone pushed or overlap. [–]
  let counts: S
}
