import Drone
import Geometry

extension TaskSetup {
  /// Refuses what cannot be played.
  func check(agentCount: Int) throws(TaskError) {
    func require(_ isTrue: Bool, _ sentence: String) throws(TaskError) {
      guard isTrue else { throw TaskError(sentence) }
    }
    try require(agentCount > 0, "a task needs a drone, not \(agentCount)")
    try require(
      controlFrequency > 0 && physicsFrequency > 0
        && physicsFrequency.isMultiple(of: controlFrequency),
      "the physics frequency is a multiple of the control frequency, not "
        + "\(physicsFrequency) Hz and \(controlFrequency) Hz")
    try require(
      timeLimit > 0 && timeLimit < 1e6, "a time limit between 0 and 10⁶ s, not \(timeLimit) s")
    try require(
      obstacles.allSatisfy { $0.mass == 0 && $0.motion == nil },
      "the obstacles of a task stand still: without mass or motion")
    try require(!observation.isEmpty, "a drone that sees nothing cannot learn")
    try require(
      actionMode != .gains || positionLaw == .crazyflie,
      "gains can be set in the Crazyflie's law alone")
    if let fault = camera?.fault { throw TaskError(fault) }
    let factors = [randomisation.mass, randomisation.inertia, randomisation.motors]
    try require(
      factors.allSatisfy { $0.lowerBound > 0 && $0.upperBound.isFinite },
      "factors on mass, inertia and motors are above 0")
    try require(
      (0...1000).contains(randomisation.delay.lowerBound)
        && randomisation.delay.upperBound <= 1000, "a delay from 0 to 1000 actions")
  }
}
