/// The line to the program that flies: states come in, wishes go out.
class LiveLine {
  /// `heard` is told of every instant: its time, whether it is paused, its speed, and the rows.
  constructor(drones, heard, lost) {
    const address = `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/live`;
    this.socket = new WebSocket(address);
    this.socket.binaryType = 'arraybuffer';
    this.socket.onmessage = ({ data }) => {
      if (!(data instanceof ArrayBuffer) || data.byteLength !== 24 + 4 * drones * WIDTH) return;
      const [time, speed, flags] = new Float64Array(data, 0, 3);
      heard({ time, speed, isPaused: (flags & 1) === 1, rows: new Float32Array(data, 24) });
    };
    this.socket.onclose = lost;
  }

  send(wish) {
    if (this.socket.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify(wish));
  }

  pause(isPaused) { this.send({ pause: isPaused }); }
  reset() { this.send({ reset: true }); }
  speed(factor) { this.send({ speed: factor }); }
  /// Pushes a drone along a direction in the world, with so many times its weight.
  push(drone, direction) { this.send({ push: { drone, direction } }); }
}
