const STICK_MODES = ['position', 'angle', 'rate'];
/// How fast a key moves its stick, in full ways a second.
const STICK_SPEED = 4;
const DEAD_ZONE = 0.08;
/// The time between two words of where sticks are; silence lets the drone go. [s]
const STICK_PERIOD = 0.025;

/// Which stick a key moves, and where to: roll to the right, pitch ahead, yaw to the left, throttle up.
const STICK_KEYS = {
  w: ['throttle', 1], s: ['throttle', -1], a: ['yaw', 1], d: ['yaw', -1],
  ArrowUp: ['pitch', 1], ArrowDown: ['pitch', -1], ArrowRight: ['roll', 1], ArrowLeft: ['roll', -1],
};

/// A person who flies a drone by keys or a gamepad.
///
/// Until the first key or stick is moved nothing is said, and the drone does what it does without anybody.
class Pilot {
  /// `send` says where the sticks are of a drone: { drone, mode, sticks }, or { drone } to let it go.
  constructor(people, send) {
    Object.assign(this, { people, send, held: new Map(), last: 0, isFlying: false });
    this.keys = { roll: 0, pitch: 0, yaw: 0, throttle: 0 };
    this.choose(people[0]);
    window.addEventListener('keyup', ({ key }) => this.release(key));
    // Keys that are let go elsewhere are not told of.
    window.addEventListener('blur', () => this.held.clear());
    window.addEventListener('pagehide', () => this.stop());
    document.addEventListener('visibilitychange', () => { if (document.hidden) this.stop(); });
  }

  /// Turns to a drone, or to the next mode of one.
  choose(person) { Object.assign(this, { drone: person.drone, mode: person.mode }); }

  chooseNext() {
    this.stop();
    const now = this.people.findIndex(({ drone }) => drone === this.drone);
    this.choose(this.people[(now + 1) % this.people.length]);
  }

  setMode(mode) { if (STICK_MODES.includes(mode)) this.mode = mode; }

  /// Takes a key that moves a stick; answers whether it does.
  press(key) {
    const name = key.length === 1 ? key.toLowerCase() : key;
    if (!STICK_KEYS[name]) return false;
    this.held.set(name, STICK_KEYS[name]);
    this.isFlying = true;
    return true;
  }

  release(key) { this.held.delete(key.length === 1 ? key.toLowerCase() : key); }

  /// Lets the drone go.
  stop() {
    this.held.clear();
    if (this.isFlying) this.send({ drone: this.drone });
    this.isFlying = false;
  }

  /// The sticks of the first gamepad that has two, as people hold them: the left one for throttle and yaw,
  /// the right one for pitch and roll.
  gamepad() {
    const pad = [...(navigator.getGamepads?.() || [])].find((p) => p?.connected && p.axes.length >= 4);
    const axis = (i) => {
      const value = pad ? clamp(pad.axes[i], -1, 1) : 0;
      return Math.abs(value) < DEAD_ZONE ? 0 : (value - Math.sign(value) * DEAD_ZONE) / (1 - DEAD_ZONE);
    };
    return { roll: axis(2), pitch: -axis(3), yaw: -axis(0), throttle: -axis(1) };
  }

  /// Lets time pass: moves the sticks that keys hold, and says where all are. [s]
  advance(seconds) {
    const pad = this.gamepad();
    const wanted = { roll: 0, pitch: 0, yaw: 0, throttle: 0 };
    for (const [stick, way] of this.held.values()) wanted[stick] += way;
    const way = STICK_SPEED * seconds;
    for (const stick of Object.keys(wanted)) {
      this.keys[stick] += clamp(clamp(wanted[stick], -1, 1) - this.keys[stick], -way, way);
    }
    if (Object.values(pad).some((value) => value !== 0)) this.isFlying = true;
    if (!this.isFlying) return;
    this.last += seconds;
    if (this.last < STICK_PERIOD) return;
    this.last = 0;
    const { drone, mode } = this;
    this.sticks = ['roll', 'pitch', 'yaw', 'throttle'].map((s) => clamp(this.keys[s] + pad[s], -1, 1));
    this.send({ drone, mode, sticks: this.sticks });
  }
}
