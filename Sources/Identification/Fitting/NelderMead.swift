/// The search of Nelder and Mead for the least value of a function of a few numbers.
///
/// - J. A. Nelder, R. Mead, "A Simplex Method for Function Minimization", The Computer Journal 7 (4), 1965,
///   [doi:10.1093/comjnl/7.4.308](https://doi.org/10.1093/comjnl/7.4.308), with the usual coefficients 1, 2, ½, ½.
package struct NelderMead {
  /// A place, and the function's value there.
  package typealias Vertex = (place: [Double], value: Double)

  /// The best place found.
  package private(set) var best: Vertex

  /// Searches.
  ///
  /// - Parameters:
  ///   - start: Where.
  ///   - steps: How far apart the first places are in each direction.
  ///   - limit: How often the function may be asked, give or take a few.
  ///   - function: The function.
  package init(
    from start: [Double], steps: [Double], asking limit: Int,
    _ function: @escaping ([Double]) -> Double
  ) {
    var search = Simplex(function)
    search.begin(at: start, steps: steps)
    while search.count < limit { search.step() }
    best = search.vertices.min { $0.value < $1.value } ?? search.vertices[0]
  }
}

/// The places that a search holds, one more than there are directions.
private struct Simplex {
  var vertices: [NelderMead.Vertex] = []
  var count = 0
  private let function: ([Double]) -> Double

  init(_ function: @escaping ([Double]) -> Double) { self.function = function }

  mutating func begin(at start: [Double], steps: [Double]) {
    vertices = [vertex(start)]
    for index in start.indices {
      var place = start
      place[index] += steps[index]
      vertices.append(vertex(place))
    }
  }

  /// Moves the worst place, or draws all together.
  mutating func step() {
    vertices.sort { $0.value < $1.value }
    let last = vertices.count - 1
    let worst = vertices[last]
    let mirrored = moved(1)
    if mirrored.value < vertices[0].value {
      let farther = moved(2)
      vertices[last] = farther.value < mirrored.value ? farther : mirrored
    } else if mirrored.value < vertices[last - 1].value {
      vertices[last] = mirrored
    } else {
      let nearer = moved(mirrored.value < worst.value ? 0.5 : -0.5)
      if nearer.value < min(mirrored.value, worst.value) {
        vertices[last] = nearer
      } else {
        let centre = vertices[0].place
        for index in 1...last {
          vertices[index] = vertex(
            zip(centre, vertices[index].place).map { $0 + 0.5 * ($1 - $0) })
        }
      }
    }
  }

  /// The worst place moved through the middle of the others, by a multiple of its distance.
  private mutating func moved(_ factor: Double) -> NelderMead.Vertex {
    let last = vertices.count - 1
    let place = vertices[last].place.indices.map { index in
      let middle = vertices[..<last].reduce(0) { $0 + $1.place[index] } / Double(last)
      return middle + factor * (middle - vertices[last].place[index])
    }
    return vertex(place)
  }

  private mutating func vertex(_ place: [Double]) -> NelderMead.Vertex {
    count += 1
    let value = function(place)
    return (place, value.isNaN ? .infinity : value)
  }
}
