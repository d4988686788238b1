// The numbers of a row, a drone and instant each; an absent reference is not a number.
const X = 0, QX = 3, VX = 7, RPM = 10, REF = 14, CONTACTS = 17, WIDTH = 18;

// The numbers of a moving obstacle at an instant: where it is, and how it is turned.
const MOVER_WIDTH = 7;

/// The rows of a flight: all of a recorded one, or the last minutes of a live one.
class Flight {
  constructor(drones, movers, capacity) {
    Object.assign(this, { drones, movers });
    this.capacity = Math.max(2, capacity);
    this.rows = new Float32Array(this.capacity * drones * WIDTH);
    this.motions = new Float32Array(this.capacity * movers * MOVER_WIDTH);
    this.phases = new Float32Array(this.capacity * drones * 4);
    this.times = new Float64Array(this.capacity);
    this.first = 0;
    this.end = 0;
  }

  /// The flight that a page holds.
  static recorded(data) {
    const times = new Float64Array(decoded(data.times));
    const [rows, motions] = [data.rows, data.motions].map((text) => new Float32Array(decoded(text)));
    const flight = new Flight(data.drones, data.movers.length, times.length);
    const [width, moverWidth] = [data.drones * WIDTH, data.movers.length * MOVER_WIDTH];
    const part = (numbers, i, size) => numbers.subarray(i * size, (i + 1) * size);
    times.forEach((time, i) =>
      flight.append(time, part(rows, i, width), part(motions, i, moverWidth)));
    return flight;
  }

  /// Adds an instant, in the place of the oldest where there is no room.
  append(time, rows, motions) {
    const slot = this.end % this.capacity;
    const before = (this.end - 1 + this.capacity) % this.capacity;
    const step = this.end > this.first ? time - this.times[before] : 0;
    this.times[slot] = time;
    this.rows.set(rows, slot * this.drones * WIDTH);
    this.motions.set(motions, slot * this.movers * MOVER_WIDTH);
    for (let rotor = 0; rotor < 4 * this.drones; rotor++) {
      const speed = rows[(rotor >> 2) * WIDTH + RPM + (rotor & 3)] * SHOWN_SPEED;
      this.phases[4 * slot * this.drones + rotor] =
        (this.phases[4 * before * this.drones + rotor] + speed * step) % (2 * Math.PI);
    }
    this.end++;
    this.first = Math.max(this.first, this.end - this.capacity);
  }

  /// Removes all instants.
  clear() { this.first = this.end = 0; }

  get isEmpty() { return this.end === this.first; }
  get start() { return this.isEmpty ? 0 : this.time(this.first); }
  get finish() { return this.isEmpty ? 0 : this.time(this.end - 1); }
  time(frame) { return this.times[frame % this.capacity]; }

  /// One number of a drone at a recorded instant.
  value(frame, drone, column) {
    return this.rows[((frame % this.capacity) * this.drones + drone) * WIDTH + column];
  }

  /// The last instant that is not after a time.
  frameAt(time) {
    let low = this.first, high = this.end - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.time(middle) <= time) low = middle; else high = middle - 1;
    }
    return low;
  }

  /// The instants about a time, and how far it is on the way from the first to the second.
  around(time) {
    const a = this.frameAt(time);
    const b = Math.min(a + 1, this.end - 1);
    const span = this.time(b) - this.time(a);
    return { a, b, span, share: span > 0 ? clamp((time - this.time(a)) / span, 0, 1) : 0 };
  }

  /// Where a moving obstacle is at a time, between recorded instants too.
  pose(mover, time) {
    const { a, b, share } = this.around(time);
    const [from, to] = [a, b].map((frame) => {
      const start = ((frame % this.capacity) * this.movers + mover) * MOVER_WIDTH;
      return this.motions.subarray(start, start + MOVER_WIDTH);
    });
    const at = [0, 1, 2].map((i) => from[i] * (1 - share) + to[i] * share);
    return { at, attitude: mixedTurn(from.subarray(3), to.subarray(3), share) };
  }

  /// How a drone moves at a time, between recorded instants too.
  state(drone, time) {
    const { a, b, span, share } = this.around(time);
    const mix = (column) =>
      this.value(a, drone, column) * (1 - share) + this.value(b, drone, column) * share;
    const list = (column, count) => Array.from({ length: count }, (_, i) => mix(column + i));
    const [from, to] = [a, b].map((frame) =>
      [0, 1, 2, 3].map((i) => this.value(frame, drone, QX + i)));
    const rotors = list(RPM, 4);
    const phase = ((a % this.capacity) * this.drones + drone) * 4;
    const reference = list(REF, 3);
    return {
      position: list(X, 3), attitude: mixedTurn(from, to, share), velocity: list(VX, 3), rotors,
      phases: rotors.map((_, i) =>
        this.phases[phase + i] + this.value(b, drone, RPM + i) * SHOWN_SPEED * share * span),
      reference: reference.every(Number.isFinite) ? reference : null,
      contacts: Math.max(
        this.value(a, drone, CONTACTS), share > 0 ? this.value(b, drone, CONTACTS) : 0),
    };
  }

  /// The corners of the box about all drones.
  get bounds() {
    const low = [Infinity, Infinity, Infinity], high = [-Infinity, -Infinity, -Infinity];
    const step = Math.max(1, Math.floor((this.end - this.first) / 500));
    for (let frame = this.first; frame < this.end; frame += step) {
      for (let drone = 0; drone < this.drones; drone++) {
        for (let i = 0; i < 3; i++) {
          const value = this.value(frame, drone, X + i);
          low[i] = Math.min(low[i], value);
          high[i] = Math.max(high[i], value);
        }
      }
    }
    return low.every(Number.isFinite) ? { low, high } : { low: [-1, -1, 0], high: [1, 1, 1] };
  }
}

// Radians a second that a rotor is seen to turn at one revolution a minute. Real rotors turn some
// hundred times between two pictures; here they are slowed down, in proportion.
const SHOWN_SPEED = (2 * Math.PI) / 60 / 60;

/// The quaternion that is so far on the short way from one to another.
function mixedTurn(from, to, share) {
  const near = from.reduce((sum, c, i) => sum + c * to[i], 0);
  const q = Array.from(from, (c, i) => c * (1 - share) + (near < 0 ? -1 : 1) * to[i] * share);
  const size = Math.hypot(...q) || 1;
  return q.map((c) => c / size);
}

/// The bytes that a text of base 64 spells.
function decoded(text) {
  const characters = atob(text);
  const bytes = new Uint8Array(characters.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = characters.charCodeAt(i);
  return bytes.buffer;
}
