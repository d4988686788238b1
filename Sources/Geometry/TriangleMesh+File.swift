import Files
public import Foundation
import SpatialMath

extension TriangleMesh {
  /// The mesh in a file: Wavefront OBJ, or STL as text or in binary.
  ///
  /// Of an OBJ file vertices and faces count, a face of more than three corners being a fan of
  /// triangles. Corners of an STL file that are alike become one, so that triangles know their
  /// neighbours.
  ///
  /// - Parameters:
  ///   - url: The file; its ending says which it is.
  ///   - scale: The length of one unit of the file. [m]
  /// - Throws: ``MeshFileError`` with file, line and what was expected.
  public init(contentsOf url: URL, scale: Double = 1) throws(MeshFileError) {
    let file = url.relativePath
    let ending = url.pathExtension.lowercased()
    guard ["obj", "stl"].contains(ending) else {
      throw MeshFileError(file: file, line: 0, message: "is no mesh; expected .obj or .stl")
    }
    let bytes: [UInt8]
    do throws(FileFault) {
      bytes = try Files.contents(ofFile: url.path, atMost: InputLimits.meshBytes)
    } catch { throw MeshFileError(file: file, line: 0, message: error.description) }
    var reader = MeshReader(file: file, scale: scale)
    if ending == "obj" {
      try reader.readOBJ(String(decoding: bytes, as: UTF8.self))
    } else {
      try reader.readSTL(bytes)
    }
    guard !reader.corners.isEmpty else {
      throw MeshFileError(file: file, line: 0, message: "has no triangle; expected one or more")
    }
    self.init(points: reader.points, corners: reader.corners)
  }
}

/// Collects the points and triangles of a file.
struct MeshReader {
  private let file: String
  private let scale: Double
  private(set) var points: [Vector<Body, Double>] = []
  private(set) var corners: [Int32] = []
  private var known: [[UInt64]: Int32] = [:]

  init(file: String, scale: Double) { (self.file, self.scale) = (file, scale) }

  mutating func readOBJ(_ text: String) throws(MeshFileError) {
    var words: [Substring] = []
    var first = 1
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    for (index, line) in lines.enumerated() {
      if words.isEmpty { first = index + 1 }
      words += line.split(whereSeparator: \.isWhitespace)
      // A line that ends so goes on in the next.
      if let last = words.last, last.hasSuffix("\\"), index + 1 < lines.count {
        words[words.count - 1] = last.dropLast()
        if last.count == 1 { words.removeLast() }
        continue
      }
      try readOBJ(words[...], line: first)
      words.removeAll(keepingCapacity: true)
    }
  }

  private mutating func readOBJ(
    _ words: ArraySlice<Substring>, line: Int
  ) throws(MeshFileError) {
    switch words.first {
    case "v": points.append(try point(words.dropFirst().prefix(3), line: line))
    case "f": try addFace(words.dropFirst(), line: line)
    default: break
    }
  }

  mutating func readSTL(_ data: [UInt8]) throws(MeshFileError) {
    if let count = binaryCount(of: data) {
      try readBinarySTL(data, count: count)
    } else {
      try readTextSTL(String(decoding: data, as: UTF8.self))
    }
  }

  /// The number of triangles that a binary file names, if it is as long as that takes or longer.
  ///
  /// Some programs write more behind the end. Text has a number there that is far beyond any file's length.
  private func binaryCount(of data: [UInt8]) -> Int? {
    guard data.count >= 84 else { return nil }
    let count = (0..<4).reduce(0) { $0 | Int(data[80 + $1]) << (8 * $1) }
    return data.count >= 84 + 50 * count ? count : nil
  }

  private mutating func readBinarySTL(_ data: [UInt8], count: Int) throws(MeshFileError) {
    for triangle in 0..<count {
      for corner in 0..<3 {
        let start = 84 + 50 * triangle + 12 * (corner + 1)
        let numbers = (0..<3).map { axis -> Double in
          let bits = (0..<4).reduce(UInt32(0)) {
            $0 | UInt32(data[start + 4 * axis + $1]) << UInt32(8 * $1)
          }
          return Double(Float(bitPattern: bits))
        }
        guard numbers.allSatisfy(\.isFinite) else {
          throw error("triangle \(triangle + 1) has a coordinate that is not finite")
        }
        guard numbers.allSatisfy(isNear) else {
          throw error("triangle \(triangle + 1) has a coordinate beyond \(Self.limit)")
        }
        corners.append(welded(Vector(numbers[0], numbers[1], numbers[2])))
      }
    }
  }

  private mutating func readTextSTL(_ text: String) throws(MeshFileError) {
    guard text.prefix(80).drop(while: \.isWhitespace).lowercased().hasPrefix("solid") else {
      throw error("is neither STL as text, which starts with \"solid\", nor whole in binary")
    }
    var line = 0
    for content in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
      line += 1
      let words = content.split(whereSeparator: \.isWhitespace)
      switch words.first?.lowercased() {
      case "vertex":
        let p = try point(words.dropFirst(), line: line)
        corners.append(welded((1 / scale) * p))
      case "endfacet" where corners.count % 3 != 0:
        throw error("the facet has not three vertices; expected three", line: line)
      default: continue
      }
    }
    guard corners.count % 3 == 0 else { throw error("ends within a facet", line: line) }
  }

  private func point(
    _ words: ArraySlice<Substring>, line: Int
  ) throws(MeshFileError) -> Vector<Body, Double> {
    let numbers = words.compactMap { Double($0) }
    guard numbers.count == 3, words.count == 3, numbers.allSatisfy(\.isFinite) else {
      throw error("expected three finite numbers", line: line)
    }
    guard numbers.allSatisfy(isNear) else {
      throw error("has a coordinate beyond \(Self.limit)", line: line)
    }
    return scale * Vector(numbers[0], numbers[1], numbers[2])
  }

  /// What worlds and pictures take. [m]
  private static let farthest = 1e6
  private static let limit = "1000000 m; expected nearer ones, or a smaller scale"

  private func isNear(_ coordinate: Double) -> Bool { abs(scale * coordinate) <= Self.farthest }

  /// Adds a face by the places of its corners: from 1, or backwards from -1.
  private mutating func addFace(
    _ words: ArraySlice<Substring>, line: Int
  ) throws(MeshFileError) {
    var face: [Int32] = []
    for word in words {
      guard let place = word.split(separator: "/").first.flatMap({ Int($0) }),
        let index = place > 0 ? place - 1 : place < 0 ? points.count + place : nil,
        points.indices.contains(index)
      else {
        let excerpt = word.prefix(40).unicodeScalars.map { $0.escaped(asASCII: true) }.joined()
        throw error("\"\(excerpt)\" names no vertex; expected 1 to \(points.count)", line: line)
      }
      face.append(Int32(index))
    }
    guard face.count >= 3 else { throw error("a face has three corners or more", line: line) }
    for last in 2..<face.count { corners += [face[0], face[last - 1], face[last]] }
  }

  /// The index of a point of the file, the same for the same coordinates.
  private mutating func welded(_ p: Vector<Body, Double>) -> Int32 {
    // The sum with zero makes one of both zeros.
    let bits = [p.x, p.y, p.z].map { ($0 + 0).bitPattern }
    if let index = known[bits] { return index }
    let index = Int32(points.count)
    known[bits] = index
    points.append(scale * p)
    return index
  }

  private func error(_ message: String, line: Int = 0) -> MeshFileError {
    MeshFileError(file: file, line: line, message: message)
  }
}
