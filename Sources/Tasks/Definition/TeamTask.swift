/// A task in which teams play against each other: drones of one team want what those of others do not.
package protocol TeamTask: DroneTask {
  /// The team of each drone, counted from 0.
  var teams: [Int] { get }
}
