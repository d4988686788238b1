public import SpatialMath

/// The numbers of a ``QuadcopterModel`` as a step uses them: a lane a drone, so that drones of one
/// group may differ in all of them.
@frozen
public struct DroneParameters<S: Lanes>: Sendable, BitwiseCopyable {
  /// The mass. [kg]
  public var mass: S
  /// One over the mass. [1/kg]
  public var inverseMass: S
  /// The principal moments of inertia. [kg·m²]
  public var inertia: Vector<Body, S>
  /// One over the principal moments of inertia. [1/(kg·m²)]
  public var inverseInertia: Vector<Body, S>
  /// The hubs of the rotors, from the centre of mass. [m]
  public var rotorPositions: PerRotor<Vector<Body, S>>
  /// The thrust of the rotors by speed. [N]
  public var thrustCurves: PerRotor<RotorCurve<S>>
  /// The torque of the rotors by speed, without its sign. [N·m]
  public var torqueCurves: PerRotor<RotorCurve<S>>
  /// The signs of the rotors' yaw torque on the body. [–]
  public var yawSigns: PerRotor<S>
  /// How the rotors' speeds follow their commands.
  public var rotorLag: RotorLag<S>
  /// The moment of inertia of one rotor with its motor. [kg·m²]
  public var rotorInertia: S
  /// What drives the rotors.
  public var battery: Battery<S>
  /// The highest speed of a rotor. [rpm]
  public var maximumRotorSpeed: S
  /// The radius of the propellers. [m]
  public var rotorRadius: S
  /// The gain of the ground effect. [–]
  public var groundEffect: S
  /// The height below which the ground effect grows no more. [m]
  public var groundEffectFloor: S
  /// Drag coefficients along the body's axes. [N·s/(m·rad/s)]
  public var drag: Vector<Body, S>
  /// Drag coefficients along the body's axes, whatever the rotors do. [N·s/m]
  public var linearDrag: Vector<Body, S>
  /// The gain of the downwash. [N]
  public var downwashGain: S
  /// How the downwash widens with distance. [–]
  public var downwashSpread: S
  /// The downwash's width at distance zero. [m]
  public var downwashWidth: S
  /// The nominal length of an arm. [m]
  public var arm: S
  /// The radius of the sphere that holds the vehicle. [m]
  public var boundingRadius: S
}

extension DroneParameters where S == Double {
  /// The parameters of a model.
  ///
  /// - Parameters:
  ///   - model: The model.
  ///   - rotorPlacement: Where the rotors' thrust is taken to act.
  public init(_ model: QuadcopterModel, rotorPlacement: RotorPlacement = .asDrawn) {
    mass = model.mass
    inverseMass = 1 / model.mass
    inertia = model.inertia
    inverseInertia = Vector(1 / model.inertia.x, 1 / model.inertia.y, 1 / model.inertia.z)
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
    downwashGain = model.air.downwashGain
    downwashSpread = model.air.downwashSpread
    downwashWidth = model.air.downwashWidth
    arm = model.arm
    boundingRadius = model.boundingRadius
  }
}

/// Where the thrust of a rotor is taken to act.
public enum RotorPlacement: Sendable {
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
  /// The parameters of what `transform` makes of those of others.
  @inlinable @inline(__always)
  public init<T: Lanes>(_ p: DroneParameters<T>, _ transform: (T) -> S) {
    mass = transform(p.mass)
    inverseMass = transform(p.inverseMass)
    inertia = p.inertia.map(transform)
    inverseInertia = p.inverseInertia.map(transform)
    rotorPositions = p.rotorPositions.map { $0.map(transform) }
    thrustCurves = p.thrustCurves.map { $0.map(transform) }
    torqueCurves = p.torqueCurves.map { $0.map(transform) }
    yawSigns = p.yawSigns.map(transform)
    rotorLag = p.rotorLag.map(transform)
    rotorInertia = transform(p.rotorInertia)
    battery = p.battery.map(transform)
    maximumRotorSpeed = transform(p.maximumRotorSpeed)
    rotorRadius = transform(p.rotorRadius)
    groundEffect = transform(p.groundEffect)
    groundEffectFloor = transform(p.groundEffectFloor)
    drag = p.drag.map(transform)
    linearDrag = p.linearDrag.map(transform)
    downwashGain = transform(p.downwashGain)
    downwashSpread = transform(p.downwashSpread)
    downwashWidth = transform(p.downwashWidth)
    arm = transform(p.arm)
    boundingRadius = transform(p.boundingRadius)
  }

  /// Lets `put` write each of some other parameters into that of these.
  @inlinable @inline(__always)
  public mutating func update<T: Lanes>(
    from p: DroneParameters<T>, _ put: (inout S, T) -> Void
  ) {
    put(&mass, p.mass)
    put(&inverseMass, p.inverseMass)
    inertia.update(from: p.inertia, put)
    inverseInertia.update(from: p.inverseInertia, put)
    rotorLag.update(from: p.rotorLag, put)
    put(&rotorInertia, p.rotorInertia)
    battery.update(from: p.battery, put)
    put(&maximumRotorSpeed, p.maximumRotorSpeed)
    put(&rotorRadius, p.rotorRadius)
    put(&groundEffect, p.groundEffect)
    put(&groundEffectFloor, p.groundEffectFloor)
    drag.update(from: p.drag, put)
    linearDrag.update(from: p.linearDrag, put)
    put(&downwashGain, p.downwashGain)
    put(&downwashSpread, p.downwashSpread)
    put(&downwashWidth, p.downwashWidth)
    put(&arm, p.arm)
    put(&boundingRadius, p.boundingRadius)
    yawSigns.update(from: p.yawSigns, put)
    for rotor in 0..<4 {
      rotorPositions[rotor].update(from: p.rotorPositions[rotor], put)
      thrustCurves[rotor].update(from: p.thrustCurves[rotor], put)
      torqueCurves[rotor].update(from: p.torqueCurves[rotor], put)
    }
  }

  /// Puts a drone's parameters into one lane.
  public mutating func set(_ p: DroneParameters<Double>, lane: Int) {
    update(from: p) { $0[lane: lane] = $1 }
  }

  /// Whether all numbers are those of others.
  func isSame(as p: Self) -> Bool {
    var (others, isSame) = (p, true)
    others.update(from: self) { if $0 != $1 { isSame = false } }
    return isSame
  }
}
