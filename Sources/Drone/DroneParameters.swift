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
  /// The same parameters in every lane.
  public init(repeating p: DroneParameters<Double>) {
    mass = S(p.mass)
    inverseMass = S(p.inverseMass)
    inertia = Vector(repeating: p.inertia)
    inverseInertia = Vector(repeating: p.inverseInertia)
    rotorPositions = p.rotorPositions.map { Vector(repeating: $0) }
    thrustCurves = p.thrustCurves.map { RotorCurve(repeating: $0) }
    torqueCurves = p.torqueCurves.map { RotorCurve(repeating: $0) }
    yawSigns = p.yawSigns.map { S($0) }
    rotorLag = RotorLag(repeating: p.rotorLag)
    rotorInertia = S(p.rotorInertia)
    battery = Battery(repeating: p.battery)
    maximumRotorSpeed = S(p.maximumRotorSpeed)
    rotorRadius = S(p.rotorRadius)
    groundEffect = S(p.groundEffect)
    groundEffectFloor = S(p.groundEffectFloor)
    drag = Vector(repeating: p.drag)
    linearDrag = Vector(repeating: p.linearDrag)
    downwashGain = S(p.downwashGain)
    downwashSpread = S(p.downwashSpread)
    downwashWidth = S(p.downwashWidth)
    arm = S(p.arm)
    boundingRadius = S(p.boundingRadius)
  }

  /// Puts a drone's parameters into one lane.
  public mutating func set(_ p: DroneParameters<Double>, lane: Int) {
    mass[lane: lane] = p.mass
    inverseMass[lane: lane] = p.inverseMass
    inertia[lane: lane] = p.inertia
    inverseInertia[lane: lane] = p.inverseInertia
    for rotor in 0..<4 {
      rotorPositions[rotor][lane: lane] = p.rotorPositions[rotor]
      thrustCurves[rotor].set(p.thrustCurves[rotor], lane: lane)
      torqueCurves[rotor].set(p.torqueCurves[rotor], lane: lane)
    }
    yawSigns[lane: lane] = p.yawSigns
    rotorLag.set(p.rotorLag, lane: lane)
    rotorInertia[lane: lane] = p.rotorInertia
    battery.set(p.battery, lane: lane)
    maximumRotorSpeed[lane: lane] = p.maximumRotorSpeed
    rotorRadius[lane: lane] = p.rotorRadius
    groundEffect[lane: lane] = p.groundEffect
    groundEffectFloor[lane: lane] = p.groundEffectFloor
    drag[lane: lane] = p.drag
    linearDrag[lane: lane] = p.linearDrag
    downwashGain[lane: lane] = p.downwashGain
    downwashSpread[lane: lane] = p.downwashSpread
    downwashWidth[lane: lane] = p.downwashWidth
    arm[lane: lane] = p.arm
    boundingRadius[lane: lane] = p.boundingRadius
  }
}
