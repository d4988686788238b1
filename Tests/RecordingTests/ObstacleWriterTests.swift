import Recording
import SpatialMath
import TestSupport
import Testing

/// How obstacles move, to a file.
@Suite struct ObstacleWriterTests {
  let temporary: TemporaryFolder
  let folder: RunFolder

  init() throws {
    temporary = try TemporaryFolder()
    folder = try RunFolder(at: temporary.path)
  }

  private func sample(_ time: Double, _ obstacle: Int, height: Double) -> ObstacleSample {
    ObstacleSample(
      time: time, obstacle: obstacle, position: Vector(1, -2, height), attitude: .identity,
      velocity: Vector(0, 0.5, 0), angularVelocity: Vector(0, 0, -3))
  }

  @Test func rowsAreWrittenInstantByInstantUnderAPartialName() throws {
    var writer = try ObstacleWriter(in: folder)
    try writer.append([sample(0, 1, height: 3), sample(0, 4, height: 5)])
    #expect(temporary.contents == ["obstacles.csv.partial"])
    try writer.append([sample(0.25, 1, height: 3.5), sample(0.25, 4, height: 5.5)])
    let expected = """
      t,obstacle,x,y,z,qx,qy,qz,qw,vx,vy,vz,wx,wy,wz
      0.0,1,1.0,-2.0,3.0,0.0,0.0,0.0,1.0,0.0,0.5,0.0,0.0,0.0,-3.0
      0.0,4,1.0,-2.0,5.0,0.0,0.0,0.0,1.0,0.0,0.5,0.0,0.0,0.0,-3.0
      0.25,1,1.0,-2.0,3.5,0.0,0.0,0.0,1.0,0.0,0.5,0.0,0.0,0.0,-3.0
      0.25,4,1.0,-2.0,5.5,0.0,0.0,0.0,1.0,0.0,0.5,0.0,0.0,0.0,-3.0

      """
    #expect(try contents(folder.file("obstacles.csv.partial")) == expected)
    try writer.finish()
    #expect(temporary.contents == ["obstacles.csv"])
    #expect(try contents(folder.file("obstacles.csv")) == expected)
  }

  @Test func namesStandInAColumnOfTheirOwn() throws {
    var writer = try ObstacleWriter(in: folder, names: ["a", nil, nil, nil, "gate 4"])
    try writer.append([sample(0, 1, height: 3), sample(0, 4, height: 5)])
    try writer.finish()
    let expected = """
      t,obstacle,x,y,z,qx,qy,qz,qw,vx,vy,vz,wx,wy,wz,name
      0.0,1,1.0,-2.0,3.0,0.0,0.0,0.0,1.0,0.0,0.5,0.0,0.0,0.0,-3.0,
      0.0,4,1.0,-2.0,5.0,0.0,0.0,0.0,1.0,0.0,0.5,0.0,0.0,0.0,-3.0,gate 4

      """
    #expect(try contents(folder.file("obstacles.csv")) == expected)
  }

  @Test(arguments: [Double.nan, .infinity])
  func aNumberThatIsNotFiniteIsRefusedWithItsInstant(_ bad: Double) throws {
    var writer = try ObstacleWriter(in: folder)
    try writer.append([sample(0, 0, height: 1)])
    let error = RecordingError.unfitValue(
      of: "obstacle 2", time: 0.5, column: "z", value: "\(bad)", expected: "a finite number")
    #expect(throws: error) {
      try writer.append([sample(0.5, 0, height: 1), sample(0.5, 2, height: bad)])
    }
    try writer.append([sample(0.75, 0, height: 1)])
    try writer.finish()
    let table = try TrajectoryTable(
      contentsOf: folder.file("obstacles.csv"), required: ["t", "obstacle"])
    #expect(table["t"] == [0, 0.75])
  }
}
