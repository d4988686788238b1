/// What is written over the picture: the drones' numbers, and the facts of the one that is followed.
class Overlay {
  constructor(indices) {
    const holder = document.getElementById('labels');
    this.indices = indices;
    this.facts = document.getElementById('facts');
    this.labels = indices.map((index) => {
      const label = holder.appendChild(document.createElement('span'));
      label.textContent = index;
      return label;
    });
  }

  /// Writes what holds of some states, seen by a camera.
  write(states, camera, radii, followed) {
    this.labels.forEach((label, drone) => {
      const { position, contacts } = states[drone];
      const place = camera.project(add(position, [0, 0, 0.9 * radii[drone]]));
      label.hidden = !place || (this.labels.length > 40 && drone !== followed);
      if (place) {
        const [x, y] = [place[0].toFixed(1), (place[1] - 14).toFixed(1)];
        label.style.transform = `translate(${x}px, ${y}px)`;
      }
      label.classList.toggle('followed', drone === followed);
      label.classList.toggle('touching', contacts > 0);
    });
    this.facts.hidden = followed < 0;
    if (followed >= 0) this.state(states[followed], followed);
  }

  state({ position, velocity, reference, contacts, rotors }, followed) {
    const list = (numbers, digits) =>
      numbers.map((number) => number.toFixed(digits).replace('-', '−')).join('  ');
    const distance = reference && Math.hypot(...subtract(position, reference));
    const facts = [
      ['drone', this.indices[followed]],
      ['position', `${list(position, 3)} m`],
      ['speed', `${list([Math.hypot(...velocity)], 3)} m/s`],
      ['error', reference ? `${list([100 * distance], 2)} cm` : '–'],
      ['rotors', `${list(rotors, 0)} rpm`],
      ['contacts', Math.round(contacts)],
    ];
    this.facts.replaceChildren(...facts.flatMap(([name, value]) => {
      const [term, text] = [document.createElement('dt'), document.createElement('dd')];
      [term.textContent, text.textContent] = [name, value];
      return [term, text];
    }));
  }
}
