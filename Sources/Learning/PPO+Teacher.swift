import Gym

extension PPO where Environment: ~Copyable {
  /// Writes what a teacher would do now: a row an agent, from −1 to 1 within the bounds of each number.
  package typealias Teacher = (borrowing Environment, inout MutableSpan<Float>) -> Void

  /// Refuses to imitate nobody.
  func checkTeacher() throws(LearningError) {
    guard options.imitation == nil || teacher != nil else {
      throw .badOption("imitation needs a teacher, and there is none here")
    }
  }

  /// Notes what the teacher would do where the agents have come to.
  func askTeacher(at time: Int) {
    guard options.imitation != nil, let teacher else { return }
    let count = environment.layout.rowCount * environment.layout.actionCount
    var actions = [Float](repeating: 0, count: count)
    var span = actions.mutableSpan
    teacher(environment, &span)
    for index in 0..<count { rollout.taught[time * count + index] = actions[index] }
  }
}
