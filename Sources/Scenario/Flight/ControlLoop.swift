import Control
import Drone
import SpatialMath

/// The control loop of one drone: its reference and its controller.
struct ControlLoop: Sendable {
  private var controller: any Controller
  private let reference: any Reference
  /// Whether the reference says where the drone should be.
  private let hasPosition: Bool
  /// How far setpoints run behind the clock: gym-pybullet-drones' loops hand the controllers of time
  /// tₖ₊₁ the way point of tₖ, and none at t₀. [s]
  private let delay: Double
  /// The setpoint of now.
  private var setpoint = Setpoint()

  /// The control loop of a drone.
  ///
  /// - Parameters:
  ///   - drone: The drone.
  ///   - delay: How far setpoints run behind the clock. [s]
  init(of drone: DroneSpecification, delay: Double) {
    controller = drone.controller.controller
    let path = drone.path
    hasPosition = controller.followsReference && path?.hasPosition == true
    reference = drone.followed
    self.delay = delay
  }

  /// Whether a person flies it, or did and is repeated.
  var isFlownByPerson: Bool { controller is HumanController }

  /// Where the sticks of the person are; `nil` where nobody holds them.
  var sticks: Sticks? {
    get { (controller as? HumanController)?.sticks }
    set {
      guard var human = controller as? HumanController, human.takesSticks else { return }
      human.sticks = newValue
      controller = human
    }
  }

  /// Why a controller outside of this program cannot go on.
  var failure: ControllerError? { (controller as? any OutsideController)?.failure }

  /// Whether that is because it has begun again.
  var hasBegunAgain: Bool { (controller as? any OutsideController)?.hasBegunAgain ?? false }

  /// Lets go of what a controller runs outside of this program.
  mutating func finish() {
    guard var outside = controller as? any OutsideController else { return }
    outside.finish()
    controller = outside
  }

  /// Goes on to a time. [s]
  ///
  /// - Returns: Where the drone should be, if its reference has positions.
  mutating func follow(at time: Double) -> Setpoint? {
    setpoint = reference.setpoint(at: max(0, time - delay))
    return hasPosition ? setpoint : nil
  }

  /// The speeds that the rotors should take at the time that was last followed. [rpm]
  ///
  /// - Parameters:
  ///   - state: How the drone moves, or seems to.
  ///   - time: The time. [s]
  ///   - period: The time between two commands. [s]
  /// - Returns: The speeds.
  mutating func rotorSpeeds(
    for state: DroneState<Double>, at time: Double, every period: Double
  ) -> PerRotor<Double> {
    let isBeforeFirstSetpoint = time < delay - 1e-9
    guard isBeforeFirstSetpoint, controller.followsReference else {
      return controller.rotorSpeeds(for: state, tracking: setpoint, at: time, every: period)
    }
    guard let rest = controller.setpointAtRest else { return PerRotor(repeating: 0) }
    return controller.rotorSpeeds(for: state, tracking: rest, at: time, every: period)
  }
}
