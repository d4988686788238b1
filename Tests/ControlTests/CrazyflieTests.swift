import Control
import Drone
import SpatialMath
import Testing

/// The laws of the Crazyflie's firmware.
struct CrazyflieTests {
  static func model() throws -> QuadcopterModel {
    try ModelCatalogue.standard.model(named: "cf2x_L250")
  }

  private static let degrees = 180 / Double.pi

  @Test("requests and the pulses that they become are told apart again, whatever the battery")
  func mixing() throws {
    let motors = try CrazyflieMotors(Self.model())
    for battery in [3.2, 3.7, 4.1] {
      let request = CrazyflieMotors.Request(thrust: 38_000, roll: 900, pitch: -1400, yaw: 500)
      let pulses = motors.pulses(for: request, battery: battery)
      let back = CrazyflieMotors.request(of: pulses, battery: battery)
      // Half a count of four pulses, at 1.1 counts of request a count of pulse or less.
      #expect(abs(back.thrust - request.thrust) < 1 && abs(back.roll - request.roll) < 2)
      #expect(abs(back.pitch - request.pitch) < 2 && abs(back.yaw - request.yaw) < 1)
    }
  }

  @Test("each torque comes from the rotors that make it")
  func signs() {
    func rotors(_ request: CrazyflieMotors.Request) -> [Double] { request.perRotor.array }
    #expect(rotors(.init(roll: 2)) == [-1, -1, 1, 1])
    #expect(rotors(.init(pitch: 2)) == [1, -1, -1, 1])
    #expect(rotors(.init(yaw: 2)) == [-2, 2, -2, 2])
  }

  @Test("voltage goes on along its tangent beyond a full request")
  func tangent() {
    let h = 1.0
    func volts(_ m: Double) -> Double { CrazyflieMotors.voltage(of: m) }
    let below = (volts(65_535) - volts(65_535 - h)) / h
    let above = (volts(65_535 + h) - volts(65_535)) / h
    #expect(abs(above / below - 1) < 1e-3 && above > 0)
    #expect(abs(volts(75_535) - volts(65_535) - 10_000 * above) < 1e-9)
    // 60 g of a full request: 0.088 · 60 − 0.0006239 · 60².
    #expect(abs(volts(65_536) - (5.28 - 2.24604)) < 1e-4)
  }

  @Test("what exceeds a full pulse is taken off all of them")
  func excess() throws {
    let motors = try CrazyflieMotors(Self.model())
    let calm = motors.pulses(for: .init(thrust: 60_000, roll: 4000), battery: 4.2)
    let weak = motors.pulses(for: .init(thrust: 60_000, roll: 4000), battery: 2.8)
    #expect(calm.array.max() ?? 0 < 65_535)
    #expect(weak[2] == 65_535 && weak[3] == 65_535 && weak[0] == weak[1])
    // The difference stays what the battery makes of it.
    #expect(abs((weak[2] - weak[0]) - (calm[2] - calm[0]) * 4.2 / 2.8) < 3)
  }

  @Test("its first pulses are those of the formulas, number by number")
  func formulas() throws {
    let model = try Self.model()
    var law = try CrazyfliePID(model: model, voltage: 3.7)
    _ = law.rotorSpeeds(
      for: DroneState(), tracking: Setpoint(position: Vector(0.1, 0, 0.02)), at: 0, every: 0.001)
    // Velocity from the error, pitch from velocity, rate from pitch, counts from rate; each integral holds
    // one step of its error.
    let pitch = -(25 * 0.2 + 0.2 * 0.01)
    let rate = 6 * pitch + 3 * pitch * 0.002
    let torque = 250 * rate + 500 * rate * 0.002
    let climb = 2 * 0.02 + 0.5 * 0.02 * 0.01
    let thrust = 1000 * (25 * climb + 15 * climb * 0.01) + 36_000
    let wanted = try CrazyflieMotors(model).pulses(
      for: .init(thrust: thrust, pitch: torque), battery: 3.7)
    #expect(law.pulses == wanted)
  }

  @Test("attitude is controlled 500 times a second, position 100 times, 15 ms late")
  func rates() throws {
    var law = try CrazyfliePID(model: Self.model(), voltage: 3.7)
    var state = DroneState<Double>()
    var last = PerRotor(repeating: 0.0)
    var changes: [Int] = []
    for step in 0..<150 {
      // A rate that grows changes what is asked for at each call; a jump moves the position at 100 ms.
      if step == 100 { state.position.z = 0.1 }
      _ = law.rotorSpeeds(
        for: state, tracking: Setpoint(), at: 0.001 * Double(step), every: 0.001)
      if law.pulses != last { changes.append(step) }
      last = law.pulses
    }
    #expect(changes.filter { $0 >= 100 }.first == 120)
    #expect(changes.filter { $0 >= 100 } == [120, 130, 140])
    state.position.z = 0
    law.reset()
    changes = []
    for step in 0..<40 {
      state.bodyRates.x = 0.01 * Double(step)
      _ = law.rotorSpeeds(
        for: state, tracking: Setpoint(), at: 0.001 * Double(step), every: 0.001)
      if law.pulses != last { changes.append(step) }
      last = law.pulses
    }
    #expect(changes.allSatisfy { $0.isMultiple(of: 2) } && changes.count >= 18)
  }

  @Test("a flight under way starts with its own pulses")
  func underWay() throws {
    let pulses = PerRotor(41_000.0, 39_500, 40_200, 40_700)
    var law = try CrazyfliePID(model: Self.model(), voltage: 3.6, startingFrom: pulses)
    let state = DroneState<Double>(
      velocity: Vector(0.1, 0, 0), bodyRates: Vector(0.02, 0.01, 0))
    _ = law.rotorSpeeds(for: state, tracking: Setpoint(), at: 0, every: 0.001)
    for rotor in 0..<4 { #expect(abs(law.pulses[rotor] - pulses[rotor]) <= 1) }
  }

  @Test("Mellinger's law asks for the force of its formula, at the first call")
  func mellinger() throws {
    let model = try Self.model()
    var law = try CrazyflieMellinger(model: model, gravity: 9.81, voltage: 3.7)
    _ = law.rotorSpeeds(
      for: DroneState(), tracking: Setpoint(position: Vector(0, 0, 0.1)), at: 0, every: 0.001)
    let force = 1.25 * 0.1 + 0.05 * 0.1 * 0.002 + 0.029 * 9.81
    let wanted = try CrazyflieMotors(model).pulses(
      for: .init(thrust: 132_000 * force), battery: 3.7)
    #expect(law.pulses == wanted)
  }

  @Test("refuses a model whose motors' speed by voltage is not known")
  func refuses() throws {
    let model = try ModelCatalogue.standard.model(named: "cf2x")
    let error = #expect(throws: ControllerError.self) {
      try CrazyfliePID(model: model, voltage: 3.7)
    }
    #expect(
      try #require(error).description
        == "its file does not say how fast motors turn at a voltage; expected speed_at_zero_volt "
        + "and speed_per_volt")
  }

  @Test("the low-pass lets a constant through whole, and half the power at its cut-off")
  func lowPass() {
    var filter = LowPassFilter(cutoff: 80, period: 0.001)
    let level = Vector<Body, Double>(1, -2, 3)
    for _ in 0..<10 { #expect((filter.filter(level) - level).norm < 1e-12) }
    filter = LowPassFilter(cutoff: 80, period: 0.001)
    var power = 0.0
    for step in 0..<2000 {
      let sine = (2 * .pi * 80 * 0.001 * Double(step)).sineAndCosine().sine
      let y = filter.filter(Vector(sine, 0, 0)).x
      if step >= 1000 { power += y * y / 1000 }
    }
    #expect(abs(power - 0.25) < 1e-3)
  }
}
