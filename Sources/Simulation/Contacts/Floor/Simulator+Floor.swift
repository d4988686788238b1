import Drone
import SpatialMath

extension Simulator {
  /// Lets the floor push drones.
  ///
  /// - Parameters:
  ///   - drones: The drones.
  ///   - isNear: Which of them may touch the floor.
  ///   - isToBeNoted: Whether to add what touches to the list of contacts.
  /// - Returns: What the floor leaves them.
  // Not a part of the step that calls it, which has the registers to itself.
  @inline(never)
  mutating func meetFloor<S: SingleFlightLanes>(
    _ drones: FloorMeeting<S>, where isNear: S.Mask, isToBeNoted: Bool
  ) -> FloorOutcome<S> {
    guard let kept = contacts?.outlines,
      case let points = kept.outlines.points(of: drones, where: isNear), points.isMet.any
    else {
      return FloorOutcome(
        velocity: drones.velocity, bodyRates: drones.bodyRates, counts: .zero)
    }
    let impact = FloorImpact(of: drones, at: points)
    if isToBeNoted {
      for lane in 0..<min(S.laneCount, swarm.count - drones.first) {
        note(impact, of: drones, lane: lane)
      }
    }
    return drones.outcome(of: impact)
  }

  /// Adds what touches of one drone to the list of contacts.
  private mutating func note<S: Lanes>(
    _ impact: FloorImpact<S>, of drones: FloorMeeting<S>, lane: Int
  ) {
    for index in impact.contacts.indices where impact.isTouching(index)[lane: lane] {
      let contact = impact.contacts[index]
      let (arm, gap) = (contact.arm[lane: lane], contact.gap[lane: lane])
      floorContacts.append(
        DroneContact(
          drone: drones.first + lane, other: .floor,
          position: drones.position[lane: lane] + arm - Vector(0, 0, gap),
          normal: Vector(0, 0, 1), depth: -gap, impulse: contact.impulse.z[lane: lane]))
    }
  }
}
