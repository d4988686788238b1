import Control
import Drone
import Simulation
import SpatialMath

/// By which law drones fly where an action, or a policy, asks for a place or a velocity.
public enum PositionLaw: String, Sendable, Hashable, CaseIterable {
  /// PID control whose gains follow from the model and the control period.
  case derived
  /// The PID control of gym-pybullet-drones, for its own Crazyflie alone.
  case crazyflie
}

/// The position control that drones share; what each remembers is kept elsewhere.
struct PositionControl: Sendable {
  private enum Law: Sendable {
    case derived
    case crazyflie(CascadedLaw)
  }

  /// The law of attitudes, and of positions where there is no other.
  let derived: DerivedLaw
  private let law: Law
  private let period: Double

  init(_ setup: TaskSetup) throws(TaskError) {
    var model = setup.model
    let gravity = setup.physics.gravity
    // What no effect makes act, no law need hold against.
    if !setup.physics.effects.contains(where: { $0 is SpeedMoment }) {
      model.air.speedMoment = .zero
    }
    do throws(ControllerError) {
      derived = try DerivedLaw(model: model, gravity: gravity, period: setup.period)
    } catch { throw TaskError(error.description) }
    switch setup.positionLaw {
    case .derived: law = .derived
    case .crazyflie:
      guard CascadedPID.fits(model) else {
        throw TaskError("the PID gains of a Crazyflie do not fit \(model.name)")
      }
      law = .crazyflie(CascadedLaw(model: model, gravity: gravity))
    }
    period = setup.period
  }

  /// The rotor speeds that take drones to a goal. [rpm]
  ///
  /// - Parameters:
  ///   - state: How they move.
  ///   - goal: How they should move.
  ///   - memory: What they remember.
  ///   - factors: What the gains are multiplied with; only the Crazyflie's law has gains that can be
  ///     set.
  /// - Returns: The speeds. [rpm]
  @inline(__always)
  func rotorSpeeds<S: Lanes>(
    for state: DroneState<S>, towards goal: Goal<S>, memory: inout LoopMemory<S>,
    factors: CascadedFactors<S>
  ) -> PerRotor<S> {
    switch law {
    case .derived:
      derived.rotorSpeeds(for: state, towards: goal, integral: &memory.positionIntegral)
    case .crazyflie(let law):
      law.rotorSpeeds(
        for: state, towards: goal, memory: &memory, factors: factors, every: period)
    }
  }
}

/// What a position controller remembers, as snapshots keep it.
package struct ControlMemory: Sendable, Codable, BitwiseCopyable {
  /// The integral of the position error. [m·s, or m/s² by the derived law]
  var positionIntegral: SIMD3<Double>
  /// The integral of the attitude error. [s]
  var attitudeIntegral: SIMD3<Double>
  /// The roll, pitch and yaw that it saw last. [rad]
  var lastAngles: SIMD3<Double>

  /// Whether all of it is finite.
  package var isFinite: Bool {
    positionIntegral.isFinite && attitudeIntegral.isFinite && lastAngles.isFinite
  }

  /// What some loops remember.
  init(_ memory: LoopMemory<Double>) {
    positionIntegral = memory.positionIntegral.numbers
    attitudeIntegral = memory.attitudeIntegral.numbers
    lastAngles = memory.lastAngles.numbers
  }

  /// The memory of loops that remember this.
  var loops: LoopMemory<Double> {
    LoopMemory(
      positionIntegral: Vector(positionIntegral), attitudeIntegral: Vector(attitudeIntegral),
      lastAngles: Vector(lastAngles))
  }
}

extension Vector where S == Double {
  fileprivate var numbers: SIMD3<Double> { SIMD3(x, y, z) }

  fileprivate init(_ n: SIMD3<Double>) { self.init(n.x, n.y, n.z) }
}
