import Files
public import Foundation

/// The folder of one run: where its trajectory, metadata and pictures go.
public struct RunFolder: Sendable {
  /// Where it is.
  public let path: String

  /// Keeps other runs out of the folder for as long as this one is at work.
  private let lock: FolderLock?

  /// Makes a folder of a name that no other run has: `parent/name-YYYYMMDD-HHMMSS`, with `-2`, `-3`
  /// and so on after it where that is taken.
  ///
  /// Two programs that start at the same moment get two folders.
  public init(
    named name: String, in parent: String = "runs", at date: Date = Date(),
    timeZone: TimeZone = .current
  ) throws(RecordingError) {
    guard !name.isEmpty, !name.contains("/"), isWholePath(name) else { throw .unfitName(name) }
    guard !parent.isEmpty, isWholePath(parent) else { throw .unfitName(parent) }
    try makeFolders(parent)
    let stem = "\(parent)/\(name)-\(Self.stamp(date, timeZone))"
    var candidate = stem
    var number = 1
    while let failure = failureToMakeFolder(candidate) {
      guard failure.code == EEXIST else { throw failure.error(candidate, "make the folder") }
      number += 1
      candidate = "\(stem)-\(number)"
    }
    path = candidate
    lock = FolderLock(candidate)
  }

  /// The folder of a run that goes on, while no other run is at work in it.
  package init(goingOnAt path: String) throws(RecordingError) {
    guard !path.isEmpty, isWholePath(path) else { throw .unfitName(path) }
    lock = FolderLock(path)
    guard lock != nil else { throw Self.isBusy(path) }
    self.path = path
  }

  private static func isBusy(_ path: String) -> RecordingError {
    .refused(path: path, action: "use it", reason: "another run is writing into it")
  }

  /// Makes the folder at a path, with those above it; it may be there already if it is empty, and no
  /// other run is about to write into it.
  public init(at path: String) throws(RecordingError) {
    guard !path.isEmpty, isWholePath(path) else { throw .unfitName(path) }
    try makeFolders(path)
    let isEmpty: Bool
    do throws(SystemFailure) {
      // Locked first, and looked into then: of two runs that start at once, one finds it locked, or
      // finds what the other has written.
      lock = FolderLock(path)
      isEmpty = try isEmptyFolder(path)
    } catch {
      throw error.error(path, "use it as a folder")
    }
    guard isEmpty else { throw .folderNotEmpty(path: path) }
    guard lock != nil else { throw Self.isBusy(path) }
    self.path = path
  }

  /// The path of a file in the folder.
  public func file(_ name: String) -> String { "\(path)/\(name)" }

  private static func stamp(_ date: Date, _ timeZone: TimeZone) -> String {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = timeZone
    let parts = calendar.dateComponents(
      [.year, .month, .day, .hour, .minute, .second], from: date)
    func digits(_ value: Int?, _ width: Int) -> String {
      let text = String(value ?? 0)
      return String(repeating: "0", count: max(0, width - text.count)) + text
    }
    let day = digits(parts.year, 4) + digits(parts.month, 2) + digits(parts.day, 2)
    return "\(day)-\(digits(parts.hour, 2))\(digits(parts.minute, 2))\(digits(parts.second, 2))"
  }
}

/// Makes a folder and those above it, where they are missing.
private func makeFolders(_ path: String) throws(RecordingError) {
  var failure = failureToMakeFolder(path)
  if failure?.code == ENOENT, let parent = parentPath(path) {
    try makeFolders(parent)
    failure = failureToMakeFolder(path)
  }
  // Whether a file or a folder is in the way shows when the folder is used.
  if let failure, failure.code != EEXIST { throw failure.error(path, "make the folder") }
}

private func failureToMakeFolder(_ path: String) -> SystemFailure? {
  do throws(SystemFailure) {
    try makeFolder(path)
    return nil
  } catch {
    return error
  }
}

/// The path of the folder that holds another path's end; `nil` if none is named.
private func parentPath(_ path: String) -> String? {
  var rest = Substring(path)
  while rest.last == "/" { rest.removeLast() }
  guard let slash = rest.lastIndex(of: "/") else { return nil }
  rest = rest[..<slash]
  return rest.isEmpty ? nil : String(rest)
}
