import Foundation

/// A folder that a firmware keeps its settings in, as long as it flies.
final class FirmwareFolder: Sendable {
  let url: URL

  init() throws(BetaflightError) {
    let temporary = FileManager.default.temporaryDirectory
    url = temporary.appendingPathComponent("swiftlet-betaflight-\(UUID().uuidString)")
    do {
      try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    } catch { throw BetaflightError("no folder can be made in \(temporary.path): \(error)") }
  }

  deinit { try? FileManager.default.removeItem(at: url) }
}
