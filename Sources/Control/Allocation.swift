import Drone
import SpatialMath

/// Thrust and torques shared out among four rotors, within what each of them can push.
///
/// The allocation is inverted from the rotors' places and spins. Where rotors saturate it keeps what
/// keeps the vehicle upright: yaw torque is given up first, then thrust moves as far as it must, and
/// roll and pitch shrink together only if no thrust would do.
///
/// - M. Faessler, D. Falanga, D. Scaramuzza, "Thrust Mixing, Saturation, and Body-Rate Control for
///   Accurate Aggressive Quadrotor Flight", RA-L 2017,
///   [doi:10.1109/LRA.2016.2640362](https://doi.org/10.1109/LRA.2016.2640362): the order.
struct Allocation: Sendable {
  /// What a rotor gives to each newton of thrust. [–]
  private let thrustShares: PerRotor<Double>
  /// What a rotor gives to each newton metre of torque. [1/m]
  let torqueShares: PerRotor<Vector<Body, Double>>

  /// The allocation of a model, or `nil` where its rotors cannot make every torque.
  ///
  /// - Parameter model: The model, its yaw torque per thrust taken at hover.
  init?(_ model: QuadcopterModel) {
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
      guard let column = solveLinear(rows, wanted) else { return nil }
      columns.append(column)
    }
    func share(_ rotor: Int) -> Vector<Body, Double> {
      Vector(columns[1][rotor], columns[2][rotor], columns[3][rotor])
    }
    guard columns[0].allSatisfy({ $0 > 0 }) else { return nil }
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
  func thrusts(
    for thrust: Double, torque: Vector<Body, Double>, from lowest: PerRotor<Double>,
    to highest: PerRotor<Double>
  ) -> PerRotor<Double> {
    let tilt = torqueShares.map { $0.x * torque.x + $0.y * torque.y }
    let scale = tiltScale(tilt, from: lowest, to: highest)
    let held = tilt.map { scale * $0 }
    var (floor, ceiling) = (-Double.infinity, Double.infinity)
    for rotor in 0..<4 {
      floor = max(floor, (lowest[rotor] - held[rotor]) / thrustShares[rotor])
      ceiling = min(ceiling, (highest[rotor] - held[rotor]) / thrustShares[rotor])
    }
    let total = thrust.clamped(from: floor, to: max(floor, ceiling))
    let upright = thrustShares.zip(held) { $0 * total + $1 }
    let yaw = torqueShares.map { $0.z * torque.z }
    var share = 1.0
    for rotor in 0..<4 {
      let room = yaw[rotor] > 0 ? highest[rotor] - upright[rotor] : lowest[rotor] - upright[rotor]
      if abs(yaw[rotor]) > abs(room) { share = min(share, max(0, room / yaw[rotor])) }
    }
    return PerRotor(0, 1, 2, 3).map { rotor in
      (upright[rotor] + share * yaw[rotor]).clamped(from: lowest[rotor], to: highest[rotor])
    }
  }

  /// The largest share of roll and pitch for which some thrust keeps every rotor within its bounds.
  private func tiltScale(
    _ tilt: PerRotor<Double>, from lowest: PerRotor<Double>, to highest: PerRotor<Double>
  ) -> Double {
    var scale = 1.0
    for i in 0..<4 {
      for j in 0..<4 {
        let room = highest[j] / thrustShares[j] - lowest[i] / thrustShares[i]
        let spread = tilt[j] / thrustShares[j] - tilt[i] / thrustShares[i]
        if spread > room { scale = min(scale, max(0, room / spread)) }
      }
    }
    return scale
  }
}
