public import Drone
public import SpatialMath

/// Thrust and torques shared out among four rotors, within what each of them can push.
///
/// The allocation is inverted from the rotors' places and spins. Where rotors saturate it keeps what
/// keeps the vehicle upright: yaw torque is given up first, then thrust moves as far as it must, and
/// roll and pitch shrink together only if no thrust would do.
///
/// - M. Faessler, D. Falanga, D. Scaramuzza, "Thrust Mixing, Saturation, and Body-Rate Control for
///   Accurate Aggressive Quadrotor Flight", RA-L 2017,
///   [doi:10.1109/LRA.2016.2640362](https://doi.org/10.1109/LRA.2016.2640362): the order.
@usableFromInline
struct Allocation: Sendable, BitwiseCopyable {
  /// What a rotor gives to each newton of thrust. [–]
  @usableFromInline let thrustShares: PerRotor<Double>
  /// What a rotor gives to each newton metre of torque. [1/m]
  @usableFromInline let torqueShares: PerRotor<Vector<Body, Double>>

  /// The allocation of a model.
  ///
  /// - Parameter model: The model, its yaw torque per thrust taken at hover.
  /// - Throws: ``ControllerError`` where the rotors cannot make every torque.
  init(_ model: QuadcopterModel) throws(ControllerError) {
    let fault = ControllerError(
      "the rotors of \(model.name) cannot make thrust and all three torques independently")
    let speed = model.hoverRotorSpeed(gravity: QuadcopterModel.nominalGravity)
    var rows: [[Double]] = [[], [], [], []]
    for rotor in model.rotors.array {
      let (thrust, torque) = (rotor.thrust.value(at: speed), rotor.torque.value(at: speed))
      rows[0].append(1)
      rows[1].append(rotor.position.y)
      rows[2].append(-rotor.position.x)
      rows[3].append(rotor.spin.yawSign * torque / thrust)
    }
    // Each column of the inverse is what the rotors give to one unit of thrust or torque.
    var columns: [[Double]] = []
    for unit in 0..<4 {
      let wanted = (0..<4).map { $0 == unit ? 1.0 : 0 }
      guard let column = solveLinear(rows, wanted) else { throw fault }
      columns.append(column)
    }
    func share(_ rotor: Int) -> Vector<Body, Double> {
      Vector(columns[1][rotor], columns[2][rotor], columns[3][rotor])
    }
    guard columns[0].allSatisfy({ $0 > 0 }) else { throw fault }
    thrustShares = PerRotor(columns[0][0], columns[0][1], columns[0][2], columns[0][3])
    torqueShares = PerRotor(share(0), share(1), share(2), share(3))
  }

  /// The thrust of each rotor. [N]
  ///
  /// - Parameters:
  ///   - thrust: The thrust of all of them that is wanted. [N]
  ///   - torque: The torque that is wanted. [N·m]
  ///   - lowest: The least that each rotor can push with. [N]
  ///   - highest: The most that each rotor can push with. [N]
  /// - Returns: The thrusts, each within its bounds. [N]
  func thrusts<S: Lanes>(
    for thrust: S, torque: Vector<Body, S>, from lowest: PerRotor<S>, to highest: PerRotor<S>
  ) -> PerRotor<S> {
    let upright = upright(for: thrust, torque: torque, from: lowest, to: highest)
    return addingYaw(torque.z, to: upright, from: lowest, to: highest)
      .zip(lowest) { $0.raised(to: $1) }.zip(highest) { $0.lowered(to: $1) }
  }

  /// The thrust of each rotor that roll, pitch and thrust ask for, without yaw. [N]
  @inlinable @inline(__always)
  func upright<S: Lanes>(
    for thrust: S, torque: Vector<Body, S>, from lowest: PerRotor<S>, to highest: PerRotor<S>
  ) -> PerRotor<S> {
    let shares = thrustShares.map { S($0) }
    let tilt = torqueShares.map { S($0.x) * torque.x + S($0.y) * torque.y }
    let scale = tiltScale(tilt, from: lowest, to: highest)
    let held = tilt.map { scale * $0 }
    let floor = lowest.zip(held) { $0 - $1 }.zip(shares) { $0 / $1 }.highest
    let ceiling = highest.zip(held) { $0 - $1 }.zip(shares) { $0 / $1 }.lowest
    let total = thrust.clamped(from: floor, to: floor.raised(to: ceiling))
    return shares.zip(held) { $0 * total + $1 }
  }

  /// These thrusts with as much of a yaw torque as there is room for. [N, N·m]
  @inlinable @inline(__always)
  func addingYaw<S: Lanes>(
    _ torque: S, to upright: PerRotor<S>, from lowest: PerRotor<S>, to highest: PerRotor<S>
  ) -> PerRotor<S> {
    let yaw = torqueShares.map { S($0.z) * torque }
    let room = lowest.zip(upright) { $0 - $1 }
      .replacing(with: highest.zip(upright) { $0 - $1 }, where: yaw.map { .zero .< $0 })
    let isBeyond = room.zip(yaw) { $0.magnitude .< $1.magnitude }
    let share = Self.share(of: yaw, within: room, where: isBeyond)
    return upright.zip(yaw) { $0 + share * $1 }
  }

  /// The largest share of roll and pitch for which some thrust keeps every rotor within its bounds.
  @inlinable @inline(__always)
  func tiltScale<S: Lanes>(
    _ tilt: PerRotor<S>, from lowest: PerRotor<S>, to highest: PerRotor<S>
  ) -> S {
    let shares = thrustShares.map { S($0) }
    let bottoms = lowest.zip(shares) { $0 / $1 }
    let tops = highest.zip(shares) { $0 / $1 }
    let leans = tilt.zip(shares) { $0 / $1 }
    // Each rotor against each.
    return bottoms.zip(leans) { bottom, lean in
      let (room, spread) = (tops.map { $0 - bottom }, leans.map { $0 - lean })
      return Self.share(of: spread, within: room, where: room.zip(spread) { $0 .< $1 })
    }.lowest
  }

  /// The share of some thrusts that there is room for, where that is less than all.
  @inlinable @inline(__always)
  static func share<S: Lanes>(
    of thrusts: PerRotor<S>, within room: PerRotor<S>, where isBeyond: PerRotor<S.Mask>
  ) -> S {
    let isAnyBeyond = isBeyond[0] .| isBeyond[1] .| (isBeyond[2] .| isBeyond[3])
    guard isAnyBeyond.any else { return .one }
    let shares = room.zip(thrusts) { ($0 / $1).raised(to: .zero) }
    return PerRotor(repeating: .one).replacing(with: shares, where: isBeyond)
      .lowest.lowered(to: .one)
  }
}

extension PerRotor where Value: Lanes {
  /// The lowest over the rotors.
  @inlinable @inline(__always)
  var lowest: Value {
    Value(.infinity).lowered(to: self[0]).lowered(to: self[1])
      .lowered(to: self[2]).lowered(to: self[3])
  }

  /// The highest over the rotors.
  @inlinable @inline(__always)
  var highest: Value {
    Value(-.infinity).raised(to: self[0]).raised(to: self[1])
      .raised(to: self[2]).raised(to: self[3])
  }

  /// These values, with those of `other` where `masks` are true.
  @inlinable @inline(__always)
  func replacing(with other: Self, where masks: PerRotor<Value.Mask>) -> Self {
    PerRotor(
      self[0].replacing(with: other[0], where: masks[0]),
      self[1].replacing(with: other[1], where: masks[1]),
      self[2].replacing(with: other[2], where: masks[2]),
      self[3].replacing(with: other[3], where: masks[3]))
  }
}
