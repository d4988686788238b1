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
  /// Divides worlds into blocks of about 128 drones, which fit the second cache; all but the last have as many worlds.
  ///
  /// Where there are several they are an even number, so that two threads have as much to do.
  package static func blocks(ofWorlds count: Int, dronesPerWorld: Int) -> [Range<Int>] {
    let most = max(1, 128 / max(1, dronesPerWorld))
    var blockCount = (count + most - 1) / most
    if blockCount > 1, !blockCount.isMultiple(of: 2) { blockCount += 1 }
    let size = max(1, (count + blockCount - 1) / max(1, blockCount))
    return stride(from: 0, to: count, by: size).map { $0..<min(count, $0 + size) }
  }
}
