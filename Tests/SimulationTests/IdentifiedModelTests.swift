import Drone
import Randomness
import Simulation
import SpatialMath
import Testing

/// The simulator, given a model with all that identification finds, against ``WrittenOutFlight``.
struct IdentifiedModelTests {
  /// The table of Documentation/Truth.md, under the names of the models.
  static let table = [
    "cf2x_nanobench": IdentifiedConstants(
      thrust: 0.69, gains: (0.57, 0.57), rise: 22, fall: 2.9e-4, deadTime: 0.004,
      speedMoment: (21, 21), damping: 1.5, drag: 0.395, rotorInertia: 1.40, torque: 0.53),
    "cf2x_phoenix_2021_12": constants,
    "cf2x_phoenix_2021_09": IdentifiedConstants(
      thrust: 1.009, gains: (0.92, 0.81), rise: 19.6, fall: 2.89e-4, deadTime: 0.010,
      speedMoment: (15, 23), damping: 1.2, drag: 0.2, rotorInertia: 1.34, torque: 0.51),
    "cf2x_arpl": IdentifiedConstants(
      thrust: 0.967, gains: (0.76, 0.72), rise: 23.4, fall: 3.44e-4, deadTime: 0.007,
      speedMoment: (19, 24), damping: 0, drag: 0.3, rotorInertia: 1.40, torque: 0.53),
  ]

  static let constants = IdentifiedConstants(
    thrust: 0.966, gains: (0.98, 0.93), rise: 18.8, fall: 2.31e-4, deadTime: 0.002,
    speedMoment: (24, 24), damping: 1.1, drag: 0.2, rotorInertia: 1.45, torque: 0.53)

  /// The model that has some constants.
  static func model(_ c: IdentifiedConstants) throws -> QuadcopterModel {
    var model = try ModelCatalogue.standard.model(named: "cf2x_L250")
    let level = IdentifiedConstants.levelInertia * c.thrust
    model.inertia = Vector(level / c.gains.roll, level / c.gains.pitch, 2.98e-5)
    for rotor in 0..<4 {
      model.rotors[rotor].thrust = RotorCurve(
        slope: -5.3821962146e-7 * c.thrust, coefficient: 2.4582929831e-10 * c.thrust)
      model.rotors[rotor].torque = RotorCurve(
        slope: 1.410454112e-9 * c.torque, coefficient: 1.4592584374e-12 * c.torque)
    }
    model.rotorLag = RotorLag(riseRate: c.rise, riseGain: 0, fallRate: 0, fallGain: c.fall)
    model.rotorInertia = 3.452e-8 * c.rotorInertia
    model.thrustToWeight = 3
    model.deadTime = c.deadTime
    model.speedByVoltage = SpeedByVoltage(atZeroVolt: 2968.1791506, perVolt: 6647.9485924)
    (model.air.linearDragXY, model.air.linearDragZ) = (0.0319 * c.drag, 0.0319 * c.drag)
    model.air.speedMoment = Vector(
      c.speedMoment.roll * model.inertia.x, c.speedMoment.pitch * model.inertia.y, 0)
    model.air.rateDamping = c.damping * Vector(model.inertia.x, model.inertia.y, 0)
    return model
  }

  /// What is told to motors in rows of 10 ms, and the voltage.
  private static func rows() -> [(pwm: [Double], voltage: Double)] {
    var random = SplitMix64(seed: 9)
    return (0..<30).map { _ in
      ((0..<4).map { _ in random.uniform(in: 40_000...56_000) }, random.uniform(in: 3.3...3.7))
    }
  }

  private static let wind = [0.8, -0.5, 0.3]
  private static let (firstRates, firstVelocity) = ([0.5, -0.4, 0.3], [0.6, -0.9, 0.2])

  private func writtenOut(_ c: IdentifiedConstants, steps perRow: Int) -> [Double] {
    var flight = WrittenOutFlight(
      c: c, speeds: [19_000, 19_500, 18_500, 19_000], rates: Self.firstRates,
      velocity: Self.firstVelocity)
    let (rows, h) = (Self.rows(), 0.01 / Double(perRow))
    let late = Int((c.deadTime / h).rounded())
    for step in 0..<rows.count * perRow {
      let commands =
        step < late
        ? [19_000, 19_500, 18_500, 19_000]
        : rows[(step - late) / perRow].pwm.map {
          WrittenOutFlight.command(pwm: $0, voltage: rows[(step - late) / perRow].voltage)
        }
      flight.step(h, commands: commands, wind: Self.wind)
    }
    return flight.position + flight.velocity + flight.rates + flight.attitude[2] + flight.speeds
  }

  private func simulated(_ c: IdentifiedConstants, steps perRow: Int) throws -> [Double] {
    let model = try Self.model(c)
    let line = try #require(model.speedByVoltage)
    let start = DroneState<Double>(
      velocity: Vector(0.6, -0.9, 0.2), bodyRates: Vector(0.5, -0.4, 0.3),
      rotorSpeeds: PerRotor(19_000, 19_500, 18_500, 19_000))
    var simulator = try Simulator(
      models: [model], states: [start],
      physics: .accurate(
        dynamics: .explicit, effects: [RotorDrag(), SpeedMoment(), RateDamping()]),
      frequency: 100 * Double(perRow), wind: Wind(mean: Vector(0.8, -0.5, 0.3)))
    for row in Self.rows() {
      let speeds = row.pwm.map { line.speed(pulse: $0 / 65535, voltage: row.voltage) }
      simulator.command(0, rotorSpeeds: PerRotor(speeds[0], speeds[1], speeds[2], speeds[3]))
      simulator.advance(steps: perRow)
    }
    let s = simulator.swarm[0]
    let down = RotationMatrix(s.attitude).zRow
    let vectors = [s.position.array, s.velocity.array, s.bodyRates.array]
    return vectors.flatMap { $0 } + [down.x, down.y, down.z] + s.rotorSpeeds.array
  }

  /// Both are of first order in the step, and so differ by a power series in it; what is left of that after
  /// three halvings is below these bounds, which no missing or misread term of the model is.
  @Test(
    "as steps become shorter, it flies as the equations written out do, in wind",
    arguments: table.keys.sorted())
  func agrees(name: String) throws {
    let c = try #require(Self.table[name])
    let steps = [20, 40, 80, 160]
    let differences = try steps.map { count in
      zip(try simulated(c, steps: count), writtenOut(c, steps: count)).map { $0 - $1 }
    }
    var table = differences
    for order in 1..<steps.count {
      let weight = Double(1 << order)
      table = zip(table.dropFirst(), table).map { fine, coarse in
        zip(fine, coarse).map { (weight * $0 - $1) / (weight - 1) }
      }
    }
    let rest = table[0]
    #expect(differences[3].map(abs).max() ?? 0 > 1e-6)
    for index in rest.indices {
      // Metres, metres and radians a second, parts of 1; rpm at the end.
      #expect(abs(rest[index]) < (index < 12 ? 1e-8 : 1e-4), "number \(index): \(rest[index])")
    }
  }
}

extension IdentifiedModelTests {
  /// Files have six digits of most numbers.
  @Test("each model's file has the numbers of the table", arguments: table.keys.sorted())
  func files(name: String) throws {
    let file = try ModelCatalogue.standard.model(named: name)
    let model = try Self.model(try #require(Self.table[name]))
    func expectSame(_ a: [Double], _ b: [Double], _ what: String) {
      #expect(a.count == b.count)
      for (x, y) in zip(a, b) { #expect(abs(x - y) <= 5e-6 * abs(y), "\(what): \(x), not \(y)") }
    }
    expectSame([file.mass] + file.inertia.array, [model.mass] + model.inertia.array, "body")
    for rotor in 0..<4 {
      let (a, b) = (file.rotors[rotor], model.rotors[rotor])
      expectSame(a.position.array, b.position.array, "position")
      expectSame(
        [a.thrust.slope, a.thrust.coefficient], [b.thrust.slope, b.thrust.coefficient], "f")
      expectSame(
        [a.torque.slope, a.torque.coefficient], [b.torque.slope, b.torque.coefficient], "q")
      #expect(a.spin == b.spin)
    }
    let (a, b) = (file.rotorLag, model.rotorLag)
    expectSame([a.riseRate, a.riseGain], [b.riseRate, b.riseGain], "rise")
    expectSame([a.fallRate, a.fallGain], [b.fallRate, b.fallGain], "fall")
    expectSame([file.rotorInertia, file.deadTime], [model.rotorInertia, model.deadTime], "rotors")
    let (line, own) = (try #require(file.speedByVoltage), try #require(model.speedByVoltage))
    expectSame([line.atZeroVolt, line.perVolt], [own.atZeroVolt, own.perVolt], "voltage")
    expectSame(
      [file.air.linearDragXY, file.air.linearDragZ],
      [model.air.linearDragXY, model.air.linearDragZ],
      "drag")
    expectSame(file.air.speedMoment.array, model.air.speedMoment.array, "speed moment")
    expectSame(file.air.rateDamping.array, model.air.rateDamping.array, "rate damping")
    let noise = Vector<Body, Double>(2.5, 2.5, 0.4).scaled(by: model.inertia)
    expectSame(
      file.air.torqueNoise.array + [file.air.torqueNoiseTime], noise.array + [0.2], "noise")
  }
}

extension Vector<World, Double> {
  fileprivate var array: [Double] { [x, y, z] }
}

extension Vector<Body, Double> {
  fileprivate var array: [Double] { [x, y, z] }
}
