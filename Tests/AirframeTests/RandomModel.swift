import Drone
import Randomness
import SpatialMath

/// A quadcopter that has never been built: 20 g to 2 kg, lifting 1.6 to 6 times its weight, an X or a plus,
/// its rotors quick or slow.
func randomURDF(seed: UInt64) -> String {
  var random = SplitMix64(seed: seed)
  let mass = 0.02 * (100.0.naturalLogarithm * random.uniform(in: 0...1)).exponential()
  let size = (mass / 0.03).naturalLogarithm / 3
  let arm = 0.045 * size.exponential() * random.uniform(in: 0.7...1.4)
  let square = mass * arm * arm
  let (ixx, iyy) = (square * random.uniform(in: 0.2...0.5), square * random.uniform(in: 0.2...0.5))
  let izz = min((ixx + iyy) * random.uniform(in: 0.7...0.95), (ixx + iyy) * 0.999)
  let flat = max(izz, 1.001 * abs(ixx - iyy))
  let hover = 15_000 * (-size).exponential() * random.uniform(in: 0.7...1.4)
  let kf = mass * 9.8 / (4 * hover * hover)
  let radius = 0.6 * arm
  let km = kf * radius * random.uniform(in: 0.1...1)
  let isPlus = random.uniform(in: 0...1) < 0.3
  let stretch = random.uniform(in: 0.75...1.25)
  let (x, y) = (arm * stretch / 2.0.squareRoot(), arm / stretch / 2.0.squareRoot())
  let places: [(Double, Double)] =
    isPlus
    ? [(arm, 0), (0, arm), (-arm, 0), (0, -arm)] : [(x, -y), (-x, -y), (-x, y), (x, y)]
  let spins = random.uniform(in: 0...1) < 0.5 ? "ccw cw ccw cw" : "cw ccw cw ccw"
  let rate = 1 / random.uniform(in: 0.01...0.1)
  let lag = random.uniform(in: 0...1) < 0.5 ? "rotor_lag=\"\(rate) 0 \(1.3 * rate) 0\"" : ""
  let links = places.enumerated().map { index, place in
    """
    <link name="prop\(index)_link"/>
    <joint name="prop\(index)_joint" type="fixed"><parent link="base_link"/>
    <child link="prop\(index)_link"/><origin xyz="\(place.0) \(place.1) 0"/></joint>
    """
  }
  return """
    <robot name="random" xmlns:swiftlet="urn:swiftlet:quadcopter">
    <swiftlet:quadcopter arm="\(arm)" thrust_to_weight="\(random.uniform(in: 1.6...6))"
      max_speed="10" thrust_coefficient="\(kf)" torque_coefficient="\(km)" \(lag)
      rotor_radius="\(radius)" rotor_spins="\(spins)" ground_effect="0" drag_xy="0" drag_z="0"
      linear_drag_xy="\(mass * random.uniform(in: 0...0.5))"
      linear_drag_z="\(mass * random.uniform(in: 0...0.5))"
      downwash_gain="0" downwash_spread="0" downwash_width="1"/>
    <link name="base_link"><inertial><mass value="\(mass)"/>
    <inertia ixx="\(ixx)" iyy="\(iyy)" izz="\(flat)"/></inertial>
    <collision><geometry><sphere radius="\(arm)"/></geometry></collision></link>
    \(links.joined(separator: "\n"))
    </robot>
    """
}

extension Double {
  /// The natural logarithm, by Newton's method on our own exponential.
  fileprivate var naturalLogarithm: Double {
    var x = 0.0
    for _ in 0..<60 { x += 2 * (self - x.exponential()) / (self + x.exponential()) }
    return x
  }
}
