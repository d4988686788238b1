import Foundation
import Geometry
import SpatialMath
import TestSupport
import Testing

/// Meshes from files.
struct MeshFileTests {
  private func mesh(_ contents: Data, as name: String, scale: Double = 1) throws -> TriangleMesh {
    let folder = try TemporaryFolder()
    return try TriangleMesh(
      contentsOf: URL(fileURLWithPath: folder.write(contents, to: name)), scale: scale)
  }

  private func mesh(_ text: String, as name: String, scale: Double = 1) throws -> TriangleMesh {
    try mesh(Data(text.utf8), as: name, scale: scale)
  }

  private let square: [Vector<Body, Double>] = [
    Vector(0, 0, 0), Vector(2, 0, 0), Vector(2, 2, 0), Vector(0, 2, 1),
  ]

  @Test("an OBJ face of four corners is two triangles, whatever stands beside its places")
  func obj() throws {
    let text = """
      # a square
      v 0 0 0
      v 1 0 0
      v 1 1 0
      v 0 1 0.5
      vn 0 0 1
      f 1//1 2/1 3/1/1 -1
      """
    let mesh = try mesh(text, as: "square.obj", scale: 2)
    #expect(mesh.points == square)
    #expect(mesh.corners == [0, 1, 2, 0, 2, 3])
  }

  @Test("an OBJ line that ends with a backslash goes on in the next, and errors name the first")
  func continuedLines() throws {
    let mesh = try mesh("v 0 0 0\nv 2 0 \\\n 0\nv 2 2 0\nf 1 \\\r\n 2\\\n 3\n", as: "a.obj")
    #expect(mesh.points == [Vector(0, 0, 0), Vector(2, 0, 0), Vector(2, 2, 0)])
    #expect(mesh.corners == [0, 1, 2])
    let error = #expect(throws: MeshFileError.self) {
      try self.mesh("v 0 0 0\nf 1 \\\n 2 \\\n 3\n", as: "a.obj")
    }
    #expect(error?.line == 2)
  }

  @Test("an STL file says the same as text and in binary, with corners joined")
  func stl() throws {
    let triangles = [[0, 1, 2], [0, 2, 3]]
    var text = "solid square\n"
    var binary = Data(count: 80)
    unsafe withUnsafeBytes(of: UInt32(2).littleEndian) { unsafe binary.append(contentsOf: $0) }
    for triangle in triangles {
      text += "facet normal 0 0 1\nouter loop\n"
      binary.append(Data(count: 12))
      for corner in triangle {
        let p = 0.5 * square[corner]
        text += "vertex \(p.x) \(p.y) \(p.z)\n"
        for number in [p.x, p.y, p.z] {
          unsafe withUnsafeBytes(of: Float(number).bitPattern.littleEndian) {
            unsafe binary.append(contentsOf: $0)
          }
        }
      }
      text += "endloop\nendfacet\n"
      binary.append(Data(count: 2))
    }
    text += "endsolid square\n"
    for mesh in [
      try mesh(text, as: "a.stl", scale: 2), try mesh(binary, as: "b.STL", scale: 2),
      try mesh(text.uppercased(), as: "c.stl", scale: 2),
      // Some programs write more behind the end.
      try mesh(binary + Data("made by hand".utf8), as: "d.stl", scale: 2),
    ] {
      #expect(mesh.points == square)
      #expect(mesh.corners == [0, 1, 2, 0, 2, 3])
    }
  }

  @Test(
    "what is no mesh is refused, with its line",
    arguments: [
      ("v 0 0\n", "a.obj", "a.obj:1: expected three finite numbers"),
      ("v 0 0 0\nf 1 2 3\n", "a.obj", "a.obj:2: \"2\" names no vertex; expected 1 to 1"),
      ("v 0 0 0\nf 1 1\n", "a.obj", "a.obj:2: a face has three corners or more"),
      ("v 0 0 nan\n", "a.obj", "a.obj:1: expected three finite numbers"),
      (
        "v 0 0 2e6\n", "a.obj",
        "a.obj:1: has a coordinate beyond 1000000 m; expected nearer ones, or a smaller scale"
      ),
      ("v 0 0 0\n", "a.obj", "a.obj: has no triangle; expected one or more"),
      ("solid\nvertex 1 2\n", "a.stl", "a.stl:2: expected three finite numbers"),
      ("solid\nvertex 1 2 3\n", "a.stl", "a.stl:3: ends within a facet"),
      (
        "no", "a.stl",
        "a.stl: is neither STL as text, which starts with \"solid\", nor whole in binary"
      ),
      ("v 0 0 0\n", "a.ply", "a.ply: is no mesh; expected .obj or .stl"),
    ])
  func refusals(text: String, name: String, message: String) {
    let error = #expect(throws: MeshFileError.self) { try mesh(text, as: name) }
    #expect(error?.description.hasSuffix(message) == true, "\(error?.description ?? "")")
  }
}
