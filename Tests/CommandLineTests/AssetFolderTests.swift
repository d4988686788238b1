import Foundation
import SwiftletAssets
import TestSupport
import Testing

/// Where the program finds its data files, and what it says where it does not.
struct AssetFolderTests {
  private static let parts = ["Drones", "Policies", "Viewer"]

  /// A temporary folder with the parts of the data files in some folders of it.
  private func folder(withDataIn places: String...) throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    for place in places {
      for part in Self.parts {
        try FileManager.default.createDirectory(
          atPath: folder.path("\(place)/\(part)"), withIntermediateDirectories: true)
      }
    }
    return folder
  }

  @Test("the environment is looked at first, then beside the program, then in ../share/swiftlet")
  func order() throws {
    let (beside, share) = ("bin/swiftlet_SwiftletAssets.resources", "share/swiftlet")
    let both = try folder(withDataIn: beside, share, "named")
    let bin = both.url.appendingPathComponent("bin")
    let named = AssetFolder.find(named: both.path("named"), beside: bin)
    #expect(named.url.path == both.path("named") && named.missing == nil)
    let found = AssetFolder.find(named: nil, beside: bin)
    #expect(found.url.path.hasSuffix(beside) && found.missing == nil)
    let installed = try folder(withDataIn: share)
    let last = AssetFolder.find(named: "", beside: installed.url.appendingPathComponent("bin"))
    #expect(last.url.path.hasSuffix(share) && last.missing == nil)
  }

  @Test("a folder without one of the parts does not count", arguments: parts)
  func incomplete(part: String) throws {
    let (beside, share) = ("bin/swiftlet_SwiftletAssets.resources", "share/swiftlet")
    let folder = try folder(withDataIn: beside, share)
    try FileManager.default.removeItem(atPath: folder.path("\(beside)/\(part)"))
    let found = AssetFolder.find(named: nil, beside: folder.url.appendingPathComponent("bin"))
    #expect(found.url.path.hasSuffix(share) && found.missing == nil)
    // What the environment names is meant, and nothing takes its place.
    let named = AssetFolder.find(
      named: folder.path(beside), beside: folder.url.appendingPathComponent("bin"))
    #expect(
      named.missing
        == "SWIFTLET_ASSETS is \(folder.path(beside)), but there is no folder \(part) in it")
  }

  @Test("the binary copied away from its build folder, exit code 3 and one line")
  func copiedAway() throws {
    let folder = try TemporaryFolder()
    defer { withExtendedLifetime(folder) {} }
    let program = URL(fileURLWithPath: folder.path("bin/swiftlet"))
    try FileManager.default.createDirectory(
      at: program.deletingLastPathComponent(), withIntermediateDirectories: true)
    try FileManager.default.copyItem(at: Command.program, to: program)
    let outcome = try Command.run(program, ["fly", "Examples/circle.yaml"])
    let root = folder.url.path
    #expect(outcome.code == 3)
    #expect(
      outcome.error == """
        the data files of the program are neither in \(root)/bin/swiftlet_SwiftletAssets.resources \
        nor in \(root)/share/swiftlet; set SWIFTLET_ASSETS to their folder, or install the program \
        again

        """)
    #expect(try Command.run(program, ["--help"]).code == 0)

    let assets = Command.repository.appendingPathComponent("Assets").path
    let env = URL(fileURLWithPath: "/usr/bin/env")
    let told = try Command.run(env, ["SWIFTLET_ASSETS=\(assets)", program.path, "models"])
    #expect(told.code == 0 && told.output.contains("cf2x"), "\(told.error)")
    let wrong = try Command.run(env, ["SWIFTLET_ASSETS=/nowhere", program.path, "models"])
    #expect(wrong.code == 3)
    #expect(
      wrong.error == "SWIFTLET_ASSETS is /nowhere, but there is no folder Drones in it\n")
  }
}
