import Parameters
import Control
import Foundation
import Recording
import SpatialMath

/// The kinds of reference, and the keys of each.
struct ReferenceSchema {
  /// Where the drone starts, where that is said. [m]
  let start: Vector<World, Double>?
  /// The heading at the start. [rad]
  let yaw: Double
  /// The folder that relative paths start from.
  let folder: URL
  /// The references of the program's own.
  let catalogue: ReferenceCatalogue

  var choices: [Choice<ReferenceSpecification>] {
    let known: [Choice<ReferenceSpecification>] = [
      Choice("hover") { $0.mapping(hover) },
      Choice("circle") { $0.mapping(circle) },
      Choice("lemniscate") { $0.mapping(lemniscate) },
      Choice("helix") { $0.mapping(helix) },
      Choice("lissajous") { $0.mapping(lissajous) },
      Choice("line") { $0.mapping(line) },
      Choice("minimum_snap") { $0.mapping(minimumSnap) },
      Choice("waypoints") { $0.mapping(waypoints) },
      Choice("velocities", velocities),
      Choice("csv", csv),
    ]
    return known
      + catalogue.entries.map { entry in
        Choice(entry.name) { value in value.mapping { registered(entry, &$0) } }
      }
  }

  private func registered(
    _ entry: ReferenceCatalogue.Entry, _ map: inout MappingReader
  ) -> ReferenceSpecification {
    var numbers: [String: Double] = [:]
    for (name, usual) in entry.numbers.sorted(by: { $0.key < $1.key }) {
      numbers[name] = map.number(name, default: usual)
    }
    return .registered(
      name: entry.name, numbers: numbers, entry.reference(numbers, start ?? .zero))
  }

  private func hover(_ map: inout MappingReader) -> ReferenceSpecification {
    .hover(at: map.vector("at", default: start, unit: "m"), yaw: yaw(&map))
  }

  private func circle(_ map: inout MappingReader) -> ReferenceSpecification {
    let radius = map.number("radius", in: .positive, unit: "m")
    let period = self.period(&map)
    let phase = map.number("phase", default: 0, unit: "rad")
    let (sine, cosine) = phase.sineAndCosine()
    // Without a centre the circle passes through the place where the drone starts.
    let center = start.map { $0 - Vector(radius * cosine, radius * sine, 0) }
    return .circle(
      center: map.vector("center", default: center, unit: "m"), radius: radius, period: period,
      phase: phase, yaw: yaw(&map))
  }

  private func lemniscate(_ map: inout MappingReader) -> ReferenceSpecification {
    let radius = map.number("radius", in: .positive, unit: "m")
    let period = self.period(&map)
    let phase = map.number("phase", default: 0, unit: "rad")
    let offset = HarmonicReference.lemniscate(
      center: .zero, radius: radius, period: period, phase: phase)
    return .lemniscate(
      center: center(&map, passingStartBy: offset), radius: radius, period: period, phase: phase,
      yaw: yaw(&map))
  }

  private func helix(_ map: inout MappingReader) -> ReferenceSpecification {
    let radius = map.number("radius", in: .positive, unit: "m")
    let height = map.number("height", unit: "m")
    let laps = map.number("laps", in: .positive)
    let period = self.period(&map)
    let phase = map.number("phase", default: 0, unit: "rad")
    let offset = HarmonicReference.helix(
      center: .zero, radius: radius, height: height, laps: laps, period: period, phase: phase)
    return .helix(
      center: center(&map, passingStartBy: offset), radius: radius, height: height, laps: laps,
      period: period, phase: phase, yaw: yaw(&map))
  }

  private func lissajous(_ map: inout MappingReader) -> ReferenceSpecification {
    let amplitude: Vector<World, Double> = map.vector("amplitude", unit: "m")
    let frequency: Vector<World, Double> = map.vector("frequency")
    let phase: Vector<World, Double> = map.vector("phase", default: .zero, unit: "rad")
    let period = self.period(&map)
    let offset = HarmonicReference.lissajous(
      center: .zero, amplitude: amplitude, frequency: frequency, phase: phase, period: period)
    return .lissajous(
      center: center(&map, passingStartBy: offset), amplitude: amplitude, frequency: frequency,
      phase: phase, period: period, yaw: yaw(&map))
  }

  /// The centre: without one the curve passes through the place where the drone starts.
  private func center(
    _ map: inout MappingReader, passingStartBy curve: HarmonicReference
  ) -> Vector<World, Double> {
    map.vector(
      "center", default: start.map { $0 - curve.setpoint(at: 0).position }, unit: "m")
  }

  private func minimumSnap(_ map: inout MappingReader) -> ReferenceSpecification {
    let points: [Vector<World, Double>] = map.list("points", count: 2...100) {
      $0.vector(unit: "m")
    }
    let speed = map.number("speed", in: .positive, unit: "m/s")
    let yaw = yaw(&map)
    guard let reference = MinimumSnapReference(through: points, speed: speed, yaw: yaw) else {
      if points.count > 1 {
        map.reject(
          "has no smooth path", at: "points",
          expected: "different neighbours, at distances not too unlike")
      }
      return .hover(at: .zero, yaw: 0)
    }
    return .minimumSnap(points, speed: speed, yaw: yaw, reference)
  }

  private func line(_ map: inout MappingReader) -> ReferenceSpecification {
    .line(
      from: map.vector("from", default: start, unit: "m"), to: map.vector("to", unit: "m"),
      period: period(&map), yaw: yaw(&map))
  }

  private func waypoints(_ map: inout MappingReader) -> ReferenceSpecification {
    let points: [Vector<World, Double>] = map.list("points", count: 1...1_000_000) {
      $0.vector(unit: "m")
    }
    let speed = map.number("speed", in: .positive, unit: "m/s")
    let loop = map.boolean("loop", default: false)
    let path = loop ? points + points.prefix(1) : points
    if zip(path, path.dropFirst()).contains(where: { $0 == $1 }) {
      map.reject("has two neighbours alike", at: "points", expected: "different points")
      return .hover(at: .zero, yaw: 0)
    }
    guard !points.isEmpty else { return .hover(at: .zero, yaw: 0) }
    return .waypoints(points, speed: speed, loop: loop, yaw: yaw(&map))
  }

  private func velocities(_ value: ValueReader) -> ReferenceSpecification? {
    var last = 0.0
    let legs = value.list(count: 1...1_000_000) { leg in
      leg.mapping { map -> VelocityReference.Leg in
        let velocity: Vector<World, Double> = map.vector("velocity", unit: "m/s")
        let end = map.optional("until") { $0.number(in: .positive, unit: "s") } ?? .infinity
        if end <= last {
          map.reject("does not come after the one before", at: "until", expected: "later times")
        }
        last = end
        return .init(until: end, velocity: velocity)
      }
    }
    guard let legs, !legs.isEmpty else { return nil }
    return .velocities(legs)
  }

  private func csv(_ value: ValueReader) -> ReferenceSpecification? {
    guard let file = value.string(expected: "a CSV file") else { return nil }
    do throws(CSVError) {
      let samples = try SetpointFile(URL(fileURLWithPath: file, relativeTo: folder)).samples
      return .csv(file: file, samples: samples)
    } catch {
      return value.reject("cannot be used: \(error)")
    }
  }

  private func yaw(_ map: inout MappingReader) -> Double {
    map.number("yaw", default: yaw, unit: "rad")
  }

  /// A time that is not 0; negative for the other way round.
  private func period(_ map: inout MappingReader) -> Double {
    let period = map.number("period", unit: "s")
    if map.has("period"), period == 0 {
      map.reject("is no period", at: "period", expected: "a number of s that is not 0")
    }
    return period == 0 ? 1 : period
  }
}

extension ReferenceSpecification {
  /// Whether positions are asked for.
  var hasPosition: Bool {
    if case .velocities = self { false } else { true }
  }
}
