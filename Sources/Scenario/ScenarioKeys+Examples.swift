import Configuration

extension ScenarioKeys {
  /// A scenario that shows some keys.
  package struct Example: Sendable {
    /// The file, without its version.
    package let text: String
    /// The paths of its keys, as outlines write them.
    package let paths: Set<String>

    init(_ text: String) {
      self.text = text
      paths = Set((try? LocatedNode(yaml: text, from: .name("example")))?.keyPaths ?? [])
    }
  }

  /// Examples that have every key between them; the files that they name are stand-ins.
  package static let examples =
    [
      """
      version: 1
      name: landing-pad
      duration: 12
      seed: 7
      packages: [meshes]
      rates: { physics: 240, control: 48, record: 24 }
      physics: { preset: accurate, dynamics: bullet, gravity: 9.81, effects: [drag, downwash] }
      wind: { mean: [1, 0.5, 0] }
      world: { floor: true }
      drones:
        - model: cf2x
          mass: 0.03
          at: [0, 0, 1]
          rpy: [0, 0, 1.57]
          velocity: [0, 0, 0.5]
          body_rates: [0, 0, 1]
          controller: geometric
          reference: { hover: { at: [0, 0, 1], yaw: 1.57 } }
          feedforward: true
          keep_within_limits: true
          friction: 0.5
          restitution: 0.2
          pushes: [{ from: 2, until: 2.5, force: [0.05, 0, 0], torque: [0, 0, 0], axes: world }]
          sensors: { imu: {} }
        - { at: [2, 0, 1], attitude: [0, 0, 0.6, 0.8] }
      """,
      """
      rates: { physics: 480, control: 48, record: 24 }
      drones: [{ at: [0, 0, 1] }]
      """,
      """
      physics: { preset: gpd, dynamics: bullet, gravity: 9.8, effects: [ground-effect, drag] }
      drones: [{ at: [0, 0, 1] }]
      """,
      """
      wind:
        mean: [2, 0, 0]
        gusts: [{ peak: [0, 3, 0], start: 2, duration: 1 }]
        turbulence: { intensity: 0.5, height: 3, airspeed: 2, length: [10, 5, 3] }
      drones: [{ at: [0, 0, 1] }]
      """,
      """
      world:
        floor: true
        obstacles:
          - { box: [0.4, 0.4, 0.2], at: [2, 0, 0.1], rpy: [0, 0, 0.3], friction: 0.8, restitution: 0.5 }
          - { sphere: 0.1, at: [2, 1, 0.1], mass: 0.2, inertia: [8e-4, 8e-4, 8e-4] }
          - { cylinder: [0.1, 1], at: [2, 2, 0.5], groups: [3], collides_with: [0, 1] }
          - { capsule: [0.1, 1], at: [2, 3, 0.6], attitude: [0, 0, 0, 1] }
          - { hull: [[0, 0, 0], [1, 0, 0], [0, 1, 0], [0, 0, 1]], at: [2, 4, 0] }
          - { urdf: block.urdf, at: [2, 6, 0.5] }
      drones: [{ at: [0, 0, 1] }]
      """,
      """
      world:
        obstacles:
          - mesh: { file: wall.obj, scale: 0.5 }
            at: [2, 0, 0]
          - mesh: { points: [[0, 0, 0], [1, 0, 0], [0, 1, 0]], corners: [0, 1, 2] }
            at: [4, 0, 0]
      drones: [{ at: [0, 0, 1] }]
      """,
      """
      world:
        floor: false
        obstacles:
          - heightfield: { spacing: 0.5, heights: [[0, 0, 0], [0, 0.2, 0], [0, 0, 0]] }
            at: [2, 0, 0]
      drones: [{ at: [0, 0, 1] }]
      """,
      """
      world:
        obstacles:
          - compound:
              - { box: [0.2, 0.2, 0.2], at: [0, 0, 0.1], rpy: [0, 0, 0.5] }
              - { sphere: 0.1, at: [0, 0, 0.3], attitude: [0, 0, 0, 1] }
              - { cylinder: [0.05, 0.2], at: [0, 0, 0.5] }
              - { capsule: [0.05, 0.2], at: [0, 0, 0.7] }
              - { hull: [[0, 0, 0], [0.1, 0, 0], [0, 0.1, 0], [0, 0, 0.1]], at: [0, 0, 0.9] }
            at: [2, 0, 0]
          - compound:
              - mesh: { file: wall.obj, scale: 0.1 }
              - mesh: { points: [[0, 0, 0], [1, 0, 0], [0, 1, 0]], corners: [0, 1, 2] }
            at: [4, 0, 1]
      drones: [{ at: [0, 0, 1] }]
      """,
      """
      world:
        obstacles:
          - name: lift
            box: [0.6, 0.6, 0.1]
            motion:
              poses:
                - { t: 0, at: [2, 0, 0.05], rpy: [0, 0, 0] }
                - { t: 4, at: [2, 0, 1.05], attitude: [0, 0, 0, 1] }
                - { t: 8, at: [2, 0, 0.05] }
              loop: true
      drones: [{ at: [0, 0, 1] }]
      """,
      """
      world:
        forest: { seed: 3, center: [5, 0, 0], size: [8, 4, 2.5], density: 0.3, radii: [0.1, 0.2], gap: 0.4, clear: [[9, 0, 1]], clearance: 0.5 }
      drones: [{ at: [0, 0, 1] }]
      """,
      """
      world:
        walls: { seed: 3, center: [5, 0, 0], size: [8, 4, 2.5], count: 4, opening: 0.8, thickness: 0.1 }
      drones: [{ at: [0, 0, 1] }]
      """,
      """
      world:
        corridor: { seed: 3, start: [0, 0, 0], count: 5, length: 2, width: 1.2, height: 2, turn: 0.6 }
      drones: [{ at: [0.2, 0, 1] }]
      """,
      """
      world:
        terrain: { seed: 3, center: [0, 0, 0], size: [20, 20, 1], spacing: 0.5, wavelength: 5, clear: [[5, 0, 0]], clearance: 0.5 }
      drones: [{ at: [0, 0, 1] }]
      """,
      """
      world:
        moving_obstacles: { seed: 3, center: [5, 0, 0], size: [8, 4, 2.5], count: 5, radius: 0.2, speeds: [0.3, 1], clear: [[9, 0, 1]], clearance: 0.5 }
      drones: [{ at: [0, 0, 1] }]
      """,
      "drones: [{ at: [0, 0, 1], controller: { replay: flight.csv } }]",
      "drones: [{ at: [0, 0, 1], controller: { policy: trajectory } }]",
      """
      drones:
        - { at: [0, 0, 0.1], controller: human }
        - at: [1, 0, 0.1]
          controller: { human: { mode: angle, tilt: 0.4, rates: 8, speed: 2, climb: 1, turn: 2 } }
        - { at: [2, 0, 0.1], controller: { human: { sticks: sticks.csv } } }
      """,
      """
      rates: { physics: 1000, control: 500, record: 50 }
      drones:
        - model: racer
          at: [0, 0, 0.02]
          controller: { betaflight: { program: betaflight_SITL, settings: [set p_yaw = 40], clock: simulation } }
        - { model: racer, at: [1, 0, 0.02], controller: { betaflight: { address: 10.0.0.2, listen: 10.0.0.1, sticks: sticks.csv } } }
      """,
      """
      rates: { physics: 1200, control: 1200, record: 50 }
      drones:
        - { model: cf2x, at: [0, 0, 0.02], controller: ardupilot }
        - { model: cf2x, at: [1, 0, 0.02], controller: { ardupilot: { listen: 127.0.0.1, port: 9012, patience: 60 } } }
      """,
    ].map(Example.init) + controllers + references + sensors

  private static let controllers =
    ["pid", "geometric", "ctbr", "hummingbird", "velocity"].map { name in
      let model = name == "hummingbird" ? "model: hummingbird, " : ""
      return Example("drones: [{ \(model)at: [0, 0, 1], controller: \(name) }]")
    }
    + ["crazyflie-pid", "crazyflie-mellinger"].map { name in
      Example(
        """
        rates: { physics: 1000, control: 1000, record: 100 }
        drones: [{ model: cf2x_nanobench, at: [0, 0, 1], controller: { \(name): { voltage: 3.7 } } }]
        """)
    }

  private static let references =
    [
      "hover: { at: [0, 0, 1], yaw: 0.5 }",
      "circle: { radius: 0.5, period: 5, phase: 0, center: [0, 0, 1], yaw: 0 }",
      "lemniscate: { radius: 1, period: 6, phase: 0, center: [0, 0, 1], yaw: 0 }",
      "helix: { radius: 0.5, height: 1, laps: 2, period: 5, phase: 0, center: [0, 0, 1], yaw: 0 }",
      """
      lissajous: { amplitude: [1, 0.5, 0], frequency: [1, 2, 0], phase: [0, 0, 0], period: 10, center: [0, 0, 1], yaw: 0 }
      """,
      "line: { from: [0, 0, 1], to: [1, 0, 1], period: 6, yaw: 0 }",
      "minimum_snap: { points: [[0, 0, 1], [1, 0, 1], [1, 1, 1]], speed: 0.5, yaw: 0 }",
      "minimum_snap: { points: [[0, 0, 1], [1, 0, 1], [1, 1, 1]], speed: 0.5, yaws: [0, 0.5, 1] }",
      "waypoints: { points: [[0, 0, 1], [1, 0, 1], [1, 1, 1]], speed: 0.5, loop: true, yaw: 0 }",
      "waypoints: { points: [[0, 0, 1], [1, 0, 1], [1, 1, 1]], speed: 0.5, yaws: [0, 0.5, 1] }",
      "circle: { radius: 0.5, period: 8, center: [0, 0, 1] }, heading: along_path",
      "circle: { radius: 0.5, period: 8, center: [0, 0, 1] }, heading: { toward: [0, 0, 1] }",
      "circle: { radius: 0.5, period: 8, center: [0, 0, 1] }, heading: 0.5",
      "csv: reference.csv",
    ].map { Example("drones: [{ reference: { \($0) } }]") } + [
      Example(
        """
        drones:
          - at: [0, 0, 1]
            controller: velocity
            reference: { velocities: [{ velocity: [0.5, 0, 0], until: 2 }, { velocity: [0, 0, 0], until: 4 }] }
        """)
    ]

  private static let sensors = [
    """
    imu: { gyro_noise: 2.4e-4, gyro_bias: 0, gyro_walk: 0, accel_noise: 1.6e-3, accel_bias: 0, accel_walk: 0 }
    """,
    """
    motion_capture: { position_noise: 1e-3, attitude_noise: 5e-3, delay: 0.01, dropout: 0.1, rate: 100 }
    """,
    "range: { noise: 5e-3, minimum: 0.02, maximum: 4, dropout: 0 }",
    "multiranger: { noise: 5e-3, minimum: 0.02, maximum: 4, dropout: 0 }",
    "lidar: { rays: 16, noise: 5e-3, minimum: 0.02, maximum: 4, dropout: 0 }",
  ].map { Example("drones: [{ at: [0, 0, 1], sensors: { \($0) } }]") }
}
