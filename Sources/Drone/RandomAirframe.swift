import Geometry
import Randomness
package import SpatialMath

/// A quadcopter that has never been built, drawn by a seed: from 20 g to 2 kg, lifting 1.6 to 6 times its weight, an
/// X or a plus, turning either way, its rotors quick or slow.
///
/// Evenly drawn are the logarithm of the mass m; the arm, 0.7 to 1.4 times 45 mm (m / 30 g)^⅓, so that the density
/// stays; the moments of inertia about x and y, 0.2 to 0.5 times m arm², and that about z, 0.7 to 0.95 times their
/// sum; the rotor speed in hover, 0.7 to 1.4 times 15,000 rpm (30 g / m)^⅓; the torque of a rotor, 0.1 to 1 times
/// its thrust and radius; how much longer than wide an X is; linear drag, up to 0.5 N·s/m for each kg. Three in ten
/// are a plus; half have rotors whose time constant is 10 to 100 ms, and falls a third sooner.
package struct RandomAirframe: Sendable {
  /// The mass. [kg]
  package let mass: Double
  /// The moments of inertia. [kg·m²]
  package let inertia: Vector<Body, Double>
  /// The length of an arm. [m]
  package let arm: Double
  /// The rotors, clockwise seen from above: an X from the front right, a plus from the front.
  package let rotors: PerRotor<Rotor>
  /// The thrust over the weight. [–]
  package let thrustToWeight: Double
  /// How rotors follow their commands.
  let rotorLag: RotorLag<Double>
  /// Drag along the body's x and y axes per speed. [N·s/m]
  let linearDragXY: Double
  /// Drag along the body's z axis per speed. [N·s/m]
  let linearDragZ: Double

  /// The airframe of a seed.
  package init(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    // ln 100 and ln (20 g / 30 g).
    let growth = 4.605_170_185_988_092 * random.uniform(in: 0...1)
    mass = 0.02 * growth.exponential()
    let scale = ((growth - 0.405_465_108_108_164_4) / 3).exponential()
    arm = 0.045 * scale * random.uniform(in: 0.7...1.4)
    inertia = Self.inertia(mass * arm * arm, using: &random)
    let hoverSpeed = 15_000 / scale * random.uniform(in: 0.7...1.4)
    let thrust = mass * QuadcopterModel.nominalGravity / (4 * hoverSpeed * hoverSpeed)
    let radius = 0.6 * arm
    let torque = thrust * radius * random.uniform(in: 0.1...1)
    let places = Self.places(arm: arm, using: &random)
    let isUsual = random.uniform(in: 0...1) < 0.5
    func rotor(_ place: Int) -> Rotor {
      Rotor(
        position: places[place],
        spin: place.isMultiple(of: 2) == isUsual ? .counterclockwise : .clockwise, radius: radius,
        thrust: RotorCurve(coefficient: thrust), torque: RotorCurve(coefficient: torque))
    }
    rotors = PerRotor(rotor(0), rotor(1), rotor(2), rotor(3))
    let rate = 1 / random.uniform(in: 0.01...0.1)
    rotorLag =
      random.uniform(in: 0...1) < 0.5
      ? RotorLag(riseRate: rate, riseGain: 0, fallRate: 1.3 * rate, fallGain: 0) : .none
    thrustToWeight = random.uniform(in: 1.6...6)
    linearDragXY = mass * random.uniform(in: 0...0.5)
    linearDragZ = mass * random.uniform(in: 0...0.5)
  }

  private static func inertia(
    _ square: Double, using random: inout SplitMix64
  ) -> Vector<Body, Double> {
    let x = square * random.uniform(in: 0.2...0.5)
    let y = square * random.uniform(in: 0.2...0.5)
    let z = (x + y) * random.uniform(in: 0.7...0.95)
    return Vector(x, y, max(z, 1.001 * abs(x - y)))
  }

  private static func places(
    arm: Double, using random: inout SplitMix64
  ) -> PerRotor<Vector<Body, Double>> {
    let isPlus = random.uniform(in: 0...1) < 0.3
    let stretch = random.uniform(in: 0.75...1.25)
    let (x, y) = (arm * stretch * 0.5.squareRoot(), arm / stretch * 0.5.squareRoot())
    return isPlus
      ? PerRotor(Vector(arm, 0, 0), Vector(0, -arm, 0), Vector(-arm, 0, 0), Vector(0, arm, 0))
      : PerRotor(Vector(x, -y, 0), Vector(-x, -y, 0), Vector(-x, y, 0), Vector(x, y, 0))
  }
}

extension QuadcopterModel {
  /// A quadcopter drawn by a seed; what touches other things is a sphere as large as its arms.
  package init(_ airframe: RandomAirframe, named name: String) {
    self.init(
      name: name, mass: airframe.mass, inertia: airframe.inertia, rotors: airframe.rotors,
      arm: airframe.arm, rotorLag: .none, rotorInertia: 0, minimumRotorThrust: 0,
      thrustToWeight: airframe.thrustToWeight, maximumSpeed: 10, air: .none,
      collisionShape: .sphere(radius: airframe.arm), collisionOffset: .zero,
      friction: Self.usualFriction, restitution: 0)
    become(airframe)
  }

  /// Takes over the numbers of an airframe, and nothing from the heap; name, dead time and what touches other things
  /// stay.
  package mutating func become(_ airframe: RandomAirframe) {
    (mass, inertia, principalAxes) = (airframe.mass, airframe.inertia, .identity)
    (rotors, arm, thrustToWeight) = (airframe.rotors, airframe.arm, airframe.thrustToWeight)
    (rotorLag, rotorInertia) = (airframe.rotorLag, 0)
    (speedByVoltage, battery, minimumRotorThrust) = (nil, nil, 0)
    air = .none
    (air.linearDragXY, air.linearDragZ) = (airframe.linearDragXY, airframe.linearDragZ)
  }
}

extension AirCoefficients {
  /// Air that does nothing.
  fileprivate static let none = AirCoefficients(
    groundEffect: 0, dragXY: 0, dragZ: 0, linearDragXY: 0, linearDragZ: 0, downwashGain: 0,
    downwashSpread: 0, downwashWidth: 1)
}
