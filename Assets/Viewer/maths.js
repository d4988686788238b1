// Vectors are arrays of three, quaternions x, y, z, w from body to world, matrices go column by
// column.

const add = (a, b) => [a[0] + b[0], a[1] + b[1], a[2] + b[2]];
const subtract = (a, b) => [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
const scale = (a, s) => [a[0] * s, a[1] * s, a[2] * s];
const dot = (a, b) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
const cross = (a, b) => [
  a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0],
];
const unit = (a) => scale(a, 1 / (Math.hypot(...a) || 1));
const clamp = (x, low, high) => Math.min(Math.max(x, low), high);

/// Multiplies two 4 × 4 matrices.
function multiply(a, b) {
  const m = new Float32Array(16);
  for (let column = 0; column < 4; column++) {
    for (let row = 0; row < 4; row++) {
      let sum = 0;
      for (let k = 0; k < 4; k++) sum += a[4 * k + row] * b[4 * column + k];
      m[4 * column + row] = sum;
    }
  }
  return m;
}

/// The perspective of a camera with a vertical angle of view, in radians.
function perspective(angle, aspect, near, far) {
  const f = 1 / Math.tan(angle / 2);
  return new Float32Array([
    f / aspect, 0, 0, 0, 0, f, 0, 0, 0, 0, (far + near) / (near - far), -1,
    0, 0, (2 * far * near) / (near - far), 0,
  ]);
}

/// The view from an eye towards a target.
function lookAt(eye, target, up) {
  const z = unit(subtract(eye, target));
  const x = unit(cross(up, z));
  const y = cross(z, x);
  return new Float32Array([
    x[0], y[0], z[0], 0, x[1], y[1], z[1], 0, x[2], y[2], z[2], 0,
    -dot(x, eye), -dot(y, eye), -dot(z, eye), 1,
  ]);
}

/// Roll, pitch and yaw of a quaternion, in radians: R = Rz(yaw) Ry(pitch) Rx(roll).
function rollPitchYaw(x, y, z, w) {
  return [
    Math.atan2(2 * (w * x + y * z), 1 - 2 * (x * x + y * y)),
    Math.asin(clamp(2 * (w * y - z * x), -1, 1)),
    Math.atan2(2 * (w * z + x * y), 1 - 2 * (y * y + z * z)),
  ];
}

/// Turns a vector by a quaternion.
function turn(q, v) {
  const u = [q[0], q[1], q[2]];
  return add(v, scale(cross(u, add(cross(u, v), scale(v, q[3]))), 2));
}

/// A colour "#rrggbb" as numbers from 0 to 1.
const channels = (hex) => [1, 3, 5].map((i) => parseInt(hex.slice(i, i + 2), 16) / 255);
