import Foundation
import Configuration
import TestSupport
import Testing

struct FileTests {
  /// What a person sees of a file with these bytes.
  private func complaint(about bytes: Data) throws -> String {
    let folder = try TemporaryFolder()
    let lines = try complaint(aboutFile: folder.write(bytes, to: "s.yaml"))
    return lines.replacingOccurrences(of: folder.path + "/", with: "")
  }

  private func complaint(aboutFile path: String) -> String {
    do {
      return try LocatedNode(file: path).read { "\($0.number("a"))" }
    } catch {
      return error.description
    }
  }

  @Test("are read")
  func areRead() throws {
    #expect(try complaint(about: Data("a: 5".utf8)) == "5.0")
    #expect(
      try complaint(about: Data("\n\na: q".utf8))
        == "s.yaml:3: a: q is not a number; expected a number")
  }

  @Test("that are no scenarios are refused in a line")
  func thatAreNoScenariosAreRefused() throws {
    let empty = "s.yaml: is empty; expected keys and values, such as \"version: 1\""
    #expect(try complaint(about: Data()) == empty)
    #expect(try complaint(about: Data([0x61, 0xFF])) == "s.yaml:1: is not text in UTF-8")
    let utf16 = Data([0xFF, 0xFE, 0x61, 0])
    #expect(try complaint(about: utf16) == "s.yaml:1: is not text in UTF-8")
    let noise = Data(repeating: UInt8(ascii: "["), count: 10_000_000)
    #expect(try complaint(about: noise) == "s.yaml: is larger than 4 MB")
  }

  @Test("that are not there, or not files, are refused in a line")
  func thatAreNotThereAreRefused() {
    #expect(complaint(aboutFile: "/none/s.yaml") == "/none/s.yaml: there is no such file")
    #expect(complaint(aboutFile: "a\nb") == "a\\nb: there is no such file")
    #expect(complaint(aboutFile: "/") == "/: is a folder; expected a file")
    #expect(complaint(aboutFile: "/dev/zero") == "/dev/zero: is a device; expected a file")
  }
}
