import Foundation
import Randomness
import Recording
import SpatialMath
import TestSupport
import Testing

/// Flights to files.
@Suite struct TrajectoryWriterTests {
  let temporary: TemporaryFolder
  let folder: RunFolder

  init() throws {
    temporary = try TemporaryFolder()
    folder = try RunFolder(at: temporary.path)
  }

  @Test func theHeaderIsExactlyTheAgreedOne() throws {
    try TrajectoryWriter(in: folder).finish()
    #expect(
      try contents(folder.file("trajectory.csv"))
        == "t,drone,x,y,z,qx,qy,qz,qw,roll,pitch,yaw,vx,vy,vz,wx,wy,wz,rpm0,rpm1,rpm2,rpm3,"
        + "ref_x,ref_y,ref_z,ref_vx,ref_vy,ref_vz,ref_yaw,contacts\n")
  }

  @Test func aRowIsWrittenColumnByColumn() throws {
    var writer = try TrajectoryWriter(in: folder)
    let quarter = RollPitchYaw<Double>(roll: 0.1, pitch: -0.2, yaw: 0.3)
    let samples = [
      TrajectorySample(
        time: 0.5, drone: 3, position: Vector(1, -2, 3.25), attitude: Rotation(quarter),
        velocity: Vector(4, 5, 6), angularVelocity: Vector(7, 8, -1e-9),
        rotorSpeeds: [10, 11, 12, 13.5],
        reference: .init(position: Vector(14, 15, 16), velocity: Vector(17, 18, 19), yaw: 20),
        contacts: 2)
    ]
    try writer.append(samples)
    try writer.finish()
    let row = try contents(folder.file("trajectory.csv")).split(separator: "\n")[1]
      .split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    #expect(row[0..<5] == ["0.5", "3", "1.0", "-2.0", "3.25"])
    let angles = row[9..<12].compactMap(Double.init)
    for (angle, expected) in zip(angles, [0.1, -0.2, 0.3]) {
      #expect(abs(angle - expected) < 1e-12)
    }
    #expect(
      row[12..<22] == ["4.0", "5.0", "6.0", "7.0", "8.0", "-1e-09", "10.0", "11.0", "12.0", "13.5"])
    #expect(row[22...] == ["14.0", "15.0", "16.0", "17.0", "18.0", "19.0", "20.0", "2"])
  }

  @Test func readingsStandBehindTheRowsThatTheyBelongTo() throws {
    var writer = try TrajectoryWriter(in: folder, readings: ["range_front", "range_up"])
    let samples = (0..<2).map {
      TrajectorySample(time: 0, drone: $0, position: .zero, attitude: .identity)
    }
    try writer.append(samples.span, readings: [1.5, .nan, .nan, 0.25])
    #expect(throws: RecordingError.self) {
      try writer.append(samples.span, readings: [1, 2, .infinity, 4])
    }
    try writer.finish()
    let lines = try contents(folder.file("trajectory.csv")).split(separator: "\n")
    #expect(lines.map { $0.suffix(22) }[0] == "ts,range_front,range_up".suffix(22))
    #expect(lines.count == 3 && lines[1].hasSuffix(",0,1.5,") && lines[2].hasSuffix(",0,,0.25"))
  }

  @Test(arguments: [1, 2, 3] as [UInt64])
  func aFlightReadsBackBitForBit(seed: UInt64) throws {
    let flight = randomFlight(instants: 200, drones: 3, seed: seed)
    var writer = try TrajectoryWriter(in: folder)
    for instant in flight { try writer.append(instant) }
    try writer.finish()
    #expect(temporary.contents == ["trajectory.csv"])

    let columns = TrajectorySample.columns
    let table = try TrajectoryTable(
      contentsOf: folder.file("trajectory.csv"), required: [], optional: columns)
    #expect(table.rowCount == 600)
    for (row, sample) in flight.joined().enumerated() {
      for (name, expected) in zip(columns, numbers(sample)) {
        let read = try #require(table.cells(name))[row]
        if read?.bitPattern != (expected.isNaN ? nil : expected.bitPattern) {
          Issue.record(
            "seed \(seed), row \(row), column \(name): \(expected) is \(String(describing: read))")
        }
      }
    }
  }

  @Test func everyInstantIsReadableAtOnceAndTheNameSaysItIsPartial() throws {
    let flight = randomFlight(instants: 3, drones: 2, seed: 5)
    var writer = try TrajectoryWriter(in: folder)
    for (i, instant) in flight.enumerated() {
      try writer.append(instant)
      let table = try TrajectoryTable(
        contentsOf: folder.file("trajectory.csv.partial"), required: ["t", "rpm3"])
      #expect(table.rowCount == 2 * (i + 1))
    }
    #expect(temporary.contents == ["trajectory.csv.partial"])
    try writer.finish()
    #expect(temporary.contents == ["trajectory.csv"])
  }

  @Test func aWriterThatIsLetGoOfLeavesItsPartialFile() throws {
    do {
      var writer = try TrajectoryWriter(in: folder)
      let instant = randomFlight(instants: 1, drones: 2, seed: 6)[0]
      try writer.append(instant)
    }
    #expect(temporary.contents == ["trajectory.csv.partial"])
    // What one flight left behind, another does not overwrite.
    #expect {
      _ = try TrajectoryWriter(in: folder).finish()
    } throws: {
      "\($0)".contains("trajectory.csv.partial: could not create it: File exists")
    }
  }

  @Test(arguments: [Double.nan, .infinity, -.infinity])
  func aNumberThatIsNotFiniteIsRefusedWithItsInstant(_ bad: Double) throws {
    var flight = randomFlight(instants: 2, drones: 3, seed: 7)
    flight[1][2].velocity.y = bad
    var writer = try TrajectoryWriter(in: folder)
    try writer.append(flight[0])
    let error = RecordingError.unfitValue(
      of: "drone 2", time: flight[1][2].time, column: "vy", value: "\(bad)",
      expected: "a finite number")
    #expect(throws: error) { try writer.append(flight[1]) }
    try writer.finish()
    let table = try TrajectoryTable(contentsOf: folder.file("trajectory.csv"), required: ["t"])
    #expect(table["t"] == [0, 0, 0])
  }

  @Test func timesAndDronesMustAscend() throws {
    let flight = randomFlight(instants: 2, drones: 2, seed: 8)
    var writer = try TrajectoryWriter(in: folder)
    try writer.append(flight[1])
    for wrong in [flight[0], flight[1], [flight[1][1], flight[1][0]]] {
      #expect(throws: RecordingError.self) { try writer.append(wrong) }
    }
    var mixed = flight[1]
    (mixed[0].time, mixed[1].time) = (2, 1)
    #expect(throws: RecordingError.self) { try writer.append(mixed) }
  }

  // /dev/full is a file whose every write fails as on a full disk.
  @Test func aFullDiskIsAnErrorThatNamesTheFile() {
    #expect(
      throws: RecordingError.refused(
        path: "/dev/full", action: "write", reason: "No space left on device")
    ) { _ = try TrajectoryWriter(partialPath: "/dev/full", finishedPath: "never") }
  }

  // A process of its own, whose files may have 3,000 bytes: the write that crosses that takes some
  // of the bytes, and the next takes none.
  @Test func aDiskThatFillsUpLeavesWholeInstantsOnly() async {
    await #expect(processExitsWith: .success) {
      signal(SIGXFSZ, SIG_IGN)
      let temporary = try TemporaryFolder()
      let folder = try RunFolder(at: temporary.path)
      var writer = try TrajectoryWriter(in: folder)
      var limit = rlimit(rlim_cur: 3000, rlim_max: 3000)
      // unsafe: a C call that reads the struct.
      unsafe setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)

      var written = 0
      var failure: RecordingError?
      for instant in randomFlight(instants: 20, drones: 2, seed: 9) {
        do throws(RecordingError) {
          try writer.append(instant)
          written += 1
        } catch {
          failure = failure ?? error
          #expect(error == failure)
        }
      }
      #expect(written > 0 && written < 20)
      #expect(failure?.description.hasSuffix("could not write: File too large") == true)
      let partial = folder.file("trajectory.csv.partial")
      let text = try contents(partial)
      let table = try TrajectoryTable(contentsOf: partial, required: ["t", "contacts"])
      #expect(text.hasSuffix("\n") && table.rowCount == 2 * written)
      do throws(RecordingError) {
        try writer.finish()
        Issue.record("a flight with a gap was finished")
      } catch {
        #expect(error == failure)
      }
      #expect(temporary.contents == ["trajectory.csv.partial"])
    }
  }
}
