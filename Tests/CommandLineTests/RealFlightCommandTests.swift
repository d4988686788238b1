import Foundation
import TestSupport
import Testing

/// `swiftlet score` and `swiftlet identify`, as a person runs them.
struct RealFlightCommandTests {
  private static let flights = Command.repository.appendingPathComponent(
    "Tests/DroneTests/Fixtures/flights")

  private static func path(_ name: String) -> String {
    flights.appendingPathComponent(name).path
  }

  @Test("score prints predictions, response, hover and the flight flown again, and draws it")
  func score() throws {
    let folder = try TemporaryFolder()
    let (picture, table) = (folder.path("flights.svg"), folder.path("predictions.csv"))
    let outcome = try Command.swiftlet(
      "score", "cf2x_nanobench", Self.path("nanobench_figure8_medium_01.csv"), "--law", "pid",
      "--plot", picture, "--predictions", table)
    #expect(outcome.code == 0, "\(outcome.error)")
    for words in [
      "predictions", "position [m]", "R², 0.5 to 10 Hz", "thrust/weight", "0 of 1 lost",
    ] { #expect(outcome.output.contains(words), "\(words)") }
    #expect(try contents(picture).contains("<svg"))
    let lines = try contents(table).split(separator: "\n")
    #expect(lines[0] == "file,t0,h,x,y,z,qx,qy,qz,qw,vx,vy,vz,wx,wy,wz" && lines.count > 60)
  }

  @Test("score prints JSON that says the same")
  func json() throws {
    let outcome = try Command.swiftlet(
      "score", "cf2x_nanobench", Self.path("nanobench_figure8_medium_01.csv"), "--law", "none",
      "--json")
    let report = try #require(
      try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
    let model = try #require(report["model"] as? [[String: Double]])
    #expect(model.count == 3 && model.allSatisfy { $0["position"] ?? -1 > 0 })
    #expect((report["closedLoop"] as? [Any])?.isEmpty == true)
  }

  @Test("score draws accelerations of logs that cannot be flown again")
  func accelerations() throws {
    let folder = try TemporaryFolder()
    let outcome = try Command.swiftlet(
      "score", "cf2x_nanobench", Self.path("nanobench_figure8_medium_01.csv"), "--law", "none",
      "--plot", folder.path("a.svg"))
    #expect(outcome.code == 0, "\(outcome.error)")
    let picture = try contents(folder.path("a.svg"))
    for words in ["nanobench_figure8_medium_01.csv: roll [rad/s²]", "thrust [m/s²]", "explained"] {
      #expect(picture.contains(words), "\(words)")
    }
  }

  @Test("identify writes a model that flies, and says how surely it is known")
  func identify() throws {
    let folder = try TemporaryFolder()
    let (model, picture) = (folder.path("mine.urdf"), folder.path("mine.svg"))
    let outcome = try Command.swiftlet(
      "identify", Self.path("phoenix_circle_medium_05.csv"), Self.path("phoenix_hover_slow_01.csv"),
      "--model", "cf2x_phoenix_2021_12", "-o", model, "--plot", picture)
    #expect(outcome.code == 0, "\(outcome.error)")
    #expect(try contents(picture).contains("objective, less is better"))
    for words in ["rotor rate, rising [1/s]", "by flights", "dead time trades", model] {
      #expect(outcome.output.contains(words), "\(words)")
    }
    let scenario = try folder.write(
      "version: 1\nduration: 1\ndrones: [{ model: mine.urdf, at: [0, 0, 1] }]\n", to: "a.yaml")
    let flight = try Command.swiftlet("fly", scenario, "--out", folder.path("run"))
    #expect(flight.code == 0, "\(flight.error)")
  }

  @Test("bad input ends in one line and code 2")
  func badInput() throws {
    let log = Self.path("phoenix_hover_slow_01.csv")
    let folder = try TemporaryFolder()
    let text = try folder.write("a,b\n1,2\n", to: "bad.csv")
    let px4 = try folder.write("ULog\u{1}", to: "a.ulg")
    for (arguments, words) in [
      (
        ["score", "cf2x", log], "the model cf2x does not say how fast its motors turn at a voltage"
      ),
      (["score", "cf2x_nanobenhc", log], "there is no model 'cf2x_nanobenhc'; did you mean"),
      (["score", "cf2x_nanobench", "none.csv"], "none.csv: there is no such file"),
      (["score", "cf2x_nanobench", text], "bad.csv:1: there are no columns \"t\", \"pwm0\""),
      (
        ["score", "cf2x_nanobench", log, "--observer", "x"],
        "--observer x: there is none of that name"
      ),
      (["score", "cf2x_nanobench", px4], "a.ulg: is a ULog file of PX4; expected CSV, as Python"),
      (["identify", "none.csv"], "none.csv: there is no such file"),
    ] {
      let outcome = try Command.run(Command.program, arguments)
      #expect(outcome.code == 2, "\(arguments)")
      #expect(outcome.errorLines.count == 1 && outcome.error.contains(words), "\(outcome.error)")
    }
  }
}
