import Control
package import Drone
import SpatialMath

/// The addresses of a caller's buffers for how drones move and what they are to do.
@unsafe
package struct TaskStatePointers: @unchecked Sendable {
  /// How they move.
  package var states: StatePointers
  /// Where the drones should be: 3 components. [m]
  package var goalPosition: UnsafeMutablePointer<Double>?
  /// At which velocity they should be there: 3 components. [m/s]
  package var goalVelocity: UnsafeMutablePointer<Double>?
  /// Which way they should look. [rad]
  package var goalYaw: UnsafeMutablePointer<Double>?

  /// Buffers for how drones move alone.
  package init(states: StatePointers) { unsafe self.states = unsafe states }

  /// Whether what a task says is asked for.
  var hasGoals: Bool {
    unsafe goalPosition != nil || goalVelocity != nil || goalYaw != nil
  }

  /// The buffers from a row on.
  func advanced(to row: Int) -> TaskStatePointers {
    var part = unsafe TaskStatePointers(states: states.advanced(to: row))
    unsafe part.goalPosition = unsafe goalPosition.map { unsafe $0 + row }
    unsafe part.goalVelocity = unsafe goalVelocity.map { unsafe $0 + row }
    unsafe part.goalYaw = unsafe goalYaw.map { unsafe $0 + row }
    return unsafe part
  }

  /// Writes where the drones of a group should be.
  @inline(__always)
  func write(_ goal: Goal<DroneLanes>, from row: Int, count: Int) {
    unsafe states.put(goal.position, at: goalPosition, row, count)
    unsafe states.put(goal.velocity, at: goalVelocity, row, count)
    if let goalYaw = unsafe goalYaw { unsafe states.put(goal.yaw, at: goalYaw + row, count) }
  }
}
