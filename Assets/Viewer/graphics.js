/// A program of two shaders, with the places of its attributes and uniforms.
function program(gl, vertex, fragment) {
  const handle = gl.createProgram();
  for (const [kind, source] of [[gl.VERTEX_SHADER, vertex], [gl.FRAGMENT_SHADER, fragment]]) {
    const shader = gl.createShader(kind);
    gl.shaderSource(shader, source);
    gl.compileShader(shader);
    if (!gl.getShaderParameter(shader, gl.COMPILE_STATUS)) {
      throw new Error(gl.getShaderInfoLog(shader));
    }
    gl.attachShader(handle, shader);
  }
  // Some drivers are slow where attribute 0 is a constant.
  gl.bindAttribLocation(handle, 0, 'corner');
  gl.linkProgram(handle);
  if (!gl.getProgramParameter(handle, gl.LINK_STATUS)) {
    throw new Error(gl.getProgramInfoLog(handle));
  }
  const places = {};
  const attributeCount = gl.getProgramParameter(handle, gl.ACTIVE_ATTRIBUTES);
  for (let i = 0; i < attributeCount; i++) {
    const { name } = gl.getActiveAttrib(handle, i);
    places[name] = gl.getAttribLocation(handle, name);
  }
  const uniforms = {};
  const count = gl.getProgramParameter(handle, gl.ACTIVE_UNIFORMS);
  for (let i = 0; i < count; i++) {
    const { name, type } = gl.getActiveUniform(handle, i);
    uniforms[name.replace('[0]', '')] = { type, place: gl.getUniformLocation(handle, name) };
  }
  return { handle, places, uniforms };
}

/// Takes a program into use and sets uniforms; those that it does not have are passed over.
function use(gl, { handle, uniforms }, values) {
  gl.useProgram(handle);
  for (const [name, value] of Object.entries(values)) {
    const uniform = uniforms[name];
    if (!uniform) continue;
    switch (uniform.type) {
      case gl.FLOAT: gl.uniform1f(uniform.place, value); break;
      case gl.INT: gl.uniform1i(uniform.place, value); break;
      case gl.FLOAT_VEC2: gl.uniform2fv(uniform.place, value); break;
      case gl.FLOAT_VEC3: gl.uniform3fv(uniform.place, value); break;
      case gl.FLOAT_VEC4: gl.uniform4fv(uniform.place, value); break;
      case gl.FLOAT_MAT4: gl.uniformMatrix4fv(uniform.place, false, value); break;
    }
  }
}

/// Says how the numbers of the bound buffer are laid out, one set a corner or an instance.
function attributes(gl, { places }, layout, divisor) {
  const stride = 4 * layout.reduce((sum, [, count]) => sum + count, 0);
  let offset = 0;
  for (const [name, count] of layout) {
    const place = places[name];
    if (place >= 0) {
      gl.enableVertexAttribArray(place);
      gl.vertexAttribPointer(place, count, gl.FLOAT, false, stride, offset);
      gl.vertexAttribDivisor(place, divisor);
    }
    offset += 4 * count;
  }
}

/// The positions and references of a flight as textures, which shaders draw lines along.
class TrackTextures {
  constructor(gl, flight) {
    Object.assign(this, { gl, flight, uploaded: 0 });
    const texels = flight.capacity * flight.drones;
    this.columns = Math.min(2048, texels);
    this.lines = Math.ceil(texels / this.columns);
    [this.positions, this.references] = [X, REF].map((column) => ({
      column, texture: this.make(this.columns, this.lines),
      numbers: new Float32Array(4 * this.columns * this.lines),
    }));
    this.tints = { texture: this.make(Math.max(1, flight.drones), 1), key: '' };
  }

  make(width, height) {
    const { gl } = this;
    const texture = gl.createTexture();
    gl.bindTexture(gl.TEXTURE_2D, texture);
    gl.texStorage2D(gl.TEXTURE_2D, 1, gl.RGBA32F, width, height);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, gl.NEAREST);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MAG_FILTER, gl.NEAREST);
    return texture;
  }

  /// Brings in the instants that came since the last time.
  update() {
    const { flight } = this;
    const { rows } = flight;
    if (flight.end < this.uploaded) this.uploaded = 0;
    const from = Math.max(this.uploaded, flight.first);
    if (from >= flight.end) return;
    for (const track of [this.positions, this.references]) {
      const lines = new Set();
      for (let frame = from; frame < flight.end; frame++) {
        for (let drone = 0; drone < flight.drones; drone++) {
          const texel = (frame % flight.capacity) * flight.drones + drone;
          const place = texel * WIDTH + track.column;
          const [x, y, z] = [rows[place], rows[place + 1], rows[place + 2]];
          const isThere = Number.isFinite(x + y + z);
          track.numbers[4 * texel] = isThere ? x : 0;
          track.numbers[4 * texel + 1] = isThere ? y : 0;
          track.numbers[4 * texel + 2] = isThere ? z : 0;
          track.numbers[4 * texel + 3] = isThere ? 1 : 0;
          lines.add(Math.floor(texel / this.columns));
        }
      }
      this.upload(track, lines);
    }
    this.uploaded = flight.end;
  }

  upload({ texture, numbers }, lines) {
    const { gl, columns } = this;
    gl.bindTexture(gl.TEXTURE_2D, texture);
    const put = (line, count) => gl.texSubImage2D(
      gl.TEXTURE_2D, 0, 0, line, columns, count, gl.RGBA, gl.FLOAT, numbers, 4 * columns * line);
    if (lines.size === this.lines) put(0, this.lines);
    else for (const line of lines) put(line, 1);
  }

  /// Gives a track and the drones' colours to a program.
  bind(program, track, tints) {
    const { gl } = this;
    gl.activeTexture(gl.TEXTURE1);
    gl.bindTexture(gl.TEXTURE_2D, this.tints.texture);
    const key = tints.join();
    if (key !== this.tints.key) {
      const numbers = new Float32Array(tints.flatMap((tint) => [...tint, 1]));
      gl.texSubImage2D(gl.TEXTURE_2D, 0, 0, 0, tints.length, 1, gl.RGBA, gl.FLOAT, numbers);
      this.tints.key = key;
    }
    gl.activeTexture(gl.TEXTURE0);
    gl.bindTexture(gl.TEXTURE_2D, track.texture);
    use(gl, program, { places: 0, tints: 1 });
    gl.uniform1i(program.uniforms.places.place, 0);
    gl.uniform1i(program.uniforms.tints.place, 1);
  }
}
