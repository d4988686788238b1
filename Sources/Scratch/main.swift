import Foundation
import Drone
import Simulation
import SpatialMath
let root = "/work/shared/reference"
for name in try! FileManager.default.contentsOfDirectory(atPath: root).sorted() {
  let f = "\(root)/\(name)/trajectory.csv"
  guard let text = try? String(contentsOfFile: f, encoding: .utf8) else { continue }
  let cj =
    try! JSONSerialization.jsonObject(
      with: Data(contentsOf: URL(fileURLWithPath: "\(root)/\(name)/case.json"))) as! [String: Any]
  let phys = cj["physics"] as! String
  let n = cj["num_drones"] as! Int
  let pyb = cj["pyb_freq"] as! Double, ctrl = cj["ctrl_freq"] as! Double
  let lines = text.split(separator: "\n").dropFirst()
  let rows = lines.map { $0.split(separator: ",").map { Double($0)! } }
  let m = ["CF2X": "cf2x", "CF2P": "cf2p", "RACE": "racer"][cj["drone_model"] as! String]!
  let model = try! ModelCatalogue.standard.model(named: m)!
  var names: [String] = []
  if phys.contains("GND") { names.append("ground-effect") }
  if phys.contains("DRAG") { names.append("drag") }
  if phys.contains("DW") { names.append("downwash") }
  let effects = EffectCatalogue.standard.entries.filter { names.contains($0.name) }.map {
    $0.effect(.gpd)
  }
  let p = FlightPhysics.gpd(dynamics: phys == "DYN" ? .explicit : .bullet, effects: effects)
  func q(_ r: [Double]) -> Rotation<Body, World, Double> {
    .init(x: r[5], y: r[6], z: r[7], w: r[8])
  }
  let start = (0..<n).map {
    DroneState<Double>(
      position: Vector(rows[$0][2], rows[$0][3], rows[$0][4]), attitude: q(rows[$0]))
  }
  var sim = Simulator(
    models: Array(repeating: model, count: n), states: start, physics: p, frequency: pyb)
  var errs = [0.0, 0.0, 0.0, 0.0]; var k = n; var used = 0
  outer: while k < rows.count {
    for d in 0..<n {
      let r = rows[k + d]; if r[22] > 0 { break outer };
      sim.command(d, rotorSpeeds: PerRotor(r[18], r[19], r[20], r[21]))
    }
    sim.advance(steps: Int(pyb / ctrl))
    for d in 0..<n {
      let r = rows[k + d], s = sim.swarm[d]
      errs[0] = max(errs[0], (s.position - Vector(r[2], r[3], r[4])).norm)
      let rq = q(r);
      let dot =
        rq.x * s.attitude.x + rq.y * s.attitude.y + rq.z * s.attitude.z + rq.w * s.attitude.w
      let sg = dot < 0 ? -1.0 : 1
      errs[1] = max(
        errs[1], abs(rq.x - sg * s.attitude.x), abs(rq.y - sg * s.attitude.y),
        abs(rq.z - sg * s.attitude.z), abs(rq.w - sg * s.attitude.w))
      errs[2] = max(errs[2], (s.velocity - Vector(r[12], r[13], r[14])).norm)
      errs[3] = max(errs[3], (s.angularVelocity - Vector(r[15], r[16], r[17])).norm)
    }
    k += n; used += 1
  }
  print(
    name.padding(toLength: 40, withPad: " ", startingAt: 0), used,
    errs.map { String(format: "%.1e", $0) }.joined(separator: " "))
}
