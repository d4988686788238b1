import Recording
import SpatialMath
import TestSupport
import Testing

/// How far flights are apart.
@Suite struct TrajectoryComparisonTests {
  let temporary: TemporaryFolder
  let flight = randomFlight(instants: 4, drones: 2, seed: 21)

  init() throws { temporary = try TemporaryFolder() }

  /// The path of a file that holds a flight.
  func write(_ flight: [[TrajectorySample]], _ name: String) throws -> String {
    let folder = try RunFolder(at: "\(temporary.path)/\(name)")
    var writer = try TrajectoryWriter(in: folder)
    for instant in flight { try writer.append(instant) }
    try writer.finish()
    return folder.file(TrajectoryWriter.fileName)
  }

  func compare(
    _ a: [[TrajectorySample]], _ b: [[TrajectorySample]], untilContact: Bool = false
  ) throws -> TrajectoryComparison {
    let (first, second) = (try write(a, "a"), try write(b, "b"))
    return try TrajectoryComparison(first, second, untilContact: untilContact)
  }

  func channel(_ name: String, _ comparison: TrajectoryComparison) throws
    -> TrajectoryComparison.Channel
  {
    try #require(comparison.channels.first { $0.name == name })
  }

  @Test func aFlightIsNoDistanceFromItself() throws {
    let comparison = try compare(flight, flight)
    #expect(comparison.channels.count == 14 && comparison.skipped.isEmpty)
    #expect(comparison.channels.allSatisfy { $0.largest == 0 && $0.rootMeanSquare == 0 })
    #expect(comparison.rowCount == 8)
    #expect(!comparison.exceeds(0))
  }

  @Test func differencesAreFoundWhereTheyAre() throws {
    var (a, b) = (flight, flight)
    for i in a.indices { for j in a[i].indices { a[i][j].velocity.z = 1 } }
    b = a
    b[1][0].velocity.z = 1.25
    b[2][1].velocity.z = 0.5
    let comparison = try compare(a, b)
    let vz = try channel("vz", comparison)
    #expect(vz.largest == 0.5 && vz.drone == 1 && vz.time == flight[2][1].time)
    #expect(abs(vz.rootMeanSquare - ((0.0625 + 0.25) / 8).squareRoot()) < 1e-15)
    #expect(comparison.channels.allSatisfy { $0.name == "vz" || $0.largest == 0 })
    #expect(comparison.exceeds(0.49) && !comparison.exceeds(0.5) && comparison.exceeds(.nan))
  }

  @Test func bothSignsOfAQuaternionAreOneAttitude() throws {
    var b = flight
    for i in b.indices {
      let q = b[i][0].attitude
      b[i][0].attitude = Rotation(x: -q.x, y: -q.y, z: -q.z, w: -q.w)
    }
    #expect(try channel("attitude", compare(flight, b)).largest == 0)
  }

  @Test func theDistanceOfAttitudesIsHalfTheAngleBetweenThem() throws {
    var b = flight
    let turn = Rotation<World, World, Double>(rotationVector: Vector(0.0006, 0, -0.0008))
    let q = turn.after(b[3][1].attitude)
    b[3][1].attitude = Rotation(x: -q.x, y: -q.y, z: -q.z, w: -q.w)
    let attitude = try channel("attitude", compare(flight, b))
    #expect(abs(attitude.largest - 0.0005) < 1e-9)
    #expect(attitude.drone == 1)
  }

  @Test func untilContactStopsEachDroneBeforeItsFirstContactInEitherFile() throws {
    var a = flight
    for i in a.indices { for j in a[i].indices { a[i][j].contacts = 0 } }
    var b = a
    a[2][0].contacts = 1
    b[3][1].contacts = 3
    b[2][0].position.x += 5
    b[3][0].position.x += 5
    b[3][1].position.x += 5
    b[1][1].position.x += 0.125
    let comparison = try compare(a, b, untilContact: true)
    #expect(comparison.rowCount == 2 + 3)
    let x = try channel("x", comparison)
    #expect(abs(x.largest - 0.125) < 1e-12 && x.drone == 1)
  }

  @Test func rowsAfterAContactNeedNoCounterpart() throws {
    let a = try temporary.write("t,drone,x,n_contacts\n0,0,1,0\n1,0,1,1\n2,0,9,0\n", to: "a.csv")
    let b = try temporary.write("t,drone,x,y\n0,0,1.5,0\n", to: "b.csv")
    let comparison = try TrajectoryComparison(a, b, untilContact: true)
    #expect(comparison.rowCount == 1 && comparison.channels.map(\.name) == ["x"])
    #expect(comparison.skipped.count == 13 && comparison.skipped.contains("y"))
    #expect(comparison.channels[0].largest == 0.5)
  }

  @Test(arguments: [
    ("0,0,1\n1,0,2\n", "0,0,1\n", "a.csv:3: drone 0 at t = 1.0 s has no row at that time in"),
    ("0,0,1\n", "0,0,1\n1,0,2\n", "b.csv:3: drone 0 at t = 1.0 s has no row at that time in"),
    ("0,0,1\n1,0,2\n", "0,0,1\n1.00000001,0,2\n", "a.csv:3: drone 0 at t = 1.0 s has no row"),
    ("0,0,1\n0,1,1\n", "0,0,1\n", "b.csv: there is no drone 1, but there is in"),
    ("0,0,1\n", "0,0,\n", "b.csv:2: column \"x\": \"\" is not a number"),
    ("", "", "a.csv: there are no rows or no columns to compare"),
  ])
  func whatCannotBeComparedIsSaid(_ a: String, _ b: String, _ expected: String) throws {
    let first = try temporary.write("t,drone,x\n" + a, to: "a.csv")
    let second = try temporary.write("t,drone,x\n" + b, to: "b.csv")
    #expect {
      _ = try TrajectoryComparison(first, second)
    } throws: {
      "\($0)".hasPrefix("\(temporary.path)/\(expected)")
    }
  }

  @Test func filesWithoutACommonChannelAreNotTheSame() throws {
    let a = try temporary.write("t,drone,x\n0,0,1\n", to: "a.csv")
    let b = try temporary.write("t,drone,y\n0,0,1\n", to: "b.csv")
    #expect(throws: CSVError(file: a, .nothingToCompare)) { try TrajectoryComparison(a, b) }
  }

  @Test func timesMayDifferByTheirRounding() throws {
    let a = try temporary.write("t,drone,x\n0,0,1\n1,0,2\n", to: "a.csv")
    let b = try temporary.write("t,drone,x\n0,0,1\n1.0000000001,0,2\n", to: "b.csv")
    #expect(try !TrajectoryComparison(a, b).exceeds(0))
  }
}
