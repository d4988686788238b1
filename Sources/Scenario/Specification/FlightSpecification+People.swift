package import Control

extension FlightSpecification {
  /// The drones that people can fly, and what their sticks command until they choose.
  package var people: [Int: Sticks.Mode] {
    var people: [Int: Sticks.Mode] = [:]
    for (index, drone) in drones.enumerated() {
      guard let human = drone.controller.controller as? HumanController, human.takesSticks else {
        continue
      }
      people[index] = human.mode
    }
    return people
  }
}
