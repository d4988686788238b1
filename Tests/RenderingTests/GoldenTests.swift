import Foundation
import Pictures
import Rendering
import SpatialMath
import TestSupport
import Testing

/// Images that have been looked at, and must not change.
struct GoldenTests {
  enum Subject: String, CaseIterable {
    case shelf, swarm, cut, ids
  }

  @Test("images are as they were when they were looked at", arguments: Subject.allCases)
  func unchanged(subject: Subject) throws {
    let camera = try Camera(width: 128, height: 96, verticalFieldOfView: 1)
    let colours = try colours(of: subject, through: camera)
    // The renderer's fourth byte, of opacity, is the same everywhere.
    let pixels = colours.indices.filter { $0 % 4 < 3 }.map { colours[$0] }
    try GoldenImage("\(subject)").expect(
      PNGImage(width: 128, height: 96, pixel: .colour, rows: pixels))
  }

  private func colours(of subject: Subject, through camera: Camera) throws -> [UInt8] {
    switch subject {
    case .shelf: camera.image(of: try shelf(), at: eye).colours
    case .swarm: camera.image(of: try swarm(), at: eye).colours
    case .cut:
      // Whatever is nearer than 2.2 m is cut away: the capsule, and parts of ball, box and floor.
      try Camera(width: 128, height: 96, verticalFieldOfView: 1, range: 2.2...1000)
        .image(of: try shelf(), at: eye).colours
    case .ids:
      camera.image(of: try shelf(), at: eye).ids.flatMap { id -> [UInt8] in
        let colour = id == -1 ? Colour(1, 1, 1) : Colour(distinguishing: id)
        return [colour.red, colour.green, colour.blue, 1].map { UInt8(255 * $0) }
      }
    }
  }

  private let eye = Pose<Double>.looking(from: Vector(0, 0, 1.1), at: Vector(2, 0, 0.5))

  /// One solid of each kind on a floor.
  private func shelf() throws -> Scene {
    var scene = TestScene()
    try scene.add(.plane(tile: 0.5), id: 0, at: Pose())
    try scene.add(.sphere(radius: 0.3), id: 1, at: Pose(position: Vector(2.2, 0.7, 0.3)))
    let turn = Rotation<Body, World, Double>(x: 0, y: 0, z: 0.3, w: 1).normalized
    try scene.add(
      .box(size: Vector(0.5, 0.4, 0.8)), id: 2,
      at: Pose(position: Vector(2.6, -0.1, 0.4), attitude: turn))
    let fallen = Rotation<Body, World, Double>(x: 0.8, y: 0.2, z: 0, w: 1).normalized
    try scene.add(
      .capsule(radius: 0.15, height: 0.4), id: 3,
      at: Pose(position: Vector(1.6, -0.4, 0.2), attitude: fallen))
    try scene.add(
      .cylinder(radius: 0.25, height: 0.9), id: 4, at: Pose(position: Vector(3, -1, 0.45)))
    let hull = try Mesh(hullOf: [
      Vector(0.4, 0, 0), Vector(-0.2, 0.35, 0), Vector(-0.2, -0.35, 0), Vector(0, 0, 0.7),
    ])
    try scene.scene.add(
      [ScenePart(.mesh(hull), colour: Colour(distinguishing: 5))], id: 5,
      at: Pose(position: Vector(4, 0.9, 0)))
    return scene.scene
  }

  /// Drones near and far over a floor.
  private func swarm() throws -> Scene {
    var scene = Scene()
    try scene.add([.floor()], id: 0)
    for (i, name) in ["cf2x", "cf2p", "racer", "cf2x", "racer", "cf2p"].enumerated() {
      let distance = 0.25 * pow(1.6, Double(i))
      let side = distance * (i % 2 == 0 ? 0.2 : -0.3)
      let place = Vector<World, Double>(distance, side, 1.05 - 0.35 * distance)
      let tilt = Rotation<Body, World, Double>(
        x: 0.15 * Double(i % 3 - 1), y: 0.1, z: 0.3 * Double(i), w: 1)
      try scene.add(
        try quadcopter(name), id: Int32(1 + i),
        at: Pose(position: place, attitude: tilt.normalized))
    }
    return scene
  }
}
