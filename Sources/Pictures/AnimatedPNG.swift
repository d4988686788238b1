import Foundation

/// A film as one PNG file, made of finished PNGs of one size without packing their pixels anew.
///
/// - [PNG, third edition](https://www.w3.org/TR/png-3/), W3C, 2025: §5.2 chunks, §11.3.6 animation.
final class AnimatedPNG: FilmReel {
  let packsAnew = false

  static let signature: [UInt8] = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]

  private let path: String
  private let file: FileHandle
  /// The delay between pictures, as a fraction of a second.
  private let delay: (UInt16, UInt16)
  private var header: [UInt8] = []
  private var sequence: UInt32 = 0

  /// An empty film in a new file.
  init(at path: String, rate: Double) throws(PictureError) {
    self.path = path
    delay =
      rate >= 1 ? (1000, UInt16(min(rate, 65) * 1000)) : (UInt16(min(1 / rate, 65) * 1000), 1000)
    _ = FileManager.default.createFile(atPath: path, contents: nil)
    guard let file = FileHandle(forWritingAtPath: path) else {
      throw .unfit(path: path, reason: "the file cannot be written")
    }
    self.file = file
  }

  func append(_ picture: [UInt8], of count: Int) throws(PictureError) {
    let chunks = try Self.chunks(of: picture)
    guard let first = chunks.first, first.type == "IHDR" else {
      throw .failedProgram("chromium", reason: "it took a picture that is no PNG")
    }
    var bytes: [UInt8] = []
    let isFirst = header.isEmpty
    if isFirst {
      header = first.data
      bytes += Self.signature + Self.chunk("IHDR", header)
      bytes += Self.chunk("acTL", Self.bigEndian(UInt32(count)) + Self.bigEndian(UInt32(0)))
    }
    guard first.data == header else {
      throw .failedProgram("chromium", reason: "its pictures differ in size or kind")
    }
    bytes += Self.chunk("fcTL", frameControl())
    for chunk in chunks where chunk.type == "IDAT" {
      // The first picture is also what programs without animation show.
      bytes +=
        isFirst
        ? Self.chunk("IDAT", chunk.data) : Self.chunk("fdAT", nextSequence() + chunk.data)
    }
    try write(bytes)
  }

  func close() throws(PictureError) {
    try write(Self.chunk("IEND", []))
    try? file.close()
  }

  private func write(_ bytes: [UInt8]) throws(PictureError) {
    do { try file.write(contentsOf: Data(bytes)) } catch {
      throw .unfit(path: path, reason: "could not write: \(error.localizedDescription)")
    }
  }

  /// The whole picture, from the upper left, for the delay, in the place of the one before.
  private func frameControl() -> [UInt8] {
    nextSequence() + header[0..<8] + Self.bigEndian(UInt32(0)) + Self.bigEndian(UInt32(0))
      + Self.bigEndian(delay.0) + Self.bigEndian(delay.1) + [0, 0]
  }

  private func nextSequence() -> [UInt8] {
    defer { sequence += 1 }
    return Self.bigEndian(sequence)
  }

  static func bigEndian<Number: FixedWidthInteger>(_ number: Number) -> [UInt8] {
    stride(from: Number.bitWidth - 8, through: 0, by: -8).map {
      UInt8(truncatingIfNeeded: number >> $0)
    }
  }

  /// A chunk with its length before it and its checksum behind.
  static func chunk(_ type: String, _ data: [UInt8]) -> [UInt8] {
    let body = Array(type.utf8) + data
    return bigEndian(UInt32(data.count)) + body + bigEndian(checksum(body))
  }

  /// The chunks of a PNG.
  static func chunks(
    of png: [UInt8]
  ) throws(PictureError) -> [(type: String, data: [UInt8])] {
    var chunks: [(type: String, data: [UInt8])] = []
    guard png.starts(with: signature) else { return [] }
    var place = signature.count
    while place + 12 <= png.count {
      let length = png[place..<place + 4].reduce(0) { $0 << 8 | Int($1) }
      guard length <= png.count - place - 12 else { break }
      let type = String(decoding: png[place + 4..<place + 8], as: UTF8.self)
      chunks.append((type, Array(png[place + 8..<place + 8 + length])))
      place += 12 + length
    }
    return chunks
  }

  /// CRC-32 with the polynomial of PNG's Annex D.
  static func checksum(_ bytes: [UInt8]) -> UInt32 {
    ~bytes.reduce(~0) { crc, byte in table[Int((crc ^ UInt32(byte)) & 0xff)] ^ (crc >> 8) }
  }

  private static let table: [UInt32] = (0..<256).map { index in
    (0..<8).reduce(UInt32(index)) { crc, _ in
      crc & 1 == 1 ? 0xedb8_8320 ^ (crc >> 1) : crc >> 1
    }
  }
}
