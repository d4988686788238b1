/// A number at even steps of time, held from each to the next.
package struct GridSignal: Sendable {
  /// The time of the first value. [s]
  let start: Double
  /// The time between two values. [s]
  let step: Double
  /// The values, in the order of time. [any unit]
  let values: [Double]
  /// The integral from the start to each step, one more than there are values.
  private let integral: [Double]

  package init(start: Double, step: Double, values: [Double]) {
    (self.start, self.step, self.values) = (start, step, values)
    var sums = [0.0]
    sums.reserveCapacity(values.count + 1)
    var sum = 0.0
    for value in values {
      sum += value * step
      sums.append(sum)
    }
    integral = sums
  }

  /// The value at the step that is nearest to a time, or at the first or last. [s]
  package func value(near time: Double) -> Double {
    values[min(max(0, Int(((time - start) / step).rounded())), values.count - 1)]
  }

  /// The mean between two times, the first the earlier. [s]
  package func mean(from first: Double, to last: Double) -> Double {
    (integral(to: last) - integral(to: first)) / (last - first)
  }

  private func integral(to time: Double) -> Double {
    let place = min(max(0, (time - start) / step), Double(values.count))
    let index = min(Int(place), values.count - 1)
    return integral[index] + (place - Double(index)) * (integral[index + 1] - integral[index])
  }

  /// The signal through a low-pass of first order that starts at its first value. [s]
  func smoothed(over time: Double) -> [Double] {
    var state = values[0]
    return values.map { value in
      state += min(1, step / time) * (value - state)
      return state
    }
  }
}
