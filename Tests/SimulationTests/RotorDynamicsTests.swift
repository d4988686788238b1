import Drone
import Simulation
import SpatialMath
import Testing

/// What lag, momentum and battery of the rotors do in flight.
struct RotorDynamicsTests {
  private func model(_ name: String = "cf2x_L250") throws -> QuadcopterModel {
    try ModelCatalogue.standard.model(named: name)
  }

  private func simulator(
    _ model: QuadcopterModel, _ start: DroneState<Double> = .init(), frequency: Double = 240,
    physics: FlightPhysics = vacuum()
  ) throws -> Simulator {
    try Simulator(models: [model], states: [start], physics: physics, frequency: frequency)
  }

  @Test(
    "a step of the command is followed by the closed form, whatever the step",
    arguments: [50.0, 1000])
  func follows(frequency: Double) throws {
    let model = try model()
    var up = try simulator(model, frequency: frequency)
    up.command(0, rotorSpeeds: PerRotor(repeating: 20_000))
    up.advance(steps: Int(0.2 * frequency))
    let expected = 20_000 * (1 - (-0.2 * 7.355623702172756).exponential())
    for speed in up.swarm[0].rotorSpeeds.array { #expect(abs(speed - expected) < 1e-6) }
  }

  @Test("preset gpd lets rotors follow at once")
  func gpdHasNone() throws {
    var at = try simulator(try model(), physics: .gpd(dynamics: .explicit))
    at.command(0, rotorSpeeds: PerRotor(repeating: 20_000))
    at.advance()
    #expect(at.swarm[0].rotorSpeeds == PerRotor(repeating: 20_000))
  }

  /// Without outer torque the body's and the rotors' momentum about z stay together: −dh/dt.
  @Test("rotors that spin up turn the body the other way, and momentum is kept")
  func momentum() throws {
    var model = try model()
    model.rotors = model.rotors.map { rotor in
      var rotor = rotor
      rotor.torque = RotorCurve(coefficient: 0)
      return rotor
    }
    var flight = try simulator(model)
    let parameters = DroneParameters(model)
    flight.command(0, rotorSpeeds: PerRotor(20_000, 0, 20_000, 0))
    for _ in 0..<100 {
      flight.advance()
      let state = flight.swarm[0]
      let spin = RotorMomentum(speeds: state.rotorSpeeds, parameters: parameters).momentum
      #expect(abs(model.inertia.z * state.bodyRates.z + spin) < 1e-16)
      #expect(spin > 0 && state.bodyRates.z < 0)
    }
  }

  @Test("the rotors' gyroscopic torque does no work", arguments: [1.0, -1])
  func doesNoWork(sign: Double) throws {
    var model = try model()
    model.rotorLag = .none
    let speeds = sign > 0 ? PerRotor(15_000, 0.0, 15_000, 0) : PerRotor(0, 15_000.0, 0, 15_000)
    model.rotors = model.rotors.map { rotor in
      var rotor = rotor
      rotor.thrust = RotorCurve(coefficient: 1e-30)
      rotor.torque = RotorCurve(coefficient: 0)
      return rotor
    }
    model.thrustToWeight = 1e-9
    let start = DroneState<Double>(bodyRates: Vector(3, -2, 1), rotorSpeeds: speeds)
    var flight = try simulator(model, start, frequency: 1e5)
    flight.command(0, rotorSpeeds: speeds)
    let before = spin(of: start, model).energy
    flight.advance(steps: 1000)
    let after = flight.swarm[0]
    #expect(abs(spin(of: after, model).energy / before - 1) < 1e-6)
    // It precesses: with h up, ω × h turns a rate about x towards −y.
    #expect((after.bodyRates - start.bodyRates).norm > 1e-3)
  }

  @Test("a battery is drained by what the rotors take, and its voltage bounds their speed")
  func battery() throws {
    var model = try model("cf2x")
    model.battery = Battery(
      capacity: 10, resistance: 0.02, fullVoltage: 4.2, emptyVoltage: 3, baseSpeed: 1000,
      speedPerVolt: 4000, efficiency: 1)
    var flight = try simulator(model)
    flight.command(0, rotorSpeeds: PerRotor(repeating: 30_000))
    flight.advance()
    // Not yet loaded: 1,000 + 4,000 · 4.2 rpm.
    #expect(abs(flight.swarm[0].rotorSpeeds[0] - 17_800) < 1e-9)
    let power = DroneParameters(model).power(at: flight.swarm[0].rotorSpeeds)
    flight.advance()
    let voltage = 0.5 * (4.2 + (4.2 * 4.2 - 0.08 * power).squareRoot())
    #expect(abs(flight.swarm[0].rotorSpeeds[0] - (1000 + 4000 * voltage)) < 1e-9)
    #expect(abs(flight.swarm[0].drawnCharge - power / voltage / 240) < 1e-12)
    let fresh = flight.swarm[0].rotorSpeeds[0]
    for _ in 0..<24_000 where flight.swarm[0].drawnCharge < 9.9 { flight.advance() }
    // Nearly empty: 1.2 V less, and 4,800 rpm, but for a smaller load.
    #expect(abs(fresh - flight.swarm[0].rotorSpeeds[0] - 4600) < 300)
    for _ in 0..<240 where flight.swarm[0].drawnCharge < 10 { flight.advance() }
    let empty = flight.swarm[0].rotorSpeeds[0]
    #expect(empty > 12_000)
    // Rotors without lag slow down from step to step, and do not stop dead: a step takes up to a
    // fourteenth of the reserve of so small a battery.
    var last = empty
    for _ in 0..<240 * 60 {
      flight.advance()
      let speed = flight.swarm[0].rotorSpeeds[0]
      #expect(speed <= last && last - speed < empty / 14)
      last = speed
    }
    #expect(last < 0.2 * empty)
  }

  @Test("a model without a battery counts no charge")
  func noBattery() throws {
    var flight = try simulator(try model())
    flight.command(0, rotorSpeeds: PerRotor(repeating: 20_000))
    flight.advance(steps: 100)
    #expect(flight.swarm[0].drawnCharge == 0)
  }
}
