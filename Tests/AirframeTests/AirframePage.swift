import Drone
import Foundation
import Testing

/// The page about airframes, its numbers measured.
struct AirframePage {
  let text: String

  init() throws {
    var rows: [String] = []
    for name in UntunedTests.names {
      let model = try ModelCatalogue.standard.model(named: name)
      for controller in UntunedTests.controllers {
        rows.append(try UntunedFlights(model, controller: controller).row(model, controller))
      }
    }
    for controller in UntunedTests.controllers {
      rows.append(try Self.worstOfStrangers(controller))
    }
    text =
      Self.head + rows.joined(separator: "\n") + "\n" + HeadingTable.head
      + (try HeadingTable.rows()).joined(separator: "\n") + "\n" + DesignTable.head
      + (try DesignTable.rows()).joined(separator: "\n") + "\n" + Self.foot
  }

  private static func worstOfStrangers(_ controller: String) throws -> String {
    let flights = try UntunedTests.seeds.map { seed in
      try UntunedFlights(
        QuadcopterModel(urdf: randomURDF(seed: seed), named: "stranger"), controller: controller)
    }
    func worst(_ value: (UntunedFlights) -> Double) -> Double { flights.map(value).max() ?? .nan }
    let numbers = String(
      format: "%.1f | %.2f | %.1f | %.1f", 100 * worst(\.overshoot), worst(\.settlingTime),
      100 * worst(\.circleError), 100 * worst(\.saturation))
    return
      "| worst of \(flights.count) strangers | \(controller) | 0.02 to 2 | 1.6 to 6 | \(numbers) |"
  }

  private static let head = """
    # Airframes

    Every model flies as its file describes it: no gain is tuned. The controllers `pid` and
    `geometric` derive theirs from mass, inertia, rotor places, thrust and torque curves, rotor lag, dead
    time and the control period (`Sources/Control/DerivedGains.swift`), and hold against the speed moment.

    Each row is measured, by `Tests/AirframeTests`, which fails when this page is out of date: at 48 Hz
    control and 240 Hz physics, preset `accurate`, from hover at rest, with rotor lag, dead time, drag,
    speed moment and rate damping where the model has them, and without torque noise. The step is a metre
    along x, y and z in turn, the worst of the three counting, and settled means within 5 cm to stay. The
    circle has a radius of 1 m and a lap of 8 s, measured from the second lap on. Saturated is a control
    step in which some rotor is told its lowest or highest speed. Asked for: overshoot below 20 cm,
    settled within 3 s (3.5 s where the thrust is below 1.5 times the weight), RMSE below 10 cm, saturated
    below 5 %.

    A stranger is a model drawn at random: 20 g to 2 kg, thrust 1.6 to 6 times the weight, X or plus,
    half of them with rotors that lag by 10 to 100 ms.

    | model | controller | mass [kg] | thrust/weight [–] | overshoot [cm] | settled [s] | circle RMSE [cm] | saturated [%] |
    | --- | --- | --- | --- | --- | --- | --- | --- |

    """

  private static let foot = """

    To measure again after a change:

    ```sh
    SWIFTLET_WRITE_DOCUMENTATION=1 swift test -c release --filter AirframeTests
    ```

    """
}
