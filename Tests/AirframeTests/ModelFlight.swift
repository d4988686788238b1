import Control
import Drone
import Parameters
import Simulation
import SpatialMath

/// A flight of one model from hover at rest, with all of its rotors and of the air in free space but noise:
/// 240 Hz physics, 48 Hz control.
struct ModelFlight {
  static let gravity = 9.81
  static let period = 1.0 / 48
  private static let substeps = 5

  let model: QuadcopterModel
  /// The control period. [s]
  var period = Self.period

  /// What came of a control step.
  struct Step {
    /// When it ended. [s]
    var time: Double
    /// What the rotors were told. [rpm]
    var speeds: PerRotor<Double>
    /// How the drone moves at its end.
    var state: DroneState<Double>
    /// Where it should be at its end.
    var setpoint: Setpoint

    /// From where it should be to where it is. [m]
    var error: Vector<World, Double> { state.position - setpoint.position }
    /// From the heading that it should have to the one it has, the short way. [rad]
    var headingError: Double {
      let now = RollPitchYaw(state.attitude).yaw
      return (now - setpoint.yaw).remainder(dividingBy: 2 * .pi)
    }
    /// The angle between thrust and the vertical. [rad]
    var tilt: Double {
      let z = RotationMatrix(state.attitude).zAxis
      return .arcTangent(y: (z.x * z.x + z.y * z.y).squareRoot(), x: z.z)
    }
  }

  /// Flies along a reference for some time, from the origin. [s]
  func fly(
    by pilot: any Controller, along reference: any Reference, for duration: Double,
    watch: (Step) -> Void
  ) throws {
    var pilot = pilot
    let hover = model.hoverRotorSpeed(gravity: Self.gravity)
    let steps = Int((duration / period).rounded())
    let substeps = max(1, Int((Double(Self.substeps) * period / Self.period).rounded()))
    var simulator = try Simulator(
      models: [model], states: [DroneState(rotorSpeeds: PerRotor(repeating: hover))],
      physics: .accurate(
        dynamics: .explicit, effects: [RotorDrag(), SpeedMoment(), RateDamping()]),
      frequency: Double(substeps) / period)
    for step in 0..<steps {
      let (time, end) = (Double(step) * period, Double(step + 1) * period)
      let speeds = pilot.rotorSpeeds(
        for: simulator.swarm[0], tracking: reference.setpoint(at: time), at: time, every: period)
      simulator.command(0, rotorSpeeds: speeds)
      simulator.advance(steps: substeps)
      watch(
        Step(
          time: end, speeds: speeds, state: simulator.swarm[0],
          setpoint: reference.setpoint(at: end)))
    }
  }

  /// Whether some rotor was told its lowest or highest speed.
  func isSaturated(_ speeds: PerRotor<Double>) -> Bool {
    let lowest = model.meanThrust.speed(for: model.minimumRotorThrust)
    let (low, high) = (lowest * (1 + 1e-9) + 1e-9, model.maximumRotorSpeed * (1 - 1e-9))
    return speeds.array.contains { $0 <= low || $0 >= high }
  }
}
