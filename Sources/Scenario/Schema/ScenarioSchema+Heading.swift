import Configuration
import Control
import Drone
import SpatialMath

extension ScenarioSchema {
  /// Notes a heading that the controller does not follow, or that the reference cannot have.
  func noteUnfollowedHeading(
    of drone: DroneSpecification, during duration: Double, at place: ValueReader
  ) {
    guard let reference = drone.reference, let path = drone.path else { return }
    if reference.heading == .alongPath, (path as? HeadedReference)?.hasWay == false {
      place.value(of: "heading").note(
        "has no effect: \(reference.name) does not move on the level")
    }
    let name = drone.controller.name
    switch (drone.controller.controller as? any UsesHeading)?.headingUse ?? .follows {
    case .follows: break
    case .holds(let heading):
      if path.turns(from: heading, during: duration) {
        place.note("asks for a heading, which \(name) does not follow: it holds \(heading) rad")
      }
    case .ignores:
      let start = RollPitchYaw(drone.start.attitude).yaw
      if reference.heading != nil
        || path.hasPosition && path.turns(from: start, during: duration)
      {
        place.note("asks for a heading, which \(name) does not follow: it lets the drone turn")
      }
    }
  }
}

extension Reference {
  /// Whether it asks for another heading at some time of a flight. [rad, s]
  fileprivate func turns(from heading: Double, during duration: Double) -> Bool {
    (0...200).contains { step in
      let yaw = setpoint(at: duration * Double(step) / 200).yaw
      return abs((yaw - heading).remainder(dividingBy: 2 * .pi)) > 1e-6
    }
  }
}
