import Foundation
import Synchronization

/// Something that C holds by a number.
class Held {
  private let isInUse = Atomic<Bool>(false)
  /// How often this process and its ancestors had been forked.
  fileprivate let generation: Int

  init() { generation = Forks.count.load(ordering: .relaxed) }

  /// What C calls it.
  class var kind: String { "handle" }

  /// Does something while no other thread does.
  fileprivate func exclusively<Result>(_ body: () throws -> Result) throws -> Result {
    let isFree = isInUse.compareExchange(
      expected: false, desired: true, ordering: .acquiring
    ).exchanged
    guard isFree else {
      throw Failure(.inUse, "the \(Self.kind) is being used in another thread")
    }
    defer { isInUse.store(false, ordering: .releasing) }
    return try body()
  }
}

/// How often this process has come about by forking, counted from the first that used the library.
private enum Forks {
  static let count = Atomic<Int>(0)
}

/// What C holds, by number.
///
/// A handle is the place of a thing in its lower half, and in the upper how often the place was given
/// away, so that a handle that was closed is not taken for the thing that came after it.
///
/// It is `Sendable`, though the compiler cannot see why: the table is touched under the lock alone.
final class Handles: @unchecked Sendable {
  private struct Place {
    var content: Held?
    var uses: UInt32
  }

  private struct Table {
    var places: [Place] = []
    var free: [Int] = []
  }

  static let shared = Handles()

  // A lock that the child of a fork can open, which knows no owner; it is held for a moment only.
  private let isLocked = Atomic<Bool>(false)
  private var table = Table()

  private init() {
    // A fork waits until the table is whole, and begins a new generation in the child.
    let status = pthread_atfork(
      { Handles.shared.lock() }, { Handles.shared.unlock() },
      {
        Forks.count.add(1, ordering: .relaxed)
        Handles.shared.unlock()
      })
    precondition(status == 0, "there is no memory to take note of forks")
  }

  /// A new handle of something.
  func add(_ content: Held) -> UInt64 {
    lock()
    defer { unlock() }
    let index: Int
    if let free = table.free.popLast() {
      index = free
    } else {
      index = table.places.count
      table.places.append(Place(content: nil, uses: 0))
    }
    table.places[index].uses &+= 1
    table.places[index].content = content
    return UInt64(table.places[index].uses) << 32 | UInt64(index + 1)
  }

  /// Works with what a handle stands for, of some type, while no other thread does.
  func with<Content: Held, Result>(
    _ handle: UInt64, _ type: Content.Type = Content.self, _ body: (Content) throws -> Result
  ) throws -> Result {
    guard let held = content(of: handle) else {
      throw Failure(.badHandle, "the \(Content.kind) is closed, or was never one")
    }
    guard let content = held as? Content else {
      let kind = Swift.type(of: held).kind
      throw Failure(.badHandle, "the handle is a \(kind), not a \(Content.kind)")
    }
    guard held.generation == Forks.count.load(ordering: .relaxed) else {
      throw Failure(
        .forked,
        "the \(Content.kind) was created before this process was forked; create another here")
    }
    return try content.exclusively { try body(content) }
  }

  /// Forgets a handle, if it is one.
  func close(_ handle: UInt64) {
    lock()
    let content = take(handle)
    unlock()
    guard let content, content.generation != Forks.count.load(ordering: .relaxed) else { return }
    // Its threads are not there, and could not be told to end: it is never freed.
    _ = unsafe Unmanaged.passRetained(content)
  }

  private func take(_ handle: UInt64) -> Held? {
    guard let index = index(of: handle) else { return nil }
    defer { table.places[index].content = nil }
    table.free.append(index)
    return table.places[index].content
  }

  private func content(of handle: UInt64) -> Held? {
    lock()
    defer { unlock() }
    return index(of: handle).flatMap { table.places[$0].content }
  }

  /// The place of a handle that is not closed.
  private func index(of handle: UInt64) -> Int? {
    let (index, uses) = (Int(handle & 0xffff_ffff) - 1, UInt32(handle >> 32))
    guard table.places.indices.contains(index), table.places[index].uses == uses,
      table.places[index].content != nil
    else { return nil }
    return index
  }

  private func lock() {
    while !isLocked.compareExchange(expected: false, desired: true, ordering: .acquiring).exchanged
    {
      sched_yield()
    }
  }

  private func unlock() { isLocked.store(false, ordering: .releasing) }
}
