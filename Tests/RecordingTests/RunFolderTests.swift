import Foundation
import Recording
import TestSupport
import Testing

/// Fresh folders, and the metadata in them.
@Suite struct RunFolderTests {
  let temporary: TemporaryFolder

  init() throws { temporary = try TemporaryFolder() }

  @Test func runsOfOneSecondGetFoldersOfTheirOwn() throws {
    let parent = temporary.path + "/deep/runs"
    let utc = try #require(TimeZone(secondsFromGMT: 0))
    let date = Date(timeIntervalSince1970: 1_709_186_645)
    let names = try (0..<3).map { _ in
      try RunFolder(named: "circle", in: parent, at: date, timeZone: utc).path
    }
    let stem = parent + "/circle-20240229-060405"
    #expect(names == [stem, stem + "-2", stem + "-3"])
  }

  @Test func anExplicitFolderIsMadeWithItsParentsAndMustBeEmpty() throws {
    let path = temporary.path + "/a/b/c/"
    let folder = try RunFolder(at: path)
    #expect(throws: RecordingError.self) { try RunFolder(at: path) }
    try writeMetadata(["seed": 1], to: folder.file("metadata.json"))
    #expect(throws: RecordingError.folderNotEmpty(path: path)) { try RunFolder(at: path) }
  }

  @Test func anEmptyFolderIsThereForTheNextRunWhenTheOneBeforeHasEnded() throws {
    let path = temporary.path + "/again"
    do { _ = try RunFolder(at: path) }
    _ = try RunFolder(at: path)
  }

  @Test(arguments: ["", "a/b", "a\0b"])
  func aNameThatIsNoneIsRefused(_ name: String) {
    #expect(throws: RecordingError.unfitName(name)) {
      try RunFolder(named: name, in: temporary.path)
    }
  }

  @Test func aFileInTheWayIsSaidSo() throws {
    let file = try temporary.write("", to: "file")
    for path in [file, file + "/below", file + "/far/below"] {
      #expect {
        _ = try RunFolder(at: path)
      } throws: {
        "\($0)".hasSuffix("Not a directory")
      }
    }
    #expect(throws: RecordingError.self) { try RunFolder(named: "run", in: file) }
    #expect(throws: RecordingError.self) { try writeMetadata(["a": 1], to: file + "/below") }
  }

  @Test(.enabled(if: getuid() != 0, "nothing is forbidden to root"))
  func aFolderThatMayNotBeWrittenIsSaidSo() throws {
    let path = temporary.path + "/closed"
    try FileManager.default.createDirectory(
      atPath: path, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o555])
    #expect {
      _ = try RunFolder(named: "run", in: path)
    } throws: {
      "\($0)".hasSuffix("could not make the folder: Permission denied")
    }
  }

  @Test func metadataIsSortedAndReplacedAtOneStroke() throws {
    let path = temporary.path + "/metadata.json"
    try writeMetadata(["b": "old"], to: path)
    try writeMetadata(["b": "x/y", "a": "z"], to: path)
    #expect(
      try contents(path) == """
        {
          "a" : "z",
          "b" : "x/y"
        }

        """)
    #expect(temporary.contents == ["metadata.json"])
  }

  @Test func metadataThatIsNoJSONLeavesTheOldFileAlone() throws {
    let path = temporary.path + "/metadata.json"
    try writeMetadata(["mass": 1.5], to: path)
    #expect {
      try writeMetadata(["mass": Double.nan], to: path)
    } throws: {
      "\($0)".contains("metadata.json: cannot be written as JSON: mass: ")
    }
    #expect(try contents(path).contains("1.5"))
    #expect(temporary.contents == ["metadata.json"])
  }
}
