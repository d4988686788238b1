import Files
import Foundation
import TestSupport
import Testing

/// Files that come from outside.
struct InputFileTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func fault(of path: String, atMost largest: Int = 10) -> String? {
    do throws(FileFault) {
      _ = try contents(ofFile: path, atMost: largest)
      return nil
    } catch { return error.description }
  }

  /// A file of some length that takes no room on the disk.
  private func sparseFile(_ length: UInt64) throws -> String {
    let path = try folder.write("", to: "sparse-\(length)")
    let file = try #require(FileHandle(forWritingAtPath: path))
    try file.truncate(atOffset: length)
    return path
  }

  @Test("are read as they are, up to the largest that may be")
  func areRead() throws {
    for text in ["", "a", "0123456789"] {
      let path = try folder.write(text, to: "f")
      #expect(try contents(ofFile: path, atMost: 10) == Array(text.utf8))
    }
    #expect(try fault(of: folder.write("0123456789a", to: "f")) == "is larger than 10 bytes")
  }

  @Test("are refused by their size, before any of them is read")
  func areRefusedBySize() throws {
    // More than there is memory: a program that read it would not come back.
    let path = try sparseFile(1 << 40)
    #expect(fault(of: path, atMost: 4_000_000) == "is larger than 4 MB")
    #expect(fault(of: path, atMost: 4_000_000_000) == "is larger than 4 GB")
  }

  @Test("that say nothing of their size are refused once too much has come out of them")
  func areRefusedAsTheyAreRead() {
    // The kernel makes it while it is read.
    #expect(fault(of: "/proc/self/maps", atMost: 100) == "is larger than 100 bytes")
    #expect(fault(of: "/proc/self/maps", atMost: 10_000_000) == nil)
  }

  @Test("that are none are refused at once")
  func areNone() throws {
    let pipe = folder.path("pipe")
    // unsafe: C reads the path.
    try #require(unsafe mkfifo(pipe, 0o600) == 0)
    #expect(fault(of: pipe) == "is a pipe; expected a file")
    #expect(fault(of: folder.path) == "is a folder; expected a file")
    #expect(fault(of: "/dev/zero") == "is a device; expected a file")
    #expect(fault(of: folder.path("none")) == "there is no such file")
    #expect(fault(of: "a\0b") == "cannot be read: Invalid argument")
    let silent = #expect(throws: FileFault.self) {
      try InputFile(opening: pipe, atMost: 10, takesPipes: true).contents()
    }
    #expect(silent?.description == "is a pipe that nothing comes out of; expected a file")
  }
}
