import Foundation
import Pictures
import Plotting
import Recording
import TestSupport
import Testing

/// Graphs of files of every kind.
@Suite struct PlotTests {
  let temporary: TemporaryFolder

  init() throws { temporary = try TemporaryFolder() }

  private func figure(_ csv: String) throws -> Figure {
    try Figure(of: [RecordedFlight(at: temporary.write(csv, to: "a.csv"))])
  }

  private func lines(_ figure: Figure, _ panel: String) throws -> [Line] {
    let found = try #require(figure.panels.first { $0.title.hasPrefix(panel) })
    guard case .plane(let lines) = found.content else { return [] }
    return lines
  }

  @Test func aFlightHasAllItsGraphsAndEveryUnit() throws {
    let run = try temporary.flight("pair", Scenarios.pair)
    let figure = try Figure(of: [RecordedFlight(at: run.path)])
    #expect(
      figure.panels.map(\.title) == [
        "x [m]", "y [m]", "z [m]", "vx [m/s]", "vy [m/s]", "vz [m/s]", "roll [°]", "pitch [°]",
        "yaw [°]", "rotor 0 [krpm]", "rotor 1 [krpm]", "rotor 2 [krpm]", "rotor 3 [krpm]",
        "tracking error [m]", "path [m]",
      ])
    #expect(figure.title == "pair" && figure.names == ["drone 0", "drone 1"])
    #expect(figure.subtitle == "2 drones, 4 s")
    let dashed = try lines(figure, "x ").filter(\.isDashed)
    #expect(dashed.map(\.color) == [0, 1])
    #expect(try contents(run.file("plots.svg")) == figure.svg())
  }

  @Test func theTrackingErrorIsTheDistanceFromTheReference() throws {
    let figure = try figure(
      "t,drone,x,y,z,ref_x,ref_y,ref_z\n0,0,1,2,2,0,0,0\n1,0,1,1,1,1,1,-3\n2,0,0,0,0,,,\n")
    let error = try #require(try lines(figure, "tracking").first)
    #expect(error.y[0] == 3 && error.y[1] == 4 && error.y[2].isNaN)
  }

  @Test func anglesAreInDegreesAndDoNotCrossTheWholeGraph() throws {
    let figure = try figure("t,drone,x,y,z,yaw\n0,0,0,0,0,3.1\n1,0,0,0,0,-3.1\n2,0,0,0,0,-3.0\n")
    let yaw = try #require(try lines(figure, "yaw").first).y
    #expect(abs(yaw[0] - 177.6169) < 1e-3 && yaw[1].isNaN && abs(yaw[2] + 171.8873) < 1e-3)
  }

  @Test func noRowsOneRowAndGapsAreDrawn() throws {
    #expect(try figure("t,drone,x,y,z\n").svg().contains("no data"))
    #expect(try figure("t,drone,x,y,z\n0,0,1,2,3\n").svg().contains("h0\""))
    let gaps = try figure("t,drone,x,y,z\n0,0,1,2,3\n1,0,nan,2,3\n2,0,inf,,1e400\n3,0,1,2,3\n")
    let x = try #require(try lines(gaps, "x ").first).y
    #expect(x.map(\.isNaN) == [false, true, true, false])
    #expect(!gaps.svg().contains("nan"))
  }

  @Test func aMillionRowsAreDrawn() throws {
    var csv = "t,drone,x,y,z\n"
    for i in 0..<1_000_000 { csv += "\(i),0,\(i % 1000),1,\(i)\n" }
    let svg = try figure(csv).svg()
    #expect(svg.utf8.count < 500_000)
  }

  @Test func anyOtherTableHasAGraphAColumnAgainstItsFirst() throws {
    let figure = try figure("step,return,note,loss\n0,1,a,nan\n10,5,b,0.5\n")
    #expect(figure.panels.map(\.title) == ["return", "loss"])
    #expect(figure.panels.allSatisfy { $0.horizontal == "step" })
    let line = try #require(try lines(figure, "return").first)
    #expect(line.x == [0, 10] && line.y == [1, 5])
  }

  @Test func severalFilesAreDrawnOverOneAnother() throws {
    let a = try temporary.write("step,return\n0,1\n", to: "a.csv")
    let b = try temporary.write("step,return,loss\n0,2,3\n", to: "b.csv")
    let figure = try Figure(of: [RecordedFlight(at: a), RecordedFlight(at: b)])
    #expect(figure.names == ["a", "b"])
    #expect(try lines(figure, "return").map(\.color) == [0, 1])
    #expect(try lines(figure, "loss").map(\.color) == [1])
  }

  @Test(arguments: [
    ("", "the file is empty; a header with the columns' names is missing"),
    ("a,b\n1\n", "1 field, where the header has 2"),
    ("a,b\nx,y\n", "there is no column of numbers to plot"),
  ])
  func badTablesAreRefusedInWords(_ text: String, _ reason: String) throws {
    let path = try temporary.write(text, to: "bad.csv")
    let error = #expect(throws: PictureError.self) {
      try Figure(of: [RecordedFlight(at: path)])
    }
    #expect(error?.description.hasPrefix(path) == true)
    #expect(error?.description.hasSuffix(reason) == true)
  }

  @Test func whatIsNotThereIsSaidSo() throws {
    #expect(throws: PictureError.self) { try RecordedFlight(at: temporary.path + "/none") }
    let error = #expect(throws: PictureError.self) { try RecordedFlight(at: temporary.path) }
    #expect(error?.description.hasSuffix("there is no trajectory.csv in this folder") == true)
  }

  @Test func aFlightCutShortIsDrawnAsFarAsItGoes() throws {
    let run = try RunFolder(at: temporary.path + "/cut")
    try Data("t,drone,x,y,z\n0,0,1,2,3\n1,0,1,2,3\n2,0,1".utf8)
      .write(to: URL(fileURLWithPath: run.file("trajectory.csv.partial")))
    let flight = try RecordedFlight(at: run.path)
    #expect(try lines(try Figure(of: [flight]), "z ").first?.x == [0, 1])
    #expect(try ReplayPage(of: flight).html.contains("<canvas"))
  }

  @Test func aFigureCannotBeWrittenUnderAnyName() throws {
    let figure = try figure("a,b\n1,2\n")
    #expect(throws: PictureError.self) { try figure.write(to: temporary.path + "/x.gif") }
    #expect(throws: PictureError.self) { try figure.write(to: temporary.path + "/no/x.svg") }
  }
}
