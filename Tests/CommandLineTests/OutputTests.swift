import Foundation
import TestSupport
import Testing

/// What goes wrong where a flight is written to.
struct OutputTests {
  @Test("an output path below a regular file, exit code 3")
  func belowAFile() throws {
    let folder = try TemporaryFolder()
    _ = try folder.write("", to: "file")
    let outcome = try Command.swiftlet(
      "fly", "Examples/circle.yaml", "--out", folder.path("file/run"))
    #expect(outcome.code == 3 && outcome.errorLines.count == 1, "\(outcome.error)")
    #expect(outcome.error.contains("file/run") && outcome.error.contains("Not a directory"))
  }

  @Test("a folder that has something in it is left alone, exit code 2")
  func notEmpty() throws {
    let folder = try TemporaryFolder()
    _ = try folder.write("precious", to: "thesis.txt")
    let outcome = try Command.swiftlet("fly", "Examples/circle.yaml", "--out", folder.url.path)
    #expect(outcome.code == 2 && outcome.errorLines.count == 1)
    #expect(folder.contents == ["thesis.txt"])
  }

  /// A disk of 256 KB where the tests may mount one, and otherwise a limit of that size on files.
  @Test("a full disk, exit code 3, and no file that looks finished")
  func fullDisk() throws {
    let folder = try TemporaryFolder()
    let script = """
      mkdir "$1/disk"
      if mount -t tmpfs -o size=256k tmpfs "$1/disk" 2>/dev/null; then trap 'umount "$1/disk"' EXIT
      else trap '' XFSZ; ulimit -f 256; fi
      "$0" fly Examples/circle.yaml --duration 60 --out "$1/disk/run"
      code=$?; ls "$1/disk/run"; tail -c 300 "$1/disk/run/trajectory.csv.partial"; exit $code
      """
    let outcome = try Command.run(
      URL(fileURLWithPath: "/bin/bash"), ["-c", script, Command.program.path, folder.url.path])
    #expect(outcome.code == 3 && outcome.errorLines.count == 1, "\(outcome.error)")
    #expect(outcome.error.contains("trajectory.csv.partial"))
    #expect(outcome.output.contains("trajectory.csv.partial\n"))
    #expect(!outcome.output.contains("trajectory.csv\n"))
    // Rows that did not fit whole are cut off again.
    #expect(outcome.output.hasSuffix("\n"))
  }

  @Test("compare: 0 within the tolerance, 1 beyond, 2 for bad files")
  func compare() throws {
    let folder = try TemporaryFolder()
    let a = try folder.write("t,drone,x\n0,0,1\n0.1,0,2\n", to: "a.csv")
    let b = try folder.write("t,drone,x\n0,0,1\n0.1,0,2.5\n", to: "b.csv")
    #expect(try Command.swiftlet("compare", a, b).code == 0)
    #expect(try Command.swiftlet("compare", a, b, "--tolerance", "0.6").code == 0)
    let beyond = try Command.swiftlet("compare", a, b, "--tolerance", "0.4")
    #expect(beyond.code == 1 && beyond.output.contains("5"))
    #expect(try Command.swiftlet("compare", a, folder.path("c.csv")).code == 2)
    #expect(try Command.swiftlet("compare", a, b, "--tolerance", "-1").code == 2)
  }

  @Test("compare prints a table that lines up, and names what it left out")
  func comparisonTable() throws {
    let folder = try TemporaryFolder()
    let a = try folder.write("t,drone,x,rpm0\n0,0,1,0\n1,0,2,14000\n", to: "a.csv")
    let b = try folder.write("t,drone,x,rpm0\n0,0,1,0\n1,0,2,14250\n", to: "b.csv")
    #expect(
      try Command.swiftlet("compare", a, b).output == """
        channel  unit      largest       RMS  drone   t [s]
        x        m               0         0      0  0.0000
        rpm0     rev/min  2.50e+02  1.77e+02      0  1.0000
        2 pairs of rows compared
        not in both files: y, z, attitude, vx, vy, vz, wx, wy, wz, rpm1, rpm2, rpm3

        """)
  }
}
