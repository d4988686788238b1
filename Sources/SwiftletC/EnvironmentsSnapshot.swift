public import CSwiftlet
import Foundation

/// What a task's environments keep of themselves.
typealias Kept = Codable & Sendable

/// All that the future of environments depends on.
final class EnvironmentsSnapshot: Held {
  let content: any Kept
  let ledger: EpisodeLedger

  init(content: any Kept, ledger: EpisodeLedger) {
    (self.content, self.ledger) = (content, ledger)
  }

  override class var kind: String { "snapshot" }
}

/// A snapshot as it is written down.
private struct WrittenSnapshot: Codable {
  var content: Data
  var ledger: EpisodeLedger
}

/// Writes a snapshot down as text.
@c @implementation
public func swiftlet_environments_snapshot_encode(
  _ snapshot: swiftlet_handle, _ buffer: UnsafeMutablePointer<CChar>!, _ capacity: Int,
  _ length: UnsafeMutablePointer<Int>!
) -> swiftlet_status {
  status {
    let words = try Handles.shared.with(snapshot, EnvironmentsSnapshot.self) { kept in
      let content = Data(try json(kept.content).utf8)
      return try json(WrittenSnapshot(content: content, ledger: kept.ledger))
    }
    unsafe try write(words, to: buffer, capacity: capacity, length: length)
  }
}

/// Reads a snapshot of environments made like these from a text.
@c @implementation
public func swiftlet_environments_snapshot_decode(
  _ environments: swiftlet_handle, _ words: UnsafePointer<CChar>!,
  _ snapshot: UnsafeMutablePointer<swiftlet_handle>!
) -> swiftlet_status {
  status {
    let handle = unsafe try require(snapshot, "snapshot")
    let data = Data(unsafe try text(words, "text").utf8)
    let kept = try Handles.shared.with(environments, Environments.self) { held in
      do {
        let written = try JSONDecoder().decode(WrittenSnapshot.self, from: data)
        guard written.ledger.fits(held.layout) else { throw Failure.argument("") }
        return EnvironmentsSnapshot(
          content: try held.decode(written.content), ledger: written.ledger)
      } catch { throw Failure.argument("the text is no snapshot of environments like these") }
    }
    unsafe handle.pointee = Handles.shared.add(kept)
  }
}
