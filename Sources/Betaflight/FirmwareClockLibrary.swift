import Foundation
import SwiftletAssets

/// The library that is loaded into a firmware, so that its time is the simulation's.
package enum FirmwareClockLibrary {
  private static let name = "libFirmwareClock.so"

  /// Why a program cannot take the simulation's time; `nil` where it can, as far as can be seen before it runs.
  package static func obstacle(for program: String) -> String? {
    do throws(BetaflightError) {
      _ = try path(for: program)
      return nil
    } catch { return error.description }
  }

  /// What is to be loaded into a program before its own libraries.
  static func path(for program: String) throws(BetaflightError) -> String {
    #if !os(Linux)
    throw BetaflightError("the clock of a firmware can be the simulation's on Linux alone")
    #endif
    guard !isStatic(program) else {
      throw BetaflightError(
        "\(program) is linked statically, and its clock cannot be replaced; build it without SITL_STATIC"
      )
    }
    guard let library = places.first(where: { FileManager.default.fileExists(atPath: $0.path) })
    else {
      let all = places.map(\.path).joined(separator: ", ")
      throw BetaflightError("\(name) is in none of \(all); build it with make build")
    }
    let others = ProcessInfo.processInfo.environment["LD_PRELOAD"].map { ":" + $0 } ?? ""
    return library.path + others
  }

  /// Where the library may be: beside the program, or the data files; or where it is installed.
  private static var places: [URL] {
    let program = Bundle.main.executableURL?.deletingLastPathComponent()
    let data = AssetFolder.url
    let beside = ["..", "../../lib/swiftlet", "../../lib"].map { data.appendingPathComponent($0) }
    return ([program] + beside).compactMap { $0?.appendingPathComponent(name).standardizedFileURL }
  }

  /// Whether a program asks for no dynamic linker: an ELF file without a segment of the kind `PT_INTERP`.
  ///
  /// System V Application Binary Interface, chapter 5: the file's header has the place, size and number of the
  /// headers of segments at bytes 32, 54 and 56, and a segment's kind is its first word.
  static func isStatic(_ program: String) -> Bool {
    guard let file = FileHandle(forReadingAtPath: program),
      let head = try? file.read(upToCount: 4096), head.starts(with: [0x7F, 0x45, 0x4C, 0x46, 2, 1])
    else { return false }
    let bytes = [UInt8](head)
    func number(at place: Int, of size: Int) -> Int? {
      guard place >= 0, place + size <= bytes.count else { return nil }
      return bytes[place..<place + size].reversed().reduce(0) { $0 << 8 | Int($1) }
    }
    guard let place = number(at: 32, of: 4), let size = number(at: 54, of: 2),
      let count = number(at: 56, of: 2)
    else { return false }
    return !(0..<count).contains { number(at: place + $0 * size, of: 4) == 3 }
  }
}
