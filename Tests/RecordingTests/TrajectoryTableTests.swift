import Randomness
import Recording
import TestSupport
import Testing

/// Files of columns, ours and others', sound and broken.
@Suite struct TrajectoryTableTests {
  let temporary: TemporaryFolder

  init() throws { temporary = try TemporaryFolder() }

  func read(_ text: String, _ required: [String], optional: [String] = []) throws -> TrajectoryTable
  {
    try read(bytes: Array(text.utf8), required, optional: optional)
  }

  func read(
    bytes: [UInt8], _ required: [String], optional: [String] = []
  ) throws -> TrajectoryTable {
    let path = try temporary.write(bytes, to: "flight.csv")
    return try TrajectoryTable(contentsOf: path, required: required, optional: optional)
  }

  /// The message of the error that reading gives, from the file's name on.
  func message(
    _ bytes: [UInt8], _ required: [String] = ["t", "rpm2"], optional: [String] = []
  ) throws -> String? {
    do {
      _ = try read(bytes: bytes, required, optional: optional)
      return nil
    } catch let error as CSVError {
      return String("\(error)".dropFirst(temporary.path.count + 1))
    }
  }

  @Test func columnsAreFoundByNameAmongOthersInAnyOrder() throws {
    let table = try read("note,b,a\nhello,1,2\n,3.5,-4e-3\n", ["a", "b"])
    #expect(table["a"] == [2, -0.004])
    #expect(table["b"] == [1, 3.5])
    #expect(table.rowCount == 2)
  }

  @Test func emptyCellsOfOptionalColumnsAreNone() throws {
    let table = try read("a,b\n1,\n2,5\n3, \n", ["a"], optional: ["b", "c"])
    #expect(table.cells("b").map(Array.init) == [nil, 5, nil])
    #expect(table.cells("c") == nil)
  }

  @Test(arguments: [
    "a,b\r\n1,2\r\n3,4\r\n", "\u{feff}a,b\n1,2\n3,4", "\"a\",\"b\"\n\"1\",2\n3,\"4\"\n",
    " a ,\tb\n1 , 2\n3,4\n\n\n", "a,\"x\"\"y\",b\n1,\"p,\n\"\"q\"\"\",2\n3,,4\r\n\r\n",
    "a,b\n1,2\n3,4\r",
  ])
  func dialectsOfCSVSayTheSame(_ text: String) throws {
    let table = try read(text, ["a", "b"])
    #expect(table["a"] == [1, 3])
    #expect(table["b"] == [2, 4])
  }

  @Test func linesAreCountedAcrossEmptyLinesAndQuotes() throws {
    let table = try read("a,s\n1,\n\n2,\"two\nlines\"\n3,\n4,\n", ["a"])
    #expect((0..<4).map(table.line(ofRow:)) == [2, 4, 6, 7])
  }

  @Test func aHeaderAloneIsATableWithoutRows() throws {
    #expect(try read("t,rpm2\n", ["t"]).rowCount == 0)
    #expect(try read("t,rpm2", ["t"]).rowCount == 0)
  }

  @Test(arguments: [
    ("", "flight.csv: the file is empty; a header with the columns' names is missing"),
    ("\n\n", "flight.csv: the file is empty; a header with the columns' names is missing"),
    ("t,x\n", "flight.csv:1: there is no column \"rpm2\""),
    ("time,RPM_2\n", "flight.csv:1: there are no columns \"t\", \"rpm2\" (is \"RPM_2\" meant?)"),
    ("t;rpm2\n0;1\n", "flight.csv:1: semicolons stand between the fields; expected commas"),
    ("t\trpm2\n0\t1\n", "flight.csv:1: tabs stand between the fields; expected commas"),
    (
      "0,0\n1,2\n",
      "flight.csv:1: the first line holds numbers; expected a header with the columns' names, "
        + "such as t,x,y,z"
    ),
    ("t,rpm2,t\n", "flight.csv:1: column \"t\": the column is named twice"),
    ("t,rpm2\n0,1\n1,abc\n", "flight.csv:3: column \"rpm2\": \"abc\" is not a number"),
    ("t,rpm2\n0,1\n1,\n", "flight.csv:3: column \"rpm2\": \"\" is not a number"),
    ("t,rpm2\n0,nan\n", "flight.csv:2: column \"rpm2\": \"nan\" is not a finite number"),
    ("t,rpm2\n-inf,1\n", "flight.csv:2: column \"t\": \"-inf\" is not a finite number"),
    ("t,rpm2\n1e999,1\n", "flight.csv:2: column \"t\": \"1e999\" is not a finite number"),
    ("t,rpm2,x\n0,1\n", "flight.csv:2: 2 fields, where the header has 3"),
    ("t,rpm2\n0,1,2\n", "flight.csv:2: 3 fields, where the header has 2"),
    ("t,rpm2\n\n\n0\n", "flight.csv:4: 1 field, where the header has 2"),
    (
      "t,rpm2\n0,\"1\n", "flight.csv:2: a quote is never closed, or closed in the middle of a field"
    ),
    (
      "t,rpm2\n0,\"1\"2\n",
      "flight.csv:2: a quote is never closed, or closed in the middle of a field"
    ),
    ("t,rpm2\n0,1\u{1b}[2J\n", "flight.csv:2: column \"rpm2\": \"1\\x1b[2J\" is not a number"),
  ])
  func whatIsWrongIsSaidWithItsPlace(_ text: String, _ expected: String) throws {
    #expect(try message(Array(text.utf8)) == expected)
  }

  @Test func longFieldsAreShortenedAndStrayBytesEscaped() throws {
    let long = Array("t,rpm2\n0,\(String(repeating: "7x", count: 50_000))\n".utf8)
    #expect(
      try message(long)
        == "flight.csv:2: column \"rpm2\": \"\(String(repeating: "7x", count: 20))…\" is not a number"
    )
    let stray = Array("t,rpm2\n0,".utf8) + [0xff, 0x00, 0x41, 0x0a]
    #expect(
      try message(stray) == "flight.csv:2: column \"rpm2\": \"\\xff\\x00A\" is not a number")
  }

  @Test func noiseIsRefusedInOneShortLine() throws {
    for seed in 1...5 as ClosedRange<UInt64> {
      var random = SplitMix64(seed: seed)
      var noise: [UInt8] = []
      for _ in 0..<10 << 17 {
        let bits = random.next()
        for shift in stride(from: UInt64(0), to: 64, by: 8) {
          noise.append(UInt8(truncatingIfNeeded: bits >> shift))
        }
      }
      let said = try #require(try message(noise))
      #expect(said.utf8.count < 200 && !said.contains("\n"))
      let below = try #require(try message(Array("t,rpm2\n".utf8) + noise))
      #expect(below.utf8.count < 200 && !below.contains("\n"))
    }
    let endless = [UInt8](repeating: 0x61, count: 10 << 20)
    #expect(
      try message(endless)
        == "flight.csv:1: not a CSV file: not UTF-8 text in lines of at most 1 MiB")
  }

  @Test func whatIsNoFileIsSaidSo() throws {
    func said(_ path: String) -> String {
      do throws(CSVError) {
        _ = try TrajectoryTable(contentsOf: path, required: [])
        return ""
      } catch {
        return "\(error)"
      }
    }
    #expect(said("no/flight.csv") == "no/flight.csv: there is no such file")
    #expect(said("/") == "/: is a folder; expected a file")
    #expect(said("/dev/zero") == "/dev/zero: is a device; expected a file")
    #expect(said("a\0b").hasSuffix("cannot be read: Invalid argument"))
    #expect(said("").hasSuffix("there is no such file"))
  }

  @Test(arguments: ["t,a\n0,1\n1,2\n2,", "t,a\n0,1\n1,2\n2,3", "t,a\n0,1\n1,2\n2,\"3\n4"])
  func aLineThatWasCutOffCanBePassedOver(_ text: String) throws {
    let path = try temporary.write(text, to: "flight.csv.partial")
    let table = try TrajectoryTable(
      contentsOf: path, required: ["t", "a"])
    #expect(table["a"] == [1, 2])
  }

  @Test func recordsAreWholeAcrossTheStretchesThatAreRead() throws {
    var random = SplitMix64(seed: 11)
    var text = "a,s,b\n"
    var expected: [Double] = []
    while text.utf8.count < 5 << 20 {
      expected.append(random.uniform(in: -1...1))
      let filler = String(repeating: "é\"\"\n", count: Int(random.next() % 4000))
      text += "\(expected.count),\"\(filler)\",\(expected[expected.count - 1])\r\n"
    }
    let table = try read(text, ["a", "b"])
    #expect(table["b"] == expected)
    #expect(table["a"] == expected.indices.map { Double($0 + 1) })
  }
}

/// Rows of drones.
@Suite struct TrajectoryFileTests {
  let temporary: TemporaryFolder

  init() throws { temporary = try TemporaryFolder() }

  func read(_ text: String) throws -> TrajectoryFile {
    try TrajectoryFile(
      contentsOf: temporary.write(text, to: "flight.csv"), required: ["x"])
  }

  @Test func rowsAreGroupedByDrone() throws {
    let file = try read("drone,t,x\n0,0,1\n4,0,2\n0,0.5,3\n4,0.5,4\n")
    #expect(file.drones == [0, 4])
    #expect(file.values("x", ofDrone: 4) == [2, 4])
    #expect(file.times(ofDrone: 0) == [0, 0.5])
    #expect(file.rows(ofDrone: 4) == [1, 3])
    #expect(file.rows(ofDrone: 1).isEmpty)
    try file.requireSharedTimes()
  }

  @Test(arguments: [
    (
      "0,0,1\n0,1,1\n0,0.5,1\n", 4,
      "column \"t\": \"0.5\" is not later than 1.0, drone 0's time before"
    ),
    (
      "0,0,1\n1,0,1\n0,0,1\n", 4,
      "column \"t\": \"0.0\" is not later than 0.0, drone 0's time before"
    ),
    ("-1,0,1\n", 2, "column \"drone\": \"-1.0\" is not a whole number from 0 up"),
    ("0.5,0,1\n", 2, "column \"drone\": \"0.5\" is not a whole number from 0 up"),
    ("1e300,0,1\n", 2, "column \"drone\": \"1e+300\" is not a whole number from 0 up"),
  ])
  func rowsOutOfOrderAreSaidWithTheirLine(_ rows: String, _ line: Int, _ problem: String) throws {
    #expect {
      _ = try read("drone,t,x\n" + rows)
    } throws: {
      "\($0)" == "\(temporary.path)/flight.csv:\(line): \(problem)"
    }
  }

  @Test(arguments: [
    ("0,0,1\n0,1,1\n1,0,1\n", 3, 0, 1.0), ("0,0,1\n1,0,1\n1,1,1\n", 4, 1, 1.0),
    ("0,0,1\n0,1,1\n1,0,1\n1,1.1,1\n", 3, 0, 1.0),
  ])
  func timesThatDronesDoNotShareAreFound(
    _ rows: String, _ line: Int, _ drone: Int, _ time: Double
  ) throws {
    let file = try read("drone,t,x\n" + rows)
    #expect {
      try file.requireSharedTimes()
    } throws: { error in
      guard let error = error as? CSVError, case .unmatched(drone, time, _) = error.problem else {
        return false
      }
      return error.line == line
    }
  }
}
