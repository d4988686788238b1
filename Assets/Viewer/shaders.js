const SOLID_VERTEX = `#version 300 es
in vec3 corner; in vec3 normal; in vec2 kind;
in vec3 place; in vec4 attitude; in vec4 tint; in vec4 phase;
uniform mat4 view; uniform vec4 hubs[4]; uniform float isShadow; uniform float size;
uniform vec3 dark;
out vec3 facing; out vec4 color; out vec3 spot;
vec3 turned(vec4 q, vec3 v) { return v + 2.0 * cross(q.xyz, cross(q.xyz, v) + q.w * v); }
void main() {
  vec3 p = corner * size, n = normal;
  if (kind.x >= 0.0) {
    int rotor = int(kind.x);
    float a = phase[rotor] * hubs[rotor].w;
    mat2 spin = mat2(cos(a), sin(a), -sin(a), cos(a));
    p.xy = spin * p.xy; n.xy = spin * n.xy;
    p += hubs[rotor].xyz;
  }
  spot = turned(attitude, p) + place;
  if (isShadow > 0.5) spot.z = 0.001;
  facing = turned(attitude, n);
  color = tint;
  if (kind.y > 0.0) color.rgb = mix(tint.rgb, dark, kind.y);
  if (kind.y < 0.0) color.rgb = vec3(0.96);
  gl_Position = view * vec4(spot, 1.0);
}`;

const SOLID_FRAGMENT = `#version 300 es
precision highp float;
in vec3 facing; in vec4 color; in vec3 spot;
uniform vec3 eye; uniform float isShadow; uniform float isFlat;
out vec4 pixel;
void main() {
  if (isShadow > 0.5) { pixel = vec4(0.0, 0.0, 0.0, 0.22); return; }
  if (isFlat > 0.5) { pixel = vec4(color.rgb * color.a, color.a); return; }
  vec3 n = normalize(facing);
  if (dot(n, eye - spot) < 0.0) n = -n;
  float sun = max(dot(n, normalize(vec3(0.35, -0.5, 0.85))), 0.0);
  float sky = 0.5 + 0.5 * n.z;
  pixel = vec4(color.rgb * (0.38 + 0.22 * sky + 0.5 * sun) * color.a, color.a);
}`;

// Lines of a width in pixels along rows of a texture: one instance a drone and stretch.
const LINE_VERTEX = `#version 300 es
in vec2 corner;
uniform sampler2D places; uniform sampler2D tints;
uniform mat4 view; uniform vec2 viewport; uniform float width;
uniform int first; uniform int last; uniform int stride; uniform int stretches; uniform int drones;
uniform int capacity; uniform float fades; uniform int followed;
out vec4 color; out float along;
vec4 place(int frame, int drone) {
  int index = (min(frame, last) % capacity) * drones + drone;
  int columns = textureSize(places, 0).x;
  return texelFetch(places, ivec2(index % columns, index / columns), 0);
}
void main() {
  int drone = gl_InstanceID / stretches, k = gl_InstanceID % stretches;
  int frame = first + k * stride;
  vec4 from = place(frame, drone), to = place(frame + stride, drone);
  gl_Position = vec4(2.0, 2.0, 2.0, 1.0);
  if (from.w * to.w == 0.0) return;
  vec4 a = view * vec4(from.xyz, 1.0), b = view * vec4(to.xyz, 1.0);
  float near = 0.005;
  if (a.w < near && b.w < near) return;
  if (a.w < near) a = mix(b, a, (b.w - near) / (b.w - a.w));
  if (b.w < near) b = mix(a, b, (a.w - near) / (a.w - b.w));
  vec2 way = (b.xy / b.w - a.xy / a.w) * viewport;
  way = length(way) > 1e-6 ? normalize(way) : vec2(1.0, 0.0);
  vec4 end = corner.x < 0.5 ? a : b;
  float wide = drone == followed ? 1.6 * width : width;
  vec2 shift = vec2(-way.y, way.x) * corner.y;
  end.xy += shift * wide / viewport * end.w;
  gl_Position = end;
  float share = float(k) / float(stretches);
  color = vec4(texelFetch(tints, ivec2(drone, 0), 0).rgb, mix(1.0, share * share, fades));
  along = float(frame) + corner.x * float(stride);
}`;

const LINE_FRAGMENT = `#version 300 es
precision highp float;
in vec4 color; in float along;
uniform float dash; uniform float opacity;
out vec4 pixel;
void main() {
  if (dash > 0.0 && fract(along / dash) > 0.55) discard;
  pixel = vec4(color.rgb, 1.0) * color.a * opacity;
}`;

const FLOOR_VERTEX = `#version 300 es
in vec2 corner;
uniform mat4 view; uniform vec2 middle; uniform float reach;
out vec2 spot;
void main() {
  spot = middle + corner * reach;
  gl_Position = view * vec4(spot, 0.0, 1.0);
}`;

// A mark every tenth, whole and tenth meter, the closer the finer.
const FLOOR_FRAGMENT = `#version 300 es
precision highp float;
in vec2 spot;
uniform vec2 middle; uniform float reach; uniform float span; uniform vec3 ground; uniform vec3 ink;
out vec4 pixel;
float lines(float spacing) {
  vec2 s = spot / spacing;
  vec2 width = fwidth(s);
  vec2 near = abs(fract(s - 0.5) - 0.5) / width;
  float fine = 1.0 - smoothstep(0.2, 0.5, max(width.x, width.y));
  return (1.0 - clamp(min(near.x, near.y), 0.0, 1.0)) * fine;
}
void main() {
  float fade = 1.0 - smoothstep(0.25, 1.0, length(spot - middle) / reach);
  float amount = max(0.2 * lines(span), 0.5 * lines(10.0 * span));
  pixel = vec4(mix(ground, ink, amount * fade), 1.0);
}`;
