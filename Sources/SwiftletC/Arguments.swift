import Foundation

/// Texts that stay where they are.
enum Constants {
  /// No characters.
  nonisolated(unsafe) static let empty = unsafe text("")

  /// A text that is never freed.
  static func text(_ string: String) -> UnsafePointer<CChar> {
    guard let copy = unsafe strdup(string) else { fatalError("there is no memory for a text") }
    return unsafe UnsafePointer(copy)
  }
}

/// The text at an address.
func text(_ pointer: UnsafePointer<CChar>?, _ name: String) throws -> String {
  guard let pointer = unsafe pointer else { throw Failure.null(name) }
  guard let text = unsafe String(validatingCString: pointer) else {
    throw Failure.argument("\(name) is not text in UTF-8")
  }
  return text
}

/// Writes a text, or as much of it as there is room for, and the length of the whole.
func write(
  _ text: String, to buffer: UnsafeMutablePointer<CChar>?, capacity: Int,
  length: UnsafeMutablePointer<Int>?
) throws {
  let bytes = Array(text.utf8)
  guard unsafe buffer != nil || capacity == 0 else { throw Failure.null("text") }
  guard unsafe buffer != nil || length != nil else { throw Failure.null("length") }
  if let buffer = unsafe buffer, capacity > 0 {
    let count = min(bytes.count, capacity - 1)
    for index in 0..<count { unsafe buffer[index] = CChar(bitPattern: bytes[index]) }
    unsafe buffer[count] = 0
  }
  if let length = unsafe length { unsafe length.pointee = bytes.count }
}

/// What is at an address, which has to be one.
func require<T>(
  _ pointer: UnsafeMutablePointer<T>?, _ name: String
) throws -> UnsafeMutablePointer<T> {
  guard let pointer = unsafe pointer else { throw Failure.null(name) }
  return unsafe pointer
}

/// Refuses a struct of another size than this version knows.
func checkSize<T>(_ size: UInt32, of type: T.Type, _ name: String) throws {
  guard Int(size) >= MemoryLayout<T>.size else {
    throw Failure.argument(
      "\(name).struct_size is \(size); expected \(MemoryLayout<T>.size), as sizeof gives it")
  }
}

/// Something as JSON.
func json(_ value: some Encodable) throws -> String {
  let encoder = JSONEncoder()
  encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
  return String(decoding: try encoder.encode(value), as: UTF8.self)
}

/// The elements at an address, if there is one.
func list<T>(_ start: UnsafePointer<T>?, _ count: Int) -> [T]? {
  unsafe start.map { unsafe Array(UnsafeBufferPointer(start: $0, count: count)) }
}
