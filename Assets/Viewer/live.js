/// The connection to the program that flies: states come in, commands go out.
class LiveConnection {
  /// `received` is called with every instant: its time, whether it is paused, its speed, the rows of the
  /// drones, and the motions of the obstacles that move; `closed` when the connection has ended.
  constructor(drones, movers, received, closed) {
    const address = `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/live`;
    this.socket = new WebSocket(address);
    this.socket.binaryType = 'arraybuffer';
    this.socket.onmessage = ({ data }) => {
      const end = 24 + 4 * drones * WIDTH;
      const size = end + 4 * movers * MOVER_WIDTH;
      if (!(data instanceof ArrayBuffer) || data.byteLength !== size) return;
      const [time, speed, flags] = new Float64Array(data, 0, 3);
      const [rows, motions] = [data.slice(24, end), data.slice(end)].map((d) => new Float32Array(d));
      received({ time, speed, isPaused: (flags & 1) === 1, rows, motions });
    };
    this.socket.onclose = closed;
  }

  send(command) {
    if (this.socket.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify(command));
  }

  pause(isPaused) { this.send({ pause: isPaused }); }
  reset() { this.send({ reset: true }); }
  speed(factor) { this.send({ speed: factor }); }
  /// Pushes a drone along a direction in the world, with its weight as the force.
  push(drone, direction) { this.send({ push: { drone, direction } }); }
  /// Says where the sticks are of a drone that a person flies; see Pilot.
  fly(sticks) { this.send({ fly: sticks }); }
}
