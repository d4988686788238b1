import Geometry
import SpatialMath

extension QuadcopterModel {
  /// The model as the text of a URDF file about its centre of mass, which reads back as the same model;
  /// turned axes, compounds and rotors that differ come back within rounding.
  ///
  /// - Parameter comment: What stands at the head of the file.
  /// - Returns: The text.
  /// - Throws: ``ModelError`` where its shape needs a mesh, or its rotors are made of different curves.
  package func urdf(comment: String = "") throws(ModelError) -> String {
    let head = comment.isEmpty ? "" : "<!-- \(comment.replacing("--", with: "- -")) -->\n"
    let own = try quadcopterAttributes().map { "\n    \($0.name)=\"\($0.value)\"" }.joined()
    let rotors = rotors.array.enumerated().map { index, rotor in
      """
        <link name="prop\(index)_link"/>
        <joint name="prop\(index)_joint" type="fixed">
          <parent link="base_link"/>
          <child link="prop\(index)_link"/>
          <origin xyz="\(rotor.position.words)"/>
        </joint>

      """
    }
    return """
      <?xml version="1.0"?>
      \(head)<robot name="\(name)" xmlns:swiftlet="urn:swiftlet:quadcopter">
        <swiftlet:quadcopter\(own)/>
      \(battery.map { text(of: $0) } ?? "")\(try baseLink())
      \(rotors.joined(separator: "\n"))</robot>

      """
  }

  /// What stands in `<swiftlet:quadcopter>`, zeros that need not be said left out.
  private func quadcopterAttributes() throws(ModelError) -> [(name: String, value: String)] {
    let (thrust, torque) = (rotors[0].thrust, rotors[0].torque)
    var attributes: [(name: String, value: String)] = []
    func add(_ name: String, _ numbers: Double..., isUsual: Bool = false) {
      guard !isUsual else { return }
      attributes.append((name, numbers.map { "\($0)" }.joined(separator: " ")))
    }
    add("arm", arm)
    add("max_speed", maximumSpeed)
    add("thrust_to_weight", thrustToWeight)
    add("min_rotor_thrust", minimumRotorThrust, isUsual: minimumRotorThrust == 0)
    add("thrust_slope", thrust.slope, isUsual: thrust.slope == 0)
    add("thrust_coefficient", thrust.coefficient)
    let scale = try thrustScale()
    add("thrust_scale", 1, scale[1], scale[2], scale[3], isUsual: scale == [1, 1, 1, 1])
    add("torque_slope", torque.slope, isUsual: torque.slope == 0)
    add("torque_coefficient", torque.coefficient)
    add("rotor_radius", rotors[0].radius)
    let spins = rotors.map(\.spin.rawValue).array.joined(separator: " ")
    attributes.append(("rotor_spins", spins))
    let lag = rotorLag
    add(
      "rotor_lag", lag.riseRate, lag.riseGain, lag.fallRate, lag.fallGain, isUsual: lag == .none)
    add("rotor_inertia", rotorInertia, isUsual: rotorInertia == 0)
    add("dead_time", deadTime, isUsual: deadTime == 0)
    if let line = speedByVoltage {
      add("speed_at_zero_volt", line.atZeroVolt)
      add("speed_per_volt", line.perVolt)
    }
    return attributes + air.attributes
  }

  /// The thrust of each rotor over that of the first.
  private func thrustScale() throws(ModelError) -> [Double] {
    let first = rotors[0]
    let scale = rotors.map { $0.thrust.coefficient / first.thrust.coefficient }.array
    for (rotor, factor) in zip(rotors.array, scale) {
      let slope = factor * first.thrust.slope
      guard rotor.torque == first.torque, rotor.radius == first.radius,
        abs(rotor.thrust.slope - slope) <= 1e-12 * abs(slope)
      else {
        throw ModelError(
          file: name + ".urdf",
          message: "cannot be written: its rotors differ in more than a thrust_scale")
      }
    }
    return scale
  }

  private func baseLink() throws(ModelError) -> String {
    let tensor = InertiaTensor(moments: inertia, products: .zero).turned(by: principalAxes)
    let (moments, products) = (tensor.moments, tensor.products)
    return """
        <link name="base_link">
          <inertial>
            <mass value="\(mass)"/>
            <inertia ixx="\(moments.x)" ixy="\(products.z)" ixz="\(products.y)" iyy="\(moments.y)"
                     iyz="\(products.x)" izz="\(moments.z)"/>
          </inertial>
      \(try collisions())
          <contact>
            <lateral_friction value="\(friction)"/>
            <restitution value="\(restitution)"/>
          </contact>
        </link>

      """
  }

  private func collisions() throws(ModelError) -> String {
    var texts: [String] = []
    for part in collisionShape.parts {
      let turn = part.attitude
      let angles = RollPitchYaw(
        Rotation<Body, World, Double>(x: turn.x, y: turn.y, z: turn.z, w: turn.w))
      let rpy = turn == .identity ? "0 0 0" : "\(angles.roll) \(angles.pitch) \(angles.yaw)"
      texts.append(
        """
            <collision>
              <origin xyz="\((collisionOffset + part.position).words)" rpy="\(rpy)"/>
              <geometry>\(try geometry(of: part.shape))</geometry>
            </collision>
        """)
    }
    return texts.joined(separator: "\n")
  }

  private func geometry(of shape: Shape) throws(ModelError) -> String {
    switch shape {
    case .box(let size): return "<box size=\"\(size.words)\"/>"
    case .sphere(let radius): return "<sphere radius=\"\(radius)\"/>"
    case .cylinder(let radius, let height):
      return "<cylinder radius=\"\(radius)\" length=\"\(height)\"/>"
    case .capsule(let radius, let length):
      return "<capsule radius=\"\(radius)\" length=\"\(length)\"/>"
    case .plane, .convexHull, .mesh, .compound:
      throw ModelError(
        file: name + ".urdf", message: "cannot be written: its collision shape is a mesh")
    }
  }

  private func text(of battery: Battery<Double>) -> String {
    """
      <swiftlet:battery capacity="\(battery.capacity / 3600)" resistance="\(battery.resistance)"
        full_voltage="\(battery.fullVoltage)" empty_voltage="\(battery.emptyVoltage)"
        base_speed="\(battery.baseSpeed)" speed_per_volt="\(battery.speedPerVolt)"
        efficiency="\(battery.efficiency)"/>

    """
  }
}

extension AirCoefficients {
  /// What stands in `<swiftlet:quadcopter>`, zeros that need not be said left out.
  fileprivate var attributes: [(name: String, value: String)] {
    var attributes: [(name: String, value: String)] = [
      ("ground_effect", "\(groundEffect)"), ("drag_xy", "\(dragXY)"), ("drag_z", "\(dragZ)"),
      ("linear_drag_xy", "\(linearDragXY)"), ("linear_drag_z", "\(linearDragZ)"),
    ]
    if speedMoment != .zero {
      attributes.append(("speed_moment", "\(speedMoment.x) \(speedMoment.y)"))
    }
    if rateDamping != .zero { attributes.append(("rate_damping", rateDamping.words)) }
    if torqueNoise != .zero {
      attributes.append(("torque_noise", torqueNoise.words))
      attributes.append(("torque_noise_time", "\(torqueNoiseTime)"))
    }
    attributes += [
      ("downwash_gain", "\(downwashGain)"), ("downwash_spread", "\(downwashSpread)"),
      ("downwash_width", "\(downwashWidth)"),
    ]
    return attributes
  }
}

extension Vector<Body, Double> {
  /// The components, with spaces between.
  fileprivate var words: String { "\(x) \(y) \(z)" }
}
