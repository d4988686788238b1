import A
public func f(_ a: Double) -> Double { var v = V<Double>.none; v.x = a; return v.sum() }
public func g(_ a: Double) -> Double { var v = W<Double>.none; v.x = a; return v.sum() }
public func h(_ a: Double) -> Double { law(a) }
