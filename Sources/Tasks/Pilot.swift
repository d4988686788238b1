import Control
import Drone
import Simulation
import SpatialMath

/// By which law drones fly where an action, or a policy, asks for a place or a velocity.
public enum PositionLaw: Sendable, Hashable {
  /// PID control whose gains follow from the model and the control period.
  case derived
  /// The PID control of gym-pybullet-drones, for its own Crazyflie alone.
  case crazyflie
}

/// The position controller of one drone.
package struct Pilot: Sendable {
  private enum Law: Sendable {
    case derived(DerivedPID)
    case crazyflie(CascadedPID)
  }

  private var law: Law

  init(_ setup: TaskSetup) throws(TaskError) {
    switch setup.positionLaw {
    case .crazyflie:
      guard CascadedPID.fits(setup.model) else {
        throw TaskError("the PID gains of a Crazyflie do not fit \(setup.model.name)")
      }
      law = .crazyflie(CascadedPID(model: setup.model, gravity: setup.physics.gravity))
    case .derived:
      do throws(ControllerError) {
        law = .derived(try DerivedPID(model: setup.model, gravity: setup.physics.gravity))
      } catch { throw TaskError(error.description) }
    }
  }

  mutating func reset() {
    switch law {
    case .derived(var controller):
      controller.reset()
      law = .derived(controller)
    case .crazyflie(var controller):
      controller.reset()
      law = .crazyflie(controller)
    }
  }

  /// The rotor speeds that take a drone to a setpoint. [rpm]
  mutating func rotorSpeeds(
    for state: DroneState<Double>, tracking setpoint: Setpoint, every period: Double
  ) -> PerRotor<Double> {
    switch law {
    case .derived(var controller):
      let speeds = controller.rotorSpeeds(
        for: state, tracking: setpoint, at: 0, every: period)
      law = .derived(controller)
      return speeds
    case .crazyflie(var controller):
      let speeds = controller.rotorSpeeds(
        for: state, tracking: setpoint, at: 0, every: period)
      law = .crazyflie(controller)
      return speeds
    }
  }

  /// Gives it other gains, and lets it keep what it remembers; only the Crazyflie's law has gains that
  /// can be set.
  mutating func setGains(_ gains: CascadedPID.Gains, setup: (QuadcopterModel, gravity: Double)) {
    let kept = memory
    law = .crazyflie(CascadedPID(model: setup.0, gravity: setup.gravity, gains: gains))
    memory = kept
  }

  /// All that it remembers.
  var memory: PilotMemory {
    get {
      switch law {
      case .derived(let controller):
        return PilotMemory(positionIntegral: controller.integral.numbers)
      case .crazyflie(let controller):
        return PilotMemory(
          positionIntegral: controller.positionIntegral.numbers,
          attitudeIntegral: controller.attitudeIntegral.numbers,
          lastAngles: controller.lastAngles.numbers)
      }
    }
    set {
      switch law {
      case .derived(var controller):
        controller.integral = Vector(newValue.positionIntegral)
        law = .derived(controller)
      case .crazyflie(var controller):
        controller.positionIntegral = Vector(newValue.positionIntegral)
        controller.attitudeIntegral = Vector(newValue.attitudeIntegral)
        controller.lastAngles = Vector(newValue.lastAngles)
        law = .crazyflie(controller)
      }
    }
  }
}

/// What a position controller remembers.
struct PilotMemory: Sendable, Codable, BitwiseCopyable {
  /// The integral of the position error. [m·s, or m/s² by the derived law]
  var positionIntegral: SIMD3<Double>
  /// The integral of the attitude error. [s]
  var attitudeIntegral = SIMD3<Double>.zero
  /// The roll, pitch and yaw that it saw last. [rad]
  var lastAngles = SIMD3<Double>.zero

  /// Whether all of it is finite.
  var isFinite: Bool {
    positionIntegral.isFinite && attitudeIntegral.isFinite && lastAngles.isFinite
  }
}

extension Vector where S == Double {
  fileprivate var numbers: SIMD3<Double> { SIMD3(x, y, z) }

  fileprivate init(_ n: SIMD3<Double>) { self.init(n.x, n.y, n.z) }
}
