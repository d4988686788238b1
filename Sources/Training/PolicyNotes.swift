import Configuration
import Drone
import Foundation
import Learning
import Simulation
import SpatialMath
import Tasks

/// What the comment at the beginning of an exported policy says: what its numbers are, from the task that it learned.
struct PolicyNotes {
  private let setup: TaskSetup
  private let title: String
  private let observation, action: [RowColumns]
  private let prefix: String
  private let cost: CSource.Cost
  private let rounding: RoundingDifference?

  init(
    _ task: some DroneTask, named name: String, prefix: String, cost: CSource.Cost,
    rounding: RoundingDifference?
  ) {
    setup = task.setup
    title = "\(name): \(task.contract.summary)"
    (observation, action) = (task.observationColumns, task.actionColumns)
    (self.prefix, self.cost, self.rounding) = (prefix, cost, rounding)
  }

  /// The comment, line by line.
  var lines: [String] {
    let parts = [
      [
        "A policy that Swiftlet has learned, in C99 without libraries.", title,
        "\(prefix)_act is to be called \(setup.controlFrequency) times a second; its action holds until "
          + "the next call.",
      ],
      observed, acted, frames, rotors, evaluation,
    ]
    return parts.joined(separator: [""]).flatMap(\.broken).map(\.comment)
  }

  private var observed: [String] {
    var lines = ["Observation: \(observation.last.map { $0.first + $0.count } ?? 0) numbers"]
    lines += observation.lines
    guard setup.observation.contains(where: \.isScaled) || !setup.sensors.isEmpty else {
      return lines
    }
    return lines + ["Numbers with a divisor are divided by it, and then held between -1 and 1."]
  }

  private var acted: [String] {
    ["Action: \(setup.actionMode.count) numbers from -1 to 1"] + action.lines
      + setup.actionMode.laws(in: setup)
  }

  private var frames: [String] {
    [
      "Frames: the world's x points ahead at heading 0, y to the left of that, z up; a drone's x ahead, y left, z",
      "up. Rotation matrix and quaternion take a drone's components to the world's; roll, pitch and yaw are those of",
      "Rz(yaw) Ry(pitch) Rx(roll), so that a positive pitch points the nose down. SI units, and radians.",
    ]
  }

  private var rotors: [String] {
    let rows = [0, 1, 2, 3].map { index in
      let rotor = setup.model.rotors[index]
      let (x, y) = (rotor.position.x, rotor.position.y)
      let spin = rotor.spin == .counterclockwise ? "counterclockwise" : "clockwise"
      return
        "  \(index)          x \(x.rounded(to: 4)) m, y \(y.rounded(to: 4)) m, turns \(spin) seen from above"
    }
    return ["Drone: \(setup.model.name), \(setup.model.mass.rounded(to: 5)) kg, with rotors"] + rows
  }

  private var evaluation: [String] {
    var lines = [
      "Size: \(cost.constantBytes) bytes of constants, \(cost.stackBytes) bytes of stack.",
      "An action: \(cost.multiplyAdds) multiply-adds, \(cost.tanhs) tanh.",
    ]
    guard let rounding else { return lines }
    let (largest, mean) = (rounding.largest, rounding.rootMeanSquare)
    lines.append(
      "Weights are rounded to 8 bits. Over \(rounding.observationCount) observations of the policy's own flights that "
        + "changed a number")
    lines.append(
      "of an action by at most \(largest.rounded(to: 4)), and \(mean.rounded(to: 5)) in root mean square."
    )
    return lines
  }
}

extension String {
  /// What fits into a line of a header, and the rest below the column where parts are described.
  fileprivate var broken: [String] {
    let (most, indent) = (126, String(repeating: " ", count: 13))
    guard count > most, let space = prefix(most).lastIndex(of: " "),
      distance(from: startIndex, to: space) > indent.count
    else { return [self] }
    return [String(self[..<space])] + (indent + self[space...].dropFirst()).broken
  }
}

extension ObservationPart {
  /// Whether its numbers are divided by something that its description says.
  fileprivate var isScaled: Bool { description.contains(" / ") }
}

extension ActionMode {
  /// What follows from the drone and the physics of a task, in formulas.
  fileprivate func laws(in setup: TaskSetup) -> [String] {
    let hover = setup.hoverSpeed.rounded(to: 1)
    let weight = (setup.model.mass * setup.physics.gravity).rounded(to: 5)
    let thrust = "Thrust: \(weight) N (1 + a3), with the fourth number a3."
    return switch self {
    case .rotorSpeeds(let authority):
      ["Rotor i turns at \(hover) rpm (1 + \(authority) ai); at \(hover) rpm the drone hovers."]
    case .collective(let authority):
      ["All rotors turn at \(hover) rpm (1 + \(authority) a0); at \(hover) rpm the drone hovers."]
    case .wholeRange:
      [
        "Rotor i turns at \(setup.model.maximumRotorSpeed.rounded(to: 1)) rpm (1 + ai) / 2; at \(hover) rpm the "
          + "drone hovers."
      ]
    case .throttles:
      [
        "The rotor of ai turns at \(setup.model.maximumRotorSpeed.rounded(to: 1)) rpm (1 + ai) / 2, or that share of "
          + "the highest speed of another drone."
      ]
    case .attitude, .bodyRates: [thrust]
    case .waypoint, .displacement, .climb, .velocity, .gains: []
    }
  }
}

extension Double {
  /// The number with so many decimals at most.
  fileprivate func rounded(to decimals: Int) -> String {
    let text = String(format: "%.\(decimals)f", self)
    guard text.contains(".") else { return text }
    return String(text.reversed().drop { $0 == "0" }.drop { $0 == "." }.reversed())
  }
}

extension String {
  /// The text as a line of a comment: on one line, which no backslash at its end joins with the next.
  fileprivate var comment: String {
    let line = String(prefix(300)).printable
    return line.hasSuffix("\\") ? line + "." : line
  }
}
