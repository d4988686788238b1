import Configuration
import TaskFiles
import TestSupport
import Testing

/// What is said of a task that cannot be read or played.
struct TaskFileErrorTests {
  /// What is wrong with the keys of a task.
  private func fault(_ keys: String, in task: String = "hover") -> String? {
    do throws(InvalidConfiguration) {
      _ = try TaskSpecification(named: task, json: keys)
      return nil
    } catch { return error.description }
  }

  @Test(
    "says key, value, what was expected, and the nearest word",
    arguments: [
      ("{modle: racer}", "hover: modle: unknown key; did you mean \"model\"?"),
      (
        "{model: racr}",
        "hover: model: racr is unknown; expected one of cf21B_500, cf2p, cf2x, cf2x_L250, cf2x_P250, "
          + "cf2x_T350, cf2x_arpl, cf2x_nanobench, cf2x_phoenix_2021_09, cf2x_phoenix_2021_12, "
          + "hummingbird, racer and 1 more; did you mean \"racer\"?"
      ),
      (
        "{time_limit: -1}",
        "hover: time_limit: -1 is out of range; expected a positive number of s up to 1000000"
      ),
      ("{drones: 2}", "hover: drones: 2 is out of range; expected 1"),
      (
        "{action: {rotor_speed: {authority: 1}}}",
        "hover: action.rotor_speed: unknown key; did you mean \"rotor_speeds\"?"
      ),
      (
        "{randomisation: {mass: [1.2, 0.8]}}",
        "hover: randomisation.mass: a list of 2 has its lower bound above the upper one; "
          + "expected the lower one first"
      ),
      (
        "{observation: [position_error, {ranges: {count: 0}}]}",
        "hover: observation[1].ranges.count: 0 is out of range; expected a whole number from 1 to 4096"
      ),
      (
        "{physics: {effects: [drag, drag]}}",
        "hover: physics.effects: a list of 2 names an effect twice; expected each at most once"
      ),
      ("[1]", "hover: a list of 1 is not a mapping; expected keys and values"),
      ("{task: hover}", "hover: task: is given more than once"),
      ("{version: 2}", "hover: version: 2 is out of range; expected 1"),
    ])
  func single(keys: String, expected: String) {
    #expect(fault(keys) == expected)
  }

  @Test(
    "an obstacle's way is one that it can go, and each fault is told once",
    arguments: [
      (
        "{t: 0, at: [0, 0, 1]}, {t: 0.6, at: [0, 6, 1]}], loop: true",
        "loop: true jumps by 6.0 m from the last pose to the first; expected a last pose where the first is"
      ),
      (
        "{t: 0, at: [0, 0, 1]}, {t: 0.5, at: [0, 60, 1]}]",
        "poses[1].at: a list of 3 is reached at 120.0 m/s; expected 100 m/s at most"
      ),
      (
        "{t: 1, at: [0, 0, 1]}, {t: 1, at: [0, 1, 1]}]",
        "poses[1].t: 1 does not come after the one before; expected later times"
      ),
      ("]", "poses: a list of 0 has the wrong length; expected a list of 1 to 1000000"),
    ])
  func motion(poses: String, expected: String) {
    #expect(
      fault("{world: {obstacles: [{sphere: 0.2, motion: {poses: [\(poses)}}]}}")
        == "hover: world.obstacles[0].motion.\(expected)")
  }

  @Test(
    "pillars and a start stand beside gates",
    arguments: ["pillars: [[1, 0, 1]]", "start: [2, 2, 0.05]"])
  func track(keys: String) throws {
    let gates = "gates: [{at: [1, 1, 1], yaw: 0}]"
    #expect(fault("{\(keys), \(gates)}", in: "gate-racing") == nil)
    let told = try #require(fault("{\(keys)}", in: "gate-racing"))
    #expect(
      told.hasSuffix(" stands without gates; expected gates of your own beside it"), "\(told)")
  }

  @Test(
    "what is right by itself but cannot be played together is found before it is played",
    arguments: [
      (
        "{rates: {physics: 240, control: 50}}",
        "hover: rates.control: cannot be played: the physics frequency is a multiple of the control "
          + "frequency, not 240 Hz and 50 Hz"
      ),
      (
        "{action: gains}",
        "hover: action: cannot be played: gains can be set in the Crazyflie's law alone"
      ),
      (
        "{observation: []}",
        "hover: observation: cannot be played: a drone that sees nothing cannot learn"
      ),
      (
        "{world: {obstacles: [{box: [1, 1, 1], at: [3, 0, 1], mass: 1}]}}",
        "hover: world.obstacles: cannot be played: the obstacles of a task have no mass: they stand, or "
          + "move as scheduled"
      ),
    ])
  func together(keys: String, expected: String) {
    #expect(fault(keys) == expected)
  }

  @Test("a file has lines, and all its faults are told")
  func files() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("task: hovr\n", to: "a.yaml")
    let other = try folder.write(
      "task: hover\nmodel: racer\nnoise: { positon: 0.1 }\nwind:\n  mean: [1, 2]\n", to: "b.yaml")
    let unknown = #expect(throws: InvalidConfiguration.self) {
      try TaskSpecification(contentsOf: path)
    }
    #expect(
      unknown?.description.hasPrefix("\(path):1: task: hovr is unknown; expected one of ") == true)
    #expect(unknown?.description.hasSuffix("did you mean \"hover\"?") == true)
    let several = #expect(throws: InvalidConfiguration.self) {
      try TaskSpecification(contentsOf: other)
    }
    #expect(
      several?.description == """
        \(other):3: noise.positon: unknown key; did you mean "position"?
        \(other):5: wind.mean: a list of 2 has the wrong length; expected 3 numbers of m/s
        """)
  }

  @Test("a setting stands for itself in messages")
  func settings() {
    let error = #expect(throws: InvalidConfiguration.self) {
      try TaskSpecification(named: "hover", settings: ["rates.control=0"])
    }
    #expect(
      error?.description
        == "--set rates.control=0: rates.control: 0 is out of range; "
        + "expected a whole number from 1 to 100000")
  }
}
