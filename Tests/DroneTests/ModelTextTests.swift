import Drone
import Foundation
import Geometry
import SpatialMath
import Testing

/// What our own element says of rotors and air beyond thrust, drag and lag, and models as text.
struct ModelTextTests {
  /// cf2x_P250 with more attributes.
  private func urdf(adding attributes: String) throws -> QuadcopterModel {
    let url = ModelCatalogue.standard.folders[0].appendingPathComponent("cf2x_P250.urdf")
    let text = try String(contentsOf: url, encoding: .utf8)
    let arm = "arm=\"0.0460044\""
    #expect(text.contains(arm))
    return try QuadcopterModel(
      urdf: text.replacing(arm, with: "\(attributes) \(arm)"), named: "test")
  }

  @Test("each attribute is read into its own number")
  func reads() throws {
    let plain = try urdf(adding: "")
    #expect(plain.deadTime == 0 && plain.speedByVoltage == nil)
    #expect(plain.air.speedMoment == .zero && plain.air.torqueNoise == .zero)
    let model = try urdf(
      adding: """
        dead_time="0.004" speed_at_zero_volt="3000" speed_per_volt="6600" \
        thrust_scale="1.01 0.99 1 0.98" speed_moment="4e-4 3e-4" rate_damping="2e-5 1e-5 5e-6" \
        torque_noise="4e-5 5e-5 6e-6" torque_noise_time="0.2"
        """)
    #expect(model.deadTime == 0.004)
    #expect(model.speedByVoltage == SpeedByVoltage(atZeroVolt: 3000, perVolt: 6600))
    #expect(model.air.speedMoment == Vector(4e-4, 3e-4, 0))
    #expect(model.air.rateDamping == Vector(2e-5, 1e-5, 5e-6))
    #expect(model.air.torqueNoise == Vector(4e-5, 5e-5, 6e-6))
    #expect(model.air.torqueNoiseTime == 0.2)
    for (rotor, scale) in zip(0..<4, [1.01, 0.99, 1, 0.98]) {
      #expect(model.rotors[rotor].thrust == plain.rotors[rotor].thrust.scaled(by: scale))
      #expect(model.rotors[rotor].torque == plain.rotors[rotor].torque)
    }
  }

  @Test(
    "a number that cannot be is refused with file, line, attribute and what was expected",
    arguments: [
      ("dead_time=\"-1\"", "dead_time=\"-1.0\"; expected 0 s or more"),
      ("dead_time=\"2\"", "dead_time=\"2.0\"; expected up to 1.0 s"),
      (
        "speed_per_volt=\"6000\"",
        "has only one of speed_at_zero_volt and speed_per_volt; expected both or neither"
      ),
      (
        "speed_at_zero_volt=\"0\" speed_per_volt=\"0\"",
        "speed_per_volt=\"0.0\"; expected above 0 rpm/V"
      ),
      (
        "thrust_scale=\"1 1 1 0\"",
        "has a thrust_scale of 0 or less; expected four numbers above 0"
      ),
      ("thrust_scale=\"1 1 1\"", "thrust_scale=\"1 1 1\"; expected four finite numbers"),
      ("speed_moment=\"1e-4\"", "speed_moment=\"1e-4\"; expected two finite numbers"),
      (
        "speed_moment=\"1e-4 -1e-4\"",
        "speed_moment has -0.0001; expected 2 numbers of 0 N·m·s/m or more"
      ),
      (
        "rate_damping=\"1 nan 1\"", "rate_damping=\"1 nan 1\"; expected three finite numbers"
      ),
      (
        "torque_noise=\"1 1 1\"",
        "has only one of torque_noise and torque_noise_time; expected both or neither"
      ),
      (
        "torque_noise=\"1 1 1\" torque_noise_time=\"0\"",
        "torque_noise_time=\"0.0\"; expected above 0 s"
      ),
    ])
  func refuses(attributes: String, message: String) {
    let error = #expect(throws: ModelError.self) { try urdf(adding: attributes) }
    #expect(error?.description == "test.urdf:22: <swiftlet:quadcopter> \(message)")
  }

  @Test("a model written as text reads back as the same", arguments: EveryModelTests.names)
  func writes(name: String) throws {
    var model = try ModelCatalogue.standard.model(named: name)
    model.air.speedMoment = Vector(4e-4, 3e-4, 0)
    model.air.rateDamping = Vector(2e-5, 1e-5, 5e-6)
    model.air.torqueNoise = Vector(4e-5, 5e-5, 6e-6)
    model.air.torqueNoiseTime = 0.2
    model.deadTime = 0.004
    model.speedByVoltage = SpeedByVoltage(atZeroVolt: 3000, perVolt: 6600)
    model.minimumRotorThrust = 0.01
    model.friction = 0.3
    model.restitution = 0.1
    model.battery = Battery(
      capacity: 900, resistance: 0.15, fullVoltage: 4.2, emptyVoltage: 3, baseSpeed: 3000,
      speedPerVolt: 6000, efficiency: 0.6)
    let text = try model.urdf(comment: "Written by a test -- to be read back.")
    let read = try QuadcopterModel(urdf: text, named: name)
    #expect(read == model)
  }

  @Test("scaled rotors, turned axes and compounds are written, within rounding")
  func writesTheUnusual() throws {
    var model = try ModelCatalogue.standard.model(named: "cf2x_L250")
    for (rotor, scale) in zip(0..<4, [1.02, 0.97, 1, 1.01]) {
      model.rotors[rotor].thrust = model.rotors[rotor].thrust.scaled(by: scale)
    }
    model.principalAxes = Rotation(rotationVector: Vector(0.1, -0.05, 0.02))
    model.inertia = Vector(1.6e-5, 1.8e-5, 2.98e-5)
    model.collisionOffset = .zero
    model.collisionShape = .compound([
      PlacedShape(.sphere(radius: 0.02), at: Vector(0.03, 0, 0)),
      PlacedShape(
        .box(size: Vector(0.1, 0.02, 0.01)), attitude: Rotation(rotationVector: Vector(0.3, 0, 1))),
    ])
    let read = try QuadcopterModel(urdf: model.urdf(), named: model.name)
    for rotor in 0..<4 {
      let (a, b) = (read.rotors[rotor].thrust, model.rotors[rotor].thrust)
      #expect(abs(a.slope / b.slope - 1) < 1e-14 && abs(a.coefficient / b.coefficient - 1) < 1e-14)
    }
    #expect((read.inertia - model.inertia).norm < 1e-15)
    let v = Vector<Body, Double>(1, 2, 3)
    #expect((read.principalAxes(v) - model.principalAxes(v)).norm < 1e-9)
    let (a, b) = (read.collisionShape.parts, model.collisionShape.parts)
    #expect(a.count == 2 && a.map(\.shape) == b.map(\.shape))
    for (one, other) in zip(a, b) {
      #expect((one.position - other.position).norm < 1e-15)
      #expect((one.attitude(v) - other.attitude(v)).norm < 1e-12)
    }
    model.rotors[1].radius = 0.03
    #expect(throws: ModelError.self) { try model.urdf() }
    model.collisionShape = .convexHull(points: [.zero])
    #expect(throws: ModelError.self) { try model.urdf() }
  }

  @Test("pulses tell a speed in a straight line of their voltage, none where there are none")
  func speedByVoltage() {
    let line = SpeedByVoltage(atZeroVolt: 2968, perVolt: 6648)
    #expect(line.speed(pulse: 1, voltage: 3.5) == 2968 + 6648 * 3.5)
    #expect(line.speed(pulse: 0.5, voltage: 3) == 2968 + 6648 * 1.5)
    #expect(line.speed(pulse: 0, voltage: 4) == 0)
    for pulse in [0.01, 0.3, 1] {
      let speed = line.speed(pulse: pulse, voltage: 3.7)
      #expect(abs(line.pulse(speed: speed, voltage: 3.7) - pulse) < 1e-15)
    }
    #expect(line.pulse(speed: 1000, voltage: 4) == 0 && line.pulse(speed: 1e6, voltage: 4) == 1)
    let falling = SpeedByVoltage(atZeroVolt: -500, perVolt: 6000)
    #expect(falling.speed(pulse: 0.01, voltage: 3) == 0)
  }
}
