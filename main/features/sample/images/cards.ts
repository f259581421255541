import { colour } from './colour.ts';
import { centredLettering, lettering } from './lettering.ts';
import { at, circle, ground, linear, polygon, rect, times, type Scene } from './sketch.ts';

/** What is put in front of respondents: questions, coupons, posters, packs. */
export const card: Scene = (sketch) => sketch.random.pick([poster, question, coupon, pack, scale] as const)(sketch);

const words = [
  'SALE',
  'NEW',
  'HELLO',
  'THANK YOU',
  'SPRING',
  '50% OFF',
  'VOTE',
  'TASTE',
  '2 FOR 1',
  'WELCOME',
  'WHY?',
  'WIN',
] as const;

/** Big words on shapes. */
export const poster: Scene = (sketch) => {
  const { width, height, unit, random, palette, phase } = sketch;
  const back = linear(sketch, random.between(0, 180), [
    [0, palette.mid],
    [1, palette.accent],
  ]);
  const discs = times(5, (index) => {
    const sway = Math.sin((phase + index / 5) * 2 * Math.PI) * unit * 4 * (phase > 0 ? 1 : 0);
    const [x, y] = [random.next() * width, random.next() * height + sway];
    return circle(x, y, unit * random.between(8, 34), index % 2 ? palette.third : palette.light, ' opacity=".35"');
  });
  const line = {
    text: random.pick(words),
    x: width / 2,
    y: height * 0.5 - unit * 13,
    height: unit * 26,
    maxWidth: width * 0.8,
  };
  const rule = rect(
    { x: width * 0.35, y: height * 0.74, width: width * 0.3, height: unit * 2.4 },
    '#fff',
    unit * 1.2,
    ' opacity=".8"',
  );
  return back.defs + ground(sketch, back.paint) + discs + centredLettering(line, '#fff', 1) + rule;
};

/** A sheet with lines for text, as the stimulus of a survey. */
const question: Scene = (sketch) => {
  const { width, height, unit, random, palette } = sketch;
  const back = linear(sketch, 45, [
    [0, palette.light],
    [1, palette.second],
  ]);
  const sheet = { x: width * 0.14, y: height * 0.14, width: width * 0.72, height: height * 0.72 };
  const left = sheet.x + unit * 7;
  const room = sheet.width - unit * 14;
  const options = Math.max(2, Math.floor((sheet.height - unit * 24) / (unit * 9)));
  const chosen = random.below(options);
  const number = `Q${1 + random.below(40)}`;
  const rows = times(Math.min(options, 6), (row) => {
    const y = sheet.y + unit * (23 + row * 9);
    const dot = circle(
      left + unit * 2,
      y,
      unit * 2,
      row === chosen ? palette.accent : '#fff',
      ` stroke="${palette.mid}" stroke-width="${at(unit * 0.6)}"`,
    );
    return (
      dot +
      rect(
        { x: left + unit * 7, y: y - unit, width: room * random.between(0.3, 0.8), height: unit * 2 },
        '#c9cede',
        unit,
      )
    );
  });
  return (
    back.defs +
    ground(sketch, back.paint) +
    rect({ ...sheet, y: sheet.y + unit * 1.5 }, '#000', unit * 4, ' opacity=".12"') +
    rect(sheet, '#fff', unit * 4) +
    lettering({ text: number, x: left, y: sheet.y + unit * 7, height: unit * 6 }, palette.deep, 1) +
    rect(
      { x: left + unit * 22, y: sheet.y + unit * 9, width: Math.max(unit, room - unit * 24), height: unit * 2.4 },
      '#aab1c6',
      unit,
    ) +
    rows
  );
};

/** A voucher with a torn edge. */
const coupon: Scene = (sketch) => {
  const { width, height, unit, random, palette } = sketch;
  const back = colour(0.94, 0.03, palette.secondHue);
  const ticket = { x: width * 0.08, y: height * 0.2, width: width * 0.84, height: height * 0.6 };
  const bites = Math.max(4, Math.floor(ticket.height / (unit * 6)));
  const edge = times((bites + 1) * 2, (index) => {
    const x = index % 2 ? ticket.x : ticket.x + ticket.width;
    return circle(x, ticket.y + (ticket.height * Math.floor(index / 2)) / bites, unit * 1.8, back);
  });
  const value = `${random.pick(['10', '15', '20', '25', '40'] as const)}%`;
  const fold = ticket.x + ticket.width * 0.68;
  const dashes = `<path d="M${at(fold)} ${at(ticket.y)}v${at(ticket.height)}" stroke="#fff" stroke-width="${at(unit * 0.7)}" stroke-dasharray="${at(unit * 2)} ${at(unit * 2)}"/>`;
  const stripes = times(18, (index) => {
    const x = fold + unit * 4 + ((ticket.x + ticket.width - fold - unit * 9) * index) / 18;
    return rect(
      { x, y: ticket.y + ticket.height * 0.25, width: unit * random.between(0.3, 1.3), height: ticket.height * 0.5 },
      '#fff',
    );
  });
  const text = {
    text: value,
    x: ticket.x + ticket.width * 0.34,
    y: ticket.y + ticket.height * 0.28,
    height: ticket.height * 0.44,
    maxWidth: ticket.width * 0.54,
  };
  return (
    ground(sketch, back) +
    rect(ticket, palette.mid, unit * 3) +
    edge +
    dashes +
    stripes +
    centredLettering(text, '#fff', 1)
  );
};

/** A product's box on a shelf. */
const pack: Scene = (sketch) => {
  const { width, height, unit, random, palette } = sketch;
  const wall = linear(sketch, 90, [
    [0, colour(0.95, 0.02, palette.secondHue)],
    [1, colour(0.84, 0.04, palette.secondHue)],
  ]);
  const [front, tall, deep] = [unit * random.between(30, 44), unit * random.between(46, 62), unit * 12];
  const [x, y] = [width / 2 - (front + deep) / 2, height * 0.84 - tall];
  const side: [number, number][] = [
    [x + front, y],
    [x + front + deep, y - deep * 0.5],
    [x + front + deep, y + tall - deep * 0.5],
    [x + front, y + tall],
  ];
  const lid: [number, number][] = [
    [x, y],
    [x + deep, y - deep * 0.5],
    [x + front + deep, y - deep * 0.5],
    [x + front, y],
  ];
  const shelf = rect(
    { x: 0, y: height * 0.84 - deep * 0.25, width, height: height * 0.16 + deep * 0.25 },
    colour(0.72, 0.05, 70),
  );
  const name = {
    text: random.pick(['OATS', 'MINT', 'COLA', 'SOAP', 'TEA', 'COCOA', 'RICE', 'ZEST'] as const),
    x: x + front / 2,
    y: y + tall * 0.2,
    height: unit * 8,
    maxWidth: front * 0.76,
  };
  const picture =
    circle(x + front / 2, y + tall * 0.62, front * 0.26, palette.third) +
    circle(x + front * 0.57, y + tall * 0.58, front * 0.17, palette.accent);
  return (
    wall.defs +
    ground(sketch, wall.paint) +
    shelf +
    polygon(side, palette.deep) +
    polygon(lid, palette.light) +
    rect({ x, y, width: front, height: tall }, palette.mid) +
    centredLettering(name, '#fff', 1) +
    picture
  );
};

/** Stars to rate with, or the eleven steps of a recommendation. */
const scale: Scene = (sketch) => {
  const { width, height, unit, random, palette } = sketch;
  const count = random.chance(0.5) ? 5 : 11;
  const chosen = 1 + random.below(count);
  const pitch = (width * 0.84) / count;
  const steps = times(count, (index) => {
    const x = width * 0.08 + pitch * (index + 0.5);
    const paint = index < chosen ? colour(0.78, 0.16, 30 + (index / count) * 110) : '#dfe3ee';
    if (count === 5) return polygon(star(x, height * 0.55, pitch * 0.42), index < chosen ? '#f5b83d' : '#dfe3ee');
    const box = { x: x - pitch * 0.42, y: height * 0.46, width: pitch * 0.84, height: pitch * 1.1 };
    return (
      rect(box, paint, pitch * 0.16) +
      centredLettering(
        { text: String(index), x, y: height * 0.46 + pitch * 0.33, height: pitch * 0.44, maxWidth: pitch * 0.6 },
        '#fff',
        1,
      )
    );
  });
  const line = rect(
    { x: width * 0.08, y: height * 0.26, width: width * 0.6, height: unit * 3 },
    palette.ink,
    unit * 1.5,
  );
  const second = rect(
    { x: width * 0.08, y: height * 0.26 + unit * 6, width: width * 0.38, height: unit * 2 },
    '#c9cede',
    unit,
  );
  return ground(sketch, palette.paper) + line + second + steps;
};

function star(x: number, y: number, radius: number): [number, number][] {
  return Array.from({ length: 10 }, (_, corner) => {
    const far = corner % 2 === 0 ? radius : radius * 0.45;
    const angle = (corner * Math.PI) / 5 - Math.PI / 2;
    return [x + Math.cos(angle) * far, y + Math.sin(angle) * far];
  });
}
