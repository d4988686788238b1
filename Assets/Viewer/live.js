/// The connection to the program that flies: states come in, commands go out.
class LiveConnection {
  /// `received` is called with every instant: its time, whether it is paused, its speed, and the rows;
  /// `closed` when the connection has ended.
  constructor(drones, received, closed) {
    const address = `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/live`;
    this.socket = new WebSocket(address);
    this.socket.binaryType = 'arraybuffer';
    this.socket.onmessage = ({ data }) => {
      if (!(data instanceof ArrayBuffer) || data.byteLength !== 24 + 4 * drones * WIDTH) return;
      const [time, speed, flags] = new Float64Array(data, 0, 3);
      received({ time, speed, isPaused: (flags & 1) === 1, rows: new Float32Array(data, 24) });
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
}
