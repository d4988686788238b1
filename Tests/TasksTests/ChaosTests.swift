import Control
import Drone
import Gym
import Simulation
import SpatialMath
import Tasks
import Testing

/// Why episodes that the PID of gym-pybullet-drones flies cannot be followed digit by digit for long.
struct ChaosTests {
  /// Where a drone is after each of some steps of velocity control at 30 Hz.
  private func fly(speed: Double, roundingActions: Bool = false) throws -> [Vector<World, Double>] {
    let setup = GPDHoverTask.hover(action: GPDHoverTask.velocityAction).setup
    let decoder = try ActionDecoder(setup)
    var memory = LoopMemory<Double>()
    let start = DroneState<Double>(position: Vector(0, 0, 0.5), velocity: Vector(speed, 0, 0))
    var simulator = try Simulator(
      models: [setup.model], states: [start], physics: setup.physics, frequency: 240)
    return (0..<110).map { step in
      let (sine, cosine) = (0.1 * Double(step)).sineAndCosine()
      var action = [0.8 * cosine, 0.8 * sine, 0.3, 0.5 + 0.3 * sine]
      if roundingActions { action = action.map { Double(Float($0)) } }
      let speeds = decoder.rotorSpeeds(
        for: action.span, state: simulator.swarm[0], goal: Setpoint(), memory: &memory)
      simulator.command(0, rotorSpeeds: speeds)
      simulator.advance(steps: 8)
      return simulator.swarm[0].position
    }
  }

  /// The first step after which two flights are farther apart than this.
  private func parting(
    _ one: [Vector<World, Double>], _ other: [Vector<World, Double>], beyond bound: Double
  ) -> Int {
    zip(one, other).map { ($0 - $1).norm }.firstIndex { $0 > bound } ?? one.count
  }

  @Test("two flights that start 1e-14 m/s apart are a micrometre apart within 3 s")
  func flightsPart() throws {
    let (one, other) = (try fly(speed: 0), try fly(speed: 1e-14))
    let micrometre = parting(one, other, beyond: 1e-6)
    #expect(micrometre > 20 && micrometre < 90)
    #expect(parting(one, other, beyond: 1e-3) > micrometre)
  }

  @Test("actions that are rounded to Float part sooner")
  func roundingParts() throws {
    let exact = try fly(speed: 0)
    let rounded = parting(exact, try fly(speed: 0, roundingActions: true), beyond: 1e-6)
    #expect(rounded < parting(exact, try fly(speed: 1e-14), beyond: 1e-6))
  }
}
