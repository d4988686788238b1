import SpatialMath
import Testing

struct VectorTests {
  private let v = Vector<World, Double>(3, -4, 12)

  @Test("numbers multiply from either side, and divide")
  func multiples() {
    #expect(v * 2 == 2 * v && v * 2 == Vector(6, -8, 24))
    #expect(v / 2 == Vector(1.5, -2, 6))
    let y: Double = -4 / 3
    #expect(v / 3 == Vector(1, y, 4))
  }

  @Test("what is added can be subtracted in place")
  func inPlace() {
    var sum = v
    sum += Vector(1, 1, 1)
    sum -= Vector(1, 1, 2)
    #expect(sum == Vector(3, -4, 11))
  }

  @Test("a normalized vector has length 1 and its direction; a zero vector has none")
  func normalized() {
    let (x, y, z): (Double, Double, Double) = (3 / 13, -4 / 13, 12 / 13)
    #expect(v.normalized == Vector(x, y, z))
    #expect(abs(v.normalized.norm - 1) < 1e-15)
    #expect(!Vector<World, Double>.zero.normalized.isFinite)
  }
}
