/// Triangles: places, normals, which rotor turns them (−1 for none) and how dark they are, eight
/// numbers a corner.
class Mesh {
  constructor() { this.numbers = []; }

  triangle(a, b, c, normals, rotor, shade) {
    const flat = normals || Array(3).fill(unit(cross(subtract(b, a), subtract(c, a))));
    [a, b, c].forEach((p, i) => this.numbers.push(...p, ...flat[i], rotor, shade));
  }

  quad(a, b, c, d, rotor, shade) {
    this.triangle(a, b, c, null, rotor, shade);
    this.triangle(a, c, d, null, rotor, shade);
  }

  /// A box with axes that need not be square to one another, given by its middle and half edges.
  box(middle, u, v, w, rotor = -1, shade = 0) {
    const corner = (i, j, k) => add(middle, add(scale(u, i), add(scale(v, j), scale(w, k))));
    for (const s of [-1, 1]) {
      const faces = [
        [corner(s, -1, -1), corner(s, 1, -1), corner(s, 1, 1), corner(s, -1, 1)],
        [corner(-1, s, 1), corner(1, s, 1), corner(1, s, -1), corner(-1, s, -1)],
        [corner(-1, -1, s), corner(1, -1, s), corner(1, 1, s), corner(-1, 1, s)],
      ];
      for (const face of faces) this.quad(...(s > 0 ? face : face.reverse()), rotor, shade);
    }
    return this;
  }

  /// An upright cylinder.
  cylinder(middle, radius, height, sides = 24, shade = 0) {
    const [bottom, top] = [-height / 2, height / 2];
    const edge = (i) => [Math.cos((2 * Math.PI * i) / sides), Math.sin((2 * Math.PI * i) / sides)];
    const at = ([x, y], z) => add(middle, [radius * x, radius * y, z]);
    for (let i = 0; i < sides; i++) {
      const [a, b] = [edge(i), edge(i + 1)];
      const [m, n] = [[...a, 0], [...b, 0]];
      this.triangle(at(a, bottom), at(b, bottom), at(b, top), [m, n, n], -1, shade);
      this.triangle(at(a, bottom), at(b, top), at(a, top), [m, n, m], -1, shade);
      this.triangle(at([0, 0], top), at(a, top), at(b, top), null, -1, shade);
      this.triangle(at([0, 0], bottom), at(b, bottom), at(a, bottom), null, -1, shade);
    }
    return this;
  }

  /// A sphere about the origin.
  sphere(radius, rings = 14) {
    const circle = (k) => this.meridian(k, rings);
    for (let i = 0; i < rings; i++) this.band(radius, circle(i), 0, circle(i + 1), 0, rings);
    return this;
  }

  /// A cylinder with half spheres at its ends.
  capsule(radius, length, rings = 14) {
    const [circle, half, end] = [(k) => this.meridian(k, rings), rings / 2, length / 2];
    for (let i = 0; i < half; i++) this.band(radius, circle(i), end, circle(i + 1), end, rings);
    this.band(radius, circle(half), end, circle(half), -end, rings);
    for (let i = half; i < rings; i++) {
      this.band(radius, circle(i), -end, circle(i + 1), -end, rings);
    }
    return this;
  }

  /// How wide and how high a sphere of radius 1 is so many steps down from its top.
  meridian(step, rings) {
    return [Math.sin((Math.PI * step) / rings), Math.cos((Math.PI * step) / rings)];
  }

  /// What lies between two circles of a sphere, each moved up by some length.
  band(radius, upper, upperShift, lower, lowerShift, rings) {
    const normal = ([wide, high], j) =>
      [wide * Math.cos((Math.PI * j) / rings), wide * Math.sin((Math.PI * j) / rings), high];
    const put = (...corners) => {
      const normals = corners.map(([circle, , j]) => normal(circle, j));
      const places = corners.map(([, shift], k) => add(scale(normals[k], radius), [0, 0, shift]));
      this.triangle(...places, normals, -1, 0);
    };
    const [top, bottom] = [(j) => [upper, upperShift, j], (j) => [lower, lowerShift, j]];
    for (let j = 0; j < 2 * rings; j++) {
      put(top(j), bottom(j), bottom(j + 1));
      put(top(j), bottom(j + 1), top(j + 1));
    }
  }

  /// Triangles whose corners are counted among some points.
  triangles({ points, corners }) {
    for (let i = 0; i + 2 < corners.length; i += 3) {
      this.triangle(...[0, 1, 2].map((k) => points[corners[i + k]]), null, -1, 0);
    }
    return this;
  }

  /// All of another mesh, moved and turned.
  place({ numbers }, at, attitude) {
    for (let i = 0; i < numbers.length; i += 8) {
      this.numbers.push(
        ...add(at, turn(attitude, numbers.slice(i, i + 3))),
        ...turn(attitude, numbers.slice(i + 3, i + 6)), numbers[i + 6], numbers[i + 7]);
    }
  }

  /// The convex hull of points; of many points, those farthest out in directions spread evenly.
  hull(given) {
    const points = given.length <= 40 ? given : outermost(given, 40);
    const size = Math.max(...points.map((p) => Math.hypot(...p)), 1e-9);
    for (let i = 0; i < points.length; i++) {
      for (let j = 0; j < points.length; j++) {
        for (let k = Math.max(i, j) + 1; k < points.length; k++) {
          if (i === j) continue;
          const normal = cross(subtract(points[j], points[i]), subtract(points[k], points[i]));
          if (Math.hypot(...normal) < 1e-9 * size * size) continue;
          const side = dot(unit(normal), points[i]) + 1e-6 * size;
          if (points.every((p) => dot(unit(normal), p) <= side)) {
            this.triangle(points[i], points[j], points[k], null, -1, 0);
          }
        }
      }
    }
    return this;
  }
}

/// The points that lie farthest in directions on a spiral round the sphere.
function outermost(points, count) {
  const chosen = new Set();
  for (let i = 0; i < count; i++) {
    const z = 1 - (2 * i + 1) / count, angle = i * Math.PI * (3 - Math.sqrt(5));
    const d = [Math.sqrt(1 - z * z) * Math.cos(angle), Math.sqrt(1 - z * z) * Math.sin(angle), z];
    chosen.add(points.reduce((best, p) => (dot(p, d) > dot(best, d) ? p : best)));
  }
  return [...chosen];
}

/// Whether an obstacle moves: loose, or as scheduled.
function doesMove(body) { return body.mass > 0 || Boolean(body.motion); }

/// The shape of an obstacle or a body, as scenarios write it.
function shapeMesh(body) {
  const mesh = new Mesh();
  if (body.box) {
    const [x, y, z] = body.box.map((edge) => edge / 2);
    return mesh.box([0, 0, 0], [x, 0, 0], [0, y, 0], [0, 0, z]);
  }
  if (body.sphere) return mesh.sphere(body.sphere);
  if (body.cylinder) return mesh.cylinder([0, 0, 0], body.cylinder[0], body.cylinder[1], 48);
  if (body.capsule) return mesh.capsule(body.capsule[0], body.capsule[1]);
  if (body.hull) return mesh.hull(body.hull);
  if (body.mesh) return mesh.triangles(body.mesh);
  if (body.compound) {
    body.compound.forEach((part) => mesh.place(shapeMesh(part), part.at, part.attitude));
    return mesh;
  }
  return mesh.box([0, 0, -0.005], [50, 0, 0], [0, 50, 0], [0, 0, 0.005]);
}

/// What a drone is taken to be where a flight does not say.
const UNKNOWN_MODEL = {
  rotors: [[1, -1], [-1, -1], [-1, 1], [1, 1]].map(([x, y], i) => ({
    position: [0.028 * x, 0.028 * y, 0], radius: 0.023, spin: i % 2 ? -1 : 1,
  })),
};

/// A drone: hull, arms to its rotors, motors and blades, made from its model's rotors.
function droneMeshes(model) {
  const hubs = model.rotors.map((rotor) => rotor.position);
  const arm = Math.max(...hubs.map((p) => Math.hypot(p[0], p[1])), 1e-3);
  const [solid, discs] = [new Mesh(), new Mesh()];
  solid.box([0, 0, 0], [0.42 * arm, 0, 0], [0, 0.3 * arm, 0], [0, 0, 0.12 * arm]);
  solid.box([0.5 * arm, 0, 0], [0.1 * arm, 0, 0], [0, 0.13 * arm, 0], [0, 0, 0.07 * arm], -1, -1);
  model.rotors.forEach((rotor, i) => {
    const hub = rotor.position;
    const along = scale(hub, 0.5);
    const side = scale(unit(cross([0, 0, 1], hub)), 0.06 * arm);
    solid.box(along, along, side, [0, 0, 0.05 * arm], -1, 0.75);
    solid.cylinder(add(hub, [0, 0, 0.06 * arm]), 0.13 * arm, 0.26 * arm, 12, 0.85);
    const lift = [0, 0, 0.22 * arm];
    for (const s of [-1, 1]) {
      const blade = [s * 0.5 * rotor.radius, 0, 0];
      const chord = [0, 0.1 * rotor.radius, s * 0.04 * rotor.radius];
      solid.box(add(blade, lift), blade, chord, [0, 0, 0.012 * arm], i, 0.6);
    }
    const rim = (k) => [
      rotor.radius * Math.cos((Math.PI * k) / 16), rotor.radius * Math.sin((Math.PI * k) / 16),
      lift[2],
    ];
    for (let k = 0; k < 32; k++) discs.triangle(lift, rim(k), rim(k + 1), null, i, 0);
  });
  return { solid, discs, arm, hubs: model.rotors.flatMap((r) => [...r.position, r.spin]) };
}
