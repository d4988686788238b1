import Foundation
import Pictures
import Recording
import Scenario
import TestSupport

extension TemporaryFolder {
  /// Flies a scenario into a run folder of this folder, pictures and all.
  func flight(_ name: String, _ scenario: String) throws -> RunFolder {
    let specification = try FlightSpecification(contentsOf: write(scenario, to: name + ".yaml"))
    let folder = try RunFolder(at: path(name))
    _ = try FlightRun(specification).fly(into: folder)
    try FlightPictures.write(into: folder)
    return folder
  }
}

enum Scenarios {
  /// Two drones on a circle, on different models.
  static let pair = """
    version: 1
    name: pair
    duration: 4
    drones:
      - { reference: { circle: { center: [0, 0, 0.3], radius: 0.3, period: 4 } } }
      - { model: cf2p, reference: { circle: { center: [0, 0, 0.6], radius: 0.3, period: 4, phase: 3 } } }
    """

  /// A drone that flies into a box, among all shapes of obstacle.
  static let crash = """
    version: 1
    name: crash
    duration: 3
    world:
      obstacles:
        - { box: [0.2, 0.6, 0.6], at: [0.6, 0, 0.3] }
        - { sphere: 0.15, at: [0, 0.7, 0.3] }
        - { cylinder: [0.1, 0.8], at: [-0.5, -0.5, 0.4] }
        - { box: [0.15, 0.15, 0.15], at: [-0.5, 0.5, 0.3], mass: 0.1 }
    drones:
      - reference: { line: { from: [0, 0, 0.3], to: [0.8, 0, 0.3], period: 3 } }
    """

  /// A drone that flies halfway to a post.
  static let approach = """
    version: 1
    name: approach
    duration: 3
    world: { obstacles: [{ box: [0.2, 0.3, 2], at: [2.1, 0, 1] }] }
    drones:
      - reference: { line: { from: [0, 0, 1], to: [1, 0, 1], period: 6 } }
    """

  /// A hundred drones side by side.
  static let hundred =
    "version: 1\nname: hundred\nduration: 2\ndrones:\n"
    + (0..<100).map { "  - { at: [\($0 % 10), \($0 / 10), 1] }\n" }.joined()
}
