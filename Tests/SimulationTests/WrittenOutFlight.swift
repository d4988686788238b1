import Drone
import SpatialMath

/// The constants of a Crazyflie as identification gives them, thrust and torque relative to cf2x_L250's.
struct IdentifiedConstants {
  /// Thrust over mass. [–]
  var thrust: Double
  /// Roll and pitch torque over moments of inertia. [–]
  var gains: (roll: Double, pitch: Double)
  /// The rate of a rotor that speeds up. [1/s]
  var rise: Double
  /// The rate of a rotor that slows down. [1/(s·rpm)]
  var fall: Double
  /// The dead time. [s]
  var deadTime: Double
  /// What tilts it back, in roll and pitch. [rad/s² for 1 m/s]
  var speedMoment: (roll: Double, pitch: Double)
  /// What damps roll and pitch. [1/s]
  var damping: Double
  /// The drag over mass. [1/s]
  var drag: Double
  /// The rotors' moment of inertia. [–]
  var rotorInertia: Double
  /// The rotors' torque. [–]
  var torque: Double

  static let mass = 0.0319
  /// The moments of inertia about x and y where thrust and gain are 1. [kg·m²]
  static let levelInertia = 1.68e-5
  static let yawInertia = 2.98e-5
}

/// A flight by equations that are written out number by number, with explicit Euler steps: the model as it
/// was identified, by no code of the simulator.
struct WrittenOutFlight {
  private static let (roll, pitch) = ([-1.0, -1, 1, 1], [-1.0, 1, 1, -1])
  private static let yaw = [-1.0, 1, -1, 1]

  let c: IdentifiedConstants
  var speeds: [Double]
  var rates: [Double]
  var velocity: [Double]
  var position = [0.0, 0, 0]
  /// The rows of the rotation matrix from body to world.
  var attitude = [[1.0, 0, 0], [0.0, 1, 0], [0.0, 0, 1]]

  /// The commanded speed of a motor. [rpm, for 0 to 65535 and V]
  static func command(pwm: Double, voltage: Double) -> Double {
    pwm > 0 ? 2968.1791506 + 6647.9485924 * voltage * pwm / 65535 : 0
  }

  /// One step of a length under commanded speeds, with wind. [s, rpm, m/s]
  mutating func step(_ h: Double, commands: [Double], wind: [Double]) {
    let slopes = zip(commands, speeds).map { u, w in
      u > w ? c.rise * (u - w) : c.fall * (u * u - w * w)
    }
    let thrusts = speeds.map { max(0, 2.4582929831e-10 * $0 * $0 - 5.3821962146e-7 * $0) }
    let air = zip(velocity, wind).map { $0 - $1 }
    let u = (0..<3).map { axis in (0..<3).map { attitude[$0][axis] * air[$0] }.reduce(0, +) }
    let turn = acceleration(thrusts: thrusts, slopes: slopes, air: u)
    let push = [
      -c.drag * u[0], -c.drag * u[1],
      c.thrust * thrusts.reduce(0, +) / IdentifiedConstants.mass - c.drag * u[2],
    ]
    for axis in 0..<3 {
      rates[axis] += h * turn[axis]
      velocity[axis] += h * dot(attitude[axis], push)
    }
    velocity[2] -= h * 9.81
    for axis in 0..<3 { position[axis] += h * velocity[axis] }
    rotate(by: rates.map { $0 * h })
    for rotor in 0..<4 { speeds[rotor] += h * slopes[rotor] }
  }

  /// The angular acceleration. [rad/s²]
  private func acceleration(thrusts f: [Double], slopes: [Double], air u: [Double]) -> [Double] {
    let arm = 0.03253
    let ix = IdentifiedConstants.levelInertia * c.thrust / c.gains.roll
    let iy = IdentifiedConstants.levelInertia * c.thrust / c.gains.pitch
    let iz = IdentifiedConstants.yawInertia
    let torques = speeds.map { max(0, 1.4592584374e-12 * $0 * $0 + 1.410454112e-9 * $0) }
    let j = c.rotorInertia * 3.452e-8 * 2 * Double.pi / 60
    let h = j * dot(Self.yaw, speeds)
    let base = arm / IdentifiedConstants.levelInertia
    let (x, y, z) = (rates[0], rates[1], rates[2])
    return [
      base * c.gains.roll * dot(Self.roll, f) + c.speedMoment.roll * u[1] - c.damping * x
        + y * h / ix + (iy - iz) * y * z / ix,
      base * c.gains.pitch * dot(Self.pitch, f) - c.speedMoment.pitch * u[0] - c.damping * y
        - x * h / iy + (iz - ix) * z * x / iy,
      (c.torque * dot(Self.yaw, torques) + j * dot(Self.yaw, slopes) + (ix - iy) * x * y) / iz,
    ]
  }

  /// Turns the attitude by a rotation vector along the body's axes, by Rodrigues' formula.
  private mutating func rotate(by v: [Double]) {
    let angle = dot(v, v).squareRoot()
    let (sine, cosine) = angle.sineAndCosine()
    let isSmall = angle < 1e-6
    let s = isSmall ? 1 - angle * angle / 6 : sine / angle
    let c = isSmall ? 0.5 : (1 - cosine) / (angle * angle)
    let k = [[0, -v[2], v[1]], [v[2], 0, -v[0]], [-v[1], v[0], 0]]
    let old = attitude
    for i in 0..<3 {
      for j in 0..<3 {
        let exponential = (0..<3).map { m in
          (m == j ? 1.0 : 0) + s * k[m][j] + c * dot(k[m], k.map { $0[j] })
        }
        attitude[i][j] = dot(old[i], exponential)
      }
    }
  }

  private func dot(_ a: [Double], _ b: [Double]) -> Double { zip(a, b).map(*).reduce(0, +) }
}
