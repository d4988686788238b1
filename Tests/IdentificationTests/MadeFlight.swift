import Control
import Drone
import FlightLogs
import Randomness
import Simulation
import SpatialMath

/// A flight of the simulator, logged as a real one: rows at 100 Hz, pulses held from row to row.
///
/// The firmware's law flies from one random point to another, while random steps are added to its pulses, so that
/// all that the model has shows.
struct MadeFlight {
  /// What is added to the pulses at most, in roll and pitch, yaw and thrust. [counts]
  private static let steps = (tilt: 2000.0, yaw: 6000.0, thrust: 5000.0)

  let log: FlightLog

  /// Flies a model.
  ///
  /// - Parameters:
  ///   - model: The model.
  ///   - duration: How long. [s]
  ///   - seed: Where all random numbers start.
  ///   - noisy: Whether random torque shakes it and what is logged is measured with noise.
  /// - Throws: What keeps the model from being flown.
  init(_ model: QuadcopterModel, duration: Double, seed: UInt64, noisy: Bool) throws {
    var model = model
    // Full pulses turn rotors faster than the model's own bound.
    model.thrustToWeight = 4
    var random = SplitMix64(seed: seed)
    let law = try CrazyfliePID(model: model, voltage: 3.9)
    let effects: [any AerodynamicEffect] = [RotorDrag(), SpeedMoment(), RateDamping()]
    let start = DroneState<Double>(
      position: Vector(0, 0, 3),
      rotorSpeeds: PerRotor(repeating: model.hoverRotorSpeed(gravity: 9.81)))
    let simulator = try Simulator(
      models: [model], states: [start],
      physics: .accurate(dynamics: .explicit, effects: effects + (noisy ? [TorqueNoise()] : [])),
      frequency: 4000, floor: false, seed: seed)
    var flight = Stage(simulator, law, try CrazyflieMotors(model))
    var rows = Rows()
    for row in 0..<Int(100 * duration) {
      flight.excitation.advance(&random)
      flight.setpoint.advance(&random)
      let time = 0.01 * Double(row)
      flight.voltage = 3.9 - 0.4 * time / duration
      flight.ask()
      rows.append(flight, at: time, noise: noisy ? 1 : 0, &random)
      flight.advance()
    }
    log = rows.log
  }

  /// Numbers within bounds that jump now and then.
  fileprivate struct Jumps {
    let bounds: [Double]
    let pause: ClosedRange<Double>
    var values: [Double]
    private var rest = 0.0

    init(bounds: [Double], pause: ClosedRange<Double>) {
      (self.bounds, self.pause) = (bounds, pause)
      values = bounds.map { _ in 0 }
    }

    mutating func advance(_ random: inout SplitMix64) {
      rest -= 0.01
      guard rest <= 0 else { return }
      rest = random.uniform(in: pause)
      values = bounds.map { random.uniform(in: -$0...$0) }
    }
  }

  fileprivate struct Stage: ~Copyable {
    var simulator: Simulator
    var law: CrazyfliePID
    let motors: CrazyflieMotors
    var excitation = Jumps(
      bounds: [steps.tilt, steps.tilt, steps.yaw, steps.thrust], pause: 0.03...0.11)
    var setpoint = Jumps(bounds: [2.5, 2.5, 0.5], pause: 0.6...1.6)
    var voltage = 3.9
    var added = PerRotor(repeating: 0.0)
    var pulses = PerRotor(repeating: 0.0)

    init(_ simulator: consuming Simulator, _ law: CrazyfliePID, _ motors: CrazyflieMotors) {
      (self.law, self.motors) = (law, motors)
      self.simulator = simulator
    }

    var target: Setpoint {
      let p = setpoint.values
      return Setpoint(position: Vector(p[0], p[1], 3 + p[2]))
    }

    /// Asks the law for the next row's pulses, and adds the steps to them.
    mutating func ask() {
      law.voltage = voltage
      let e = excitation.values
      let (roll, pitch, yaw, thrust) = (e[0], e[1], e[2], e[3])
      added = PerRotor(
        thrust - roll + pitch - yaw, thrust - roll - pitch + yaw, thrust + roll - pitch - yaw,
        thrust + roll + pitch + yaw)
      pulses = law.pulses.zip(added) { min(max(0, ($0 + $1).rounded()), 65_535) }
    }

    /// Flies 10 ms; the law sees all of it.
    mutating func advance() {
      let speeds = motors.speeds(for: pulses, battery: voltage)
      for _ in 0..<10 {
        _ = law.rotorSpeeds(for: simulator.swarm[0], tracking: target, at: 0, every: 0.001)
        simulator.command(0, rotorSpeeds: speeds)
        simulator.advance(steps: 4)
      }
    }
  }

  fileprivate struct Rows {
    var times: [Double] = []
    var states: [DroneState<Double>] = []
    var (pulses, added): ([PerRotor<Double>], [PerRotor<Double>]) = ([], [])
    var voltages: [Double] = []
    var setpoints: [Vector<World, Double>] = []

    mutating func append(
      _ stage: borrowing Stage, at time: Double, noise: Double, _ random: inout SplitMix64
    ) {
      func vector<F: Frame>(_ size: Double) -> Vector<F, Double> {
        noise * size * Vector(random.normal(), random.normal(), random.normal())
      }
      var state = stage.simulator.swarm[0]
      state.velocity += vector(0.005)
      state.bodyRates += vector(0.03)
      let turn: Vector<Body, Double> = vector(0.001)
      state.attitude = state.attitude.after(Rotation(rotationVector: turn)).normalized
      times.append(time)
      states.append(state)
      pulses.append(stage.pulses)
      added.append(stage.added)
      voltages.append(stage.voltage + noise * 0.003 * random.normal())
      setpoints.append(stage.target.position)
    }

    var log: FlightLog {
      FlightLog(
        path: "made.csv", times: times, positions: states.map(\.position),
        attitudes: states.map(\.attitude), velocities: states.map(\.velocity),
        bodyRates: states.map(\.bodyRates), pulses: pulses, voltages: voltages,
        setpoints: setpoints, headings: times.map { _ in 0 }, excitations: added)
    }
  }
}
