package import Control
package import Drone
package import Recording

extension TrajectorySample {
  /// The row of a drone.
  ///
  /// - Parameters:
  ///   - time: The time. [s]
  ///   - drone: The drone's index. [–]
  ///   - state: How it moves.
  ///   - reference: How it should move, if it should.
  ///   - contacts: The most points at once that pushed or overlapped since the row before. [–]
  package init(
    time: Double, drone: Int, state: DroneState<Double>, reference: Setpoint?, contacts: Int
  ) {
    let speeds = state.rotorSpeeds
    self.init(
      time: time, drone: drone, position: state.position, attitude: state.attitude,
      velocity: state.velocity, angularVelocity: state.angularVelocity,
      rotorSpeeds: [speeds[0], speeds[1], speeds[2], speeds[3]],
      reference: reference.map {
        Reference(position: $0.position, velocity: $0.velocity, yaw: $0.yaw)
      },
      contacts: contacts)
  }
}
