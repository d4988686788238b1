package import Synchronization

/// Neighbouring worlds of a batch that one thread steps at a time, and whatever steps them.
package final class WorldBlock<Content: ~Copyable & Sendable>: Sendable {
  /// Which worlds of the batch they are. [–]
  package let worlds: Range<Int>
  /// What steps them, for one thread at a time.
  package let content: Mutex<Content>

  /// A block of worlds.
  package init(_ worlds: Range<Int>, _ content: consuming sending Content) {
    self.worlds = worlds
    self.content = Mutex(content)
  }
}

extension WorldBatch {
  /// Divides worlds into blocks of about 64 drones, which fit the fastest cache; all but the last have
  /// as many worlds.
  package static func blocks(ofWorlds count: Int, dronesPerWorld: Int) -> [Range<Int>] {
    let size = max(1, 64 / max(1, dronesPerWorld))
    return stride(from: 0, to: count, by: size).map { $0..<min(count, $0 + size) }
  }
}
