import Configuration
import Drone
import Foundation
import Geometry
import Parameters

/// A model as a task's file has it.
enum WrittenModel: Sendable, Equatable {
  /// A name of the catalogue, or the path of a URDF file that needs others.
  case name(String)
  /// The text of a URDF file, so that what is written of a task reads the same on any machine.
  case text(name: String, urdf: String)
}

extension WrittenModel: Encodable {
  private enum CodingKeys: CodingKey { case name, urdf }

  func encode(to encoder: any Encoder) throws {
    switch self {
    case .name(let name):
      var container = encoder.singleValueContainer()
      try container.encode(name)
    case .text(let name, let urdf):
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(name, forKey: .name)
      try container.encode(urdf, forKey: .urdf)
    }
  }
}

extension WrittenModel {
  /// How a model is written that was found under a name or in a file.
  ///
  /// - Parameters:
  ///   - model: The model.
  ///   - name: What it was called: a name of the catalogue, or a URDF file.
  ///   - folder: The folder that a relative path starts from.
  init(_ model: QuadcopterModel, from name: String, in folder: URL) {
    guard name.hasSuffix(".urdf") else {
      self = .name(name)
      return
    }
    let url = URL(fileURLWithPath: name, relativeTo: folder)
    self = .name(url.standardizedFileURL.path)
    guard !model.needsMesh, let text = try? String(contentsOf: url, encoding: .utf8),
      (try? QuadcopterModel(urdf: text, named: model.name)) == model
    else { return }
    self = .text(name: model.name, urdf: text)
  }
}

extension QuadcopterModel {
  /// Whether its shape comes from a file of its own.
  fileprivate var needsMesh: Bool {
    collisionShape.parts.contains { part in
      if case .convexHull = part.shape { true } else { false }
    }
  }
}

extension ValueReader {
  /// A model that stands in the file itself: its name, and the text of its URDF file.
  func writtenModel() -> (model: QuadcopterModel, written: WrittenModel)? {
    let (name, text) = mapping { map in
      (map.string("name"), map.string("urdf"))
    }
    guard !name.isEmpty, !text.isEmpty else { return nil }
    do throws(ModelError) {
      return (try QuadcopterModel(urdf: text, named: name), .text(name: name, urdf: text))
    } catch { return reject("cannot be used: \(error)") }
  }
}
