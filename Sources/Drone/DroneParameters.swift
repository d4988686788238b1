public import SpatialMath

/// The numbers of a ``QuadcopterModel`` as a step uses them: a lane a drone, so that drones of one
/// group may differ in all of them.
@frozen
public struct DroneParameters<S: Lanes>: Sendable, BitwiseCopyable {
  /// The mass. [kg]
  public var mass: S
  /// One over the mass. [1/kg]
  @usableFromInline package var inverseMass: S
  /// The principal moments of inertia. [kg·m²]
  public var inertia: Vector<Body, S>
  /// One over the principal moments of inertia. [1/(kg·m²)]
  @usableFromInline package var inverseInertia: Vector<Body, S>
  /// From the principal axes of inertia to the body's axes.
  @usableFromInline package var principalAxes: Rotation<Body, Body, S>
  /// The hubs of the rotors, from the centre of mass. [m]
  public var rotorPositions: PerRotor<Vector<Body, S>>
  /// The thrust of the rotors by speed. [N]
  public var thrustCurves: PerRotor<RotorCurve<S>>
  /// The torque of the rotors by speed, without its sign. [N·m]
  public var torqueCurves: PerRotor<RotorCurve<S>>
  /// The signs of the rotors' yaw torque on the body. [–]
  public var yawSigns: PerRotor<S>
  /// How the rotors' speeds follow their commands.
  @usableFromInline package var rotorLag: RotorLag<S>
  /// The moment of inertia of one rotor with its motor. [kg·m²]
  @usableFromInline package var rotorInertia: S
  /// What drives the rotors.
  @usableFromInline package var battery: Battery<S>
  /// The highest speed of a rotor. [rpm]
  @usableFromInline package var maximumRotorSpeed: S
  /// The radius of the propellers. [m]
  public var rotorRadius: S
  /// The gain of the ground effect. [–]
  @usableFromInline package var groundEffect: S
  /// The height below which the ground effect grows no more. [m]
  @usableFromInline package var groundEffectFloor: S
  /// Drag coefficients along the body's axes. [N·s/(m·rad/s)]
  public var drag: Vector<Body, S>
  /// Drag coefficients along the body's axes, independent of the rotors. [N·s/m]
  public var linearDrag: Vector<Body, S>
  /// Torque about the body's x and y axes per speed along y and x; 0 along z. [N·m·s/m]
  @usableFromInline package var speedMoment: Vector<Body, S>
  /// Torque against body rates. [N·m·s]
  @usableFromInline package var rateDamping: Vector<Body, S>
  /// The root mean square of random torque about the body's axes. [N·m]
  @usableFromInline package var torqueNoise: Vector<Body, S>
  /// The correlation time of random torque. [s]
  @usableFromInline package var torqueNoiseTime: S
  /// How late commands reach the rotors. [s]
  @usableFromInline package var deadTime: S
  /// The gain of the downwash. [N]
  @usableFromInline package var downwashGain: S
  /// How the downwash widens with distance. [–]
  @usableFromInline package var downwashSpread: S
  /// The downwash's width at distance zero. [m]
  @usableFromInline package var downwashWidth: S
  /// The nominal length of an arm. [m]
  public var arm: S
  /// The radius of the sphere that holds the vehicle. [m]
  @usableFromInline package var boundingRadius: S
}

extension DroneParameters where S == Double {
  /// The parameters of a model.
  ///
  /// - Parameters:
  ///   - model: The model.
  ///   - rotorPlacement: Where the rotors' thrust is taken to act.
  package init(_ model: QuadcopterModel, rotorPlacement: RotorPlacement = .asDrawn) {
    mass = model.mass
    inverseMass = 1 / model.mass
    inertia = model.inertia
    inverseInertia = Vector(1 / model.inertia.x, 1 / model.inertia.y, 1 / model.inertia.z)
    principalAxes = model.principalAxes
    rotorPositions = model.rotors.map { rotorPlacement.position(of: $0, arm: model.arm) }
    thrustCurves = model.rotors.map(\.thrust)
    torqueCurves = model.rotors.map(\.torque)
    yawSigns = model.rotors.map(\.spin.yawSign)
    rotorLag = model.rotorLag
    rotorInertia = model.rotorInertia
    battery = model.battery ?? .endless
    maximumRotorSpeed = model.maximumRotorSpeed
    rotorRadius = model.rotors[0].radius
    groundEffect = model.air.groundEffect
    groundEffectFloor = model.groundEffectFloor
    drag = Vector(model.air.dragXY, model.air.dragXY, model.air.dragZ)
    linearDrag = Vector(model.air.linearDragXY, model.air.linearDragXY, model.air.linearDragZ)
    speedMoment = model.air.speedMoment
    rateDamping = model.air.rateDamping
    torqueNoise = model.air.torqueNoise
    torqueNoiseTime = model.air.torqueNoiseTime
    deadTime = model.deadTime
    downwashGain = model.air.downwashGain
    downwashSpread = model.air.downwashSpread
    downwashWidth = model.air.downwashWidth
    arm = model.arm
    boundingRadius = model.boundingRadius
  }
}

/// Where the thrust of a rotor is taken to act.
package enum RotorPlacement: Sendable {
  /// At the hub, where the model has it.
  case asDrawn
  /// At the nominal arm's length along the nearest axis or diagonal of the frame, as
  /// gym-pybullet-drones' explicit dynamics has it: 0.26 % farther out on its cf2x.
  case atNominalArm

  func position(of rotor: Rotor, arm: Double) -> Vector<Body, Double> {
    switch self {
    case .asDrawn: return rotor.position
    case .atNominalArm:
      func sign(_ x: Double) -> Double { x > 0 ? 1 : x < 0 ? -1 : 0 }
      let direction = Vector<Body, Double>(sign(rotor.position.x), sign(rotor.position.y), 0)
      let norm = direction.norm
      return norm > 0 ? (arm / norm) * direction : .zero
    }
  }
}

extension DroneParameters {
  /// The parameters of what `combine` makes of the numbers of two.
  @inlinable @inline(__always)
  package init<A: Lanes, B: Lanes>(
    _ a: DroneParameters<A>, _ b: DroneParameters<B>, combine: (A, B) -> S
  ) {
    mass = combine(a.mass, b.mass)
    inverseMass = combine(a.inverseMass, b.inverseMass)
    inertia = a.inertia.zip(b.inertia, combine)
    inverseInertia = a.inverseInertia.zip(b.inverseInertia, combine)
    principalAxes = a.principalAxes.zip(b.principalAxes, combine)
    rotorPositions = a.rotorPositions.zip(b.rotorPositions) { $0.zip($1, combine) }
    thrustCurves = a.thrustCurves.zip(b.thrustCurves) { RotorCurve($0, $1, combine: combine) }
    torqueCurves = a.torqueCurves.zip(b.torqueCurves) { RotorCurve($0, $1, combine: combine) }
    yawSigns = a.yawSigns.zip(b.yawSigns, combine)
    rotorLag = RotorLag(a.rotorLag, b.rotorLag, combine: combine)
    rotorInertia = combine(a.rotorInertia, b.rotorInertia)
    battery = Battery(a.battery, b.battery, combine: combine)
    maximumRotorSpeed = combine(a.maximumRotorSpeed, b.maximumRotorSpeed)
    rotorRadius = combine(a.rotorRadius, b.rotorRadius)
    groundEffect = combine(a.groundEffect, b.groundEffect)
    groundEffectFloor = combine(a.groundEffectFloor, b.groundEffectFloor)
    drag = a.drag.zip(b.drag, combine)
    linearDrag = a.linearDrag.zip(b.linearDrag, combine)
    speedMoment = a.speedMoment.zip(b.speedMoment, combine)
    rateDamping = a.rateDamping.zip(b.rateDamping, combine)
    torqueNoise = a.torqueNoise.zip(b.torqueNoise, combine)
    torqueNoiseTime = combine(a.torqueNoiseTime, b.torqueNoiseTime)
    deadTime = combine(a.deadTime, b.deadTime)
    downwashGain = combine(a.downwashGain, b.downwashGain)
    downwashSpread = combine(a.downwashSpread, b.downwashSpread)
    downwashWidth = combine(a.downwashWidth, b.downwashWidth)
    arm = combine(a.arm, b.arm)
    boundingRadius = combine(a.boundingRadius, b.boundingRadius)
  }

  /// The parameters of what `transform` makes of the numbers.
  @inlinable @inline(__always)
  package func map<T: Lanes>(_ transform: (S) -> T) -> DroneParameters<T> {
    DroneParameters<T>(self, self) { number, _ in transform(number) }
  }

  /// Lets `put` write each number of other parameters into that of these.
  @inlinable @inline(__always)
  package mutating func update<T: Lanes>(
    from p: DroneParameters<T>, _ put: (inout S, T) -> Void
  ) {
    self = Self(self, p) { updated($0, from: $1, put) }
  }

  /// The parameters of the drone in one lane.
  @inlinable
  package subscript(lane lane: Int) -> DroneParameters<Double> {
    get { map { $0[lane: lane] } }
    set { update(from: newValue) { $0[lane: lane] = $1 } }
  }

  /// Whether all numbers are those of others.
  func isSame(as p: Self) -> Bool {
    var isSame = true
    _ = Self(self, p) { number, other in
      if number != other { isSame = false }
      return number
    }
    return isSame
  }
}
