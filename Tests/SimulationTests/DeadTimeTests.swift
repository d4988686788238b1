import Drone
import Simulation
import SpatialMath
import Testing

/// Commands that reach the rotors late.
struct DeadTimeTests {
  private static let period = 1.0 / 240

  /// A drone at rest in free space whose commands come some steps late.
  private func simulator(
    late steps: Double, drones: Int = 1, _ physics: FlightPhysics = vacuum(gravity: 0),
    wind: Wind = Wind()
  ) throws -> Simulator {
    var model = try ModelCatalogue.standard.model(named: "cf2x_L250")
    model.deadTime = steps * Self.period
    return try Simulator(
      models: Array(repeating: model, count: drones),
      states: (0..<drones).map { _ in DroneState() }, physics: physics, frequency: 240, wind: wind)
  }

  private func command(_ number: Int) -> PerRotor<Double> {
    let speed = 12_000 + 1000 * Double(number * 7 % 5)
    return PerRotor(speed, speed + 200, speed - 300, speed + 100)
  }

  /// The states after each of some steps, commanded anew every few of them.
  private func flight(
    _ simulator: inout Simulator, steps: Int, every stretch: Int
  ) -> [DroneState<Double>] {
    var states: [DroneState<Double>] = []
    for step in 0..<steps {
      if step % stretch == 0 {
        for drone in 0..<simulator.droneCount {
          simulator.command(drone, rotorSpeeds: command(step / stretch))
        }
      }
      simulator.advance()
      states.append(simulator.swarm[0])
    }
    return states
  }

  /// At rest in free space nothing happens before the first command arrives.
  @Test(
    "a dead time of n steps is the flight n steps later, to the last bit", arguments: [1, 2, 5, 13])
  func shifts(late: Int) throws {
    var prompt = try simulator(late: 0)
    var delayed = try simulator(late: Double(late))
    let a = flight(&prompt, steps: 100, every: 5)
    let b = flight(&delayed, steps: 100, every: 5)
    #expect(b.prefix(late).allSatisfy { $0 == DroneState() })
    #expect(Array(b.dropFirst(late)) == Array(a.dropLast(late)))
  }

  @Test("in one stretch of steps or one by one, and where groups step together, it is the same")
  func stretches() throws {
    let gust = Wind(gusts: [Gust(peak: Vector(1, 0, 0), start: 0, duration: 1)])
    var single = try simulator(late: 3)
    var whole = try simulator(late: 3)
    var coupled = try simulator(late: 3, wind: gust)
    let states = flight(&single, steps: 40, every: 8)
    for stretch in 0..<5 {
      whole.command(0, rotorSpeeds: command(stretch))
      coupled.command(0, rotorSpeeds: command(stretch))
      whole.advance(steps: 8)
      coupled.advance(steps: 8)
      #expect(whole.swarm[0] == states[8 * stretch + 7])
      #expect(coupled.swarm[0] == states[8 * stretch + 7])
    }
    #expect(whole.isIndependent && !coupled.isIndependent)
  }

  @Test("between whole steps rotors follow the mean of the late command", arguments: [0.25, 2.75])
  func fractions(late: Double) throws {
    var delayed = try simulator(late: late)
    var mixed = try simulator(late: 0)
    let (whole, fraction) = (Int(late), late - Double(Int(late)))
    func command(_ step: Int) -> PerRotor<Double> {
      step < 0 ? PerRotor(repeating: 0) : self.command(step / 4)
    }
    for step in 0..<60 {
      delayed.command(0, rotorSpeeds: command(step))
      let (newer, older) = (command(step - whole), command(step - whole - 1))
      mixed.command(0, rotorSpeeds: newer.zip(older) { $0 + fraction * ($1 - $0) })
      delayed.advance()
      mixed.advance()
      let (a, b) = (delayed.swarm[0], mixed.swarm[0])
      #expect(a.rotorSpeeds.zip(b.rotorSpeeds) { abs($0 - $1) }.array.allSatisfy { $0 < 1e-6 })
    }
  }

  @Test("rotors that turn at the start were commanded to before; a reset begins so again")
  func starts() throws {
    var simulator = try simulator(late: 4)
    let state = DroneState<Double>(rotorSpeeds: PerRotor(repeating: 15_000))
    for _ in 0..<2 {
      simulator.reset(states: [state])
      simulator.command(0, rotorSpeeds: PerRotor(repeating: 18_000))
      simulator.advance(steps: 4)
      #expect(simulator.swarm[0].rotorSpeeds == state.rotorSpeeds)
      simulator.advance()
      #expect(simulator.swarm[0].rotorSpeeds[0] > 15_000)
    }
  }

  @Test("preset gpd knows no dead time")
  func gpdHasNone() throws {
    var gpd = try simulator(late: 5, .gpd(dynamics: .explicit))
    gpd.command(0, rotorSpeeds: PerRotor(repeating: 18_000))
    gpd.advance()
    #expect(gpd.swarm[0].rotorSpeeds == PerRotor(repeating: 18_000))
  }
}
