package import Foundation
package import Parameters
package import SpatialMath

/// Reads the parameters of an entry of a catalogue from a scenario, and makes what they describe.
package struct ParameterReader {
  /// The folder that relative paths start from.
  let folder: URL
  /// Where the drone starts, where that is said. [m]
  var startPosition: Vector<World, Double>?
  /// The drone's heading at the start. [rad]
  var startHeading = 0.0

  /// A reader of parameters.
  package init(
    folder: URL, startPosition: Vector<World, Double>? = nil, startHeading: Double = 0
  ) {
    (self.folder, self.startPosition) = (folder, startPosition)
    self.startHeading = startHeading
  }

  /// What is made, and the values that it is made of.
  package struct Result<Product> {
    package let product: Product
    package let values: ParameterValues
  }

  /// Makes what a value describes; `nil` after a report of what is wrong with it.
  ///
  /// - Parameters:
  ///   - factory: Makes it.
  ///   - value: A mapping of all parameters, or the value of the one that stands alone.
  ///   - firstPosition: Where a product is at time 0, if it has a place. [m]
  /// - Returns: The product, with all values.
  package func read<Product>(
    _ factory: Factory<Void, Product, ParameterError>, from value: ValueReader,
    firstPosition: (Product) -> Vector<World, Double> = { _ in .zero }
  ) -> Result<Product>? {
    if factory.isInline, let parameter = factory.parameters.first {
      guard let only = read(parameter.kind, from: value) else { return nil }
      return make(factory, of: [only], from: value)
    }
    return value.mapping { map in
      var values = factory.parameters.map { read($0, from: &map) }
      guard values.allSatisfy({ $0 != .faulty }) else { return nil }
      if let index = values.firstIndex(of: .throughStart) {
        guard let start = startPosition else { return nil }
        values[index] = .value(.vector(.zero))
        let offset = try? factory.make((), values.compactMap(\.value))
        values[index] = .value(.vector(start - (offset.map(firstPosition) ?? .zero)))
      }
      return make(factory, of: values.compactMap(\.value), from: value)
    }
  }

  private func make<Product>(
    _ factory: Factory<Void, Product, ParameterError>, of values: [ParameterValue],
    from value: ValueReader
  ) -> Result<Product>? {
    do throws(ParameterError) {
      return Result(product: try factory.make((), values), values: factory.named(values))
    } catch { return value.reject(error, of: factory) }
  }

  /// What a scenario says of a parameter.
  private enum Reading: Equatable {
    case value(ParameterValue)
    /// What is said is wrong, and reported.
    case faulty
    /// The position with which the whole passes through the drone's at the start.
    case throughStart

    var value: ParameterValue? { if case .value(let value) = self { value } else { nil } }
  }

  /// What a scenario says of some parameters, which take no default from others; `nil` after a report
  /// of what is wrong.
  package func values(of parameters: [ParameterDescription], from value: ValueReader)
    -> [ParameterValue]?
  {
    let readings = value.mapping { map in parameters.map { read($0, from: &map) } }
    let values = readings.compactMap(\.value)
    return values.count == parameters.count ? values : nil
  }

  /// The same for parameters that stand in a mapping among other keys.
  package func values(
    of parameters: [ParameterDescription], in map: inout MappingReader
  ) -> [ParameterValue]? {
    let values = parameters.compactMap { read($0, from: &map).value }
    return values.count == parameters.count ? values : nil
  }

  private func read(
    _ parameter: ParameterDescription, from map: inout MappingReader
  ) -> Reading {
    let written = map.optional(
      parameter.name, parameter.summary, usual: parameter.usual
    ) { value in
      read(parameter.kind, from: value).map(Reading.value) ?? .faulty
    }
    if let written { return written }
    switch parameter.initial {
    case .value(let value): return .value(value)
    case .startHeading: return .value(.number(startHeading))
    case .startPosition:
      if let startPosition { return .value(.vector(startPosition)) }
    case .throughStartPosition:
      if startPosition != nil { return .throughStart }
    case .none: break
    }
    // Reported as missing.
    return read(parameter.kind, from: map.value(of: parameter.name)).map(Reading.value) ?? .faulty
  }

  /// What a value of some kind is; `nil` after a report of what is wrong.
  package func read(_ kind: ParameterKind, from value: ValueReader) -> ParameterValue? {
    switch kind {
    case .number(let range, let unit):
      return value.number(in: range, unit: unit).map { .number($0) }
    case .integer(let range): return value.integer(in: range).map { .integer($0) }
    case .boolean: return value.boolean().map { .boolean($0) }
    case .word(let words): return value.word(among: words).map { .word($0) }
    case .vector(let range, let unit):
      return value.vector(in: range, unit: unit).map { .vector($0) }
    case .file(let kind):
      return value.string(expected: kind).map { written in
        let url = URL(fileURLWithPath: written, relativeTo: folder)
        return .file(written: written, path: url.relativePathFromHere)
      }
    case .list(let element, let count):
      var isWhole = true
      let values = value.list(count: count) { item -> ParameterValue? in
        let value = read(element, from: item)
        if value == nil { isWhole = false }
        return value
      }
      return isWhole ? values.map { .list($0) } : nil
    case .interval(let element): return interval(of: element, from: value)
    case .choice(let forms):
      return value.choice(
        among: forms.map { form in
          Choice(form.name) { value in
            values(of: form.parameters, from: value).map {
              .choice(
                form.name, ParameterValues(names: form.parameters.map(\.name), values: $0))
            }
          }
        })
    case .record(let parameters):
      return values(of: parameters, from: value).map {
        .record(ParameterValues(names: parameters.map(\.name), values: $0))
      }
    }
  }
}

extension ValueReader {
  /// Reports why nothing can be made of values, where the value at fault stands.
  fileprivate func reject<Product>(
    _ error: ParameterError, of factory: Factory<Void, some Any, ParameterError>
  ) -> Product? {
    var place = self
    if !factory.isInline, let name = error.element == nil ? error.parameter : factory.listName {
      place = place.value(of: name)
    }
    if let element = error.element, let parameter = error.parameter {
      place = place.element(element).value(of: parameter)
    }
    return place.reject(error.problem, expected: error.expected)
  }
}

extension Factory {
  /// The parameter that is a list of values by name.
  fileprivate var listName: String? {
    parameters.first {
      if case .list(.record, _) = $0.kind { true } else { false }
    }?.name
  }
}

extension ParameterDescription {
  /// What holds where it is not written; `nil` if it must be.
  fileprivate var usual: String? {
    if case .none = initial { nil } else { defaultDescription }
  }
}
