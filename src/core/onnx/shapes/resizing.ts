import { attribute, has, input, ints, text } from './operator.ts';
import type { Operator, Rule, RuleTable } from './operator.ts';
import { frontAxis, MOST_SIDES, product, shaped } from './value.ts';
import type { Side } from './value.ts';

const expand: Rule = (operator) => {
  const target = input(operator, 1).values;
  const x = input(operator, 0);
  // A list of more is no shape; thousands of operators may each name the same one.
  if (target === null || target.length > MOST_SIDES || x.shape === null) return [];
  const rank = Math.max(target.length, x.shape.length);
  const sides = Array.from({ length: rank }, (_, index): Side => {
    const own = (x.shape ?? []).at(index - rank) ?? null;
    const inside = index >= rank - (x.shape?.length ?? 0);
    const wanted = index >= rank - target.length ? (target.at(index - rank) ?? 1) : 1;
    if (!inside) return wanted;
    return wanted === 1 ? own : wanted;
  });
  return [shaped(sides, x.integer)];
};

const tile: Rule = (operator) => {
  const x = input(operator, 0);
  const repeats = input(operator, 1).values;
  if (x.shape === null || repeats?.length !== x.shape.length) return [];
  return [
    shaped(
      x.shape.map((side, axis) => product([side, repeats[axis] ?? 1])),
      x.integer,
    ),
  ];
};

const pad: Rule = (operator) => {
  const x = input(operator, 0);
  const old = ints(operator, 'pads') ?? ints(operator, 'paddings');
  const pads = has(operator, 1) ? input(operator, 1).values : old;
  if (x.shape === null || pads === null || pads.length > MOST_SIDES * 2) return [];
  const rank = x.shape.length;
  const given = has(operator, 3) ? input(operator, 3).values : x.shape.map((_, axis) => axis);
  if (given?.length !== pads.length / 2) return [];
  const axes = given.map((axis) => frontAxis(axis, rank));
  return [shaped(x.shape.map((side, axis) => paddedSide(side, axes.indexOf(axis), pads)))];
};

function paddedSide(side: Side, place: number, pads: readonly number[]): Side {
  if (place < 0 || side === null) return side;
  return side + (pads[place] ?? 0) + (pads[place + pads.length / 2] ?? 0);
}

/** Resize and Upsample: sizes where they are given, otherwise ⌊side · scale⌋ of float32, as the runtime reckons it. */
const resize: Rule = (operator: Operator) => {
  const x = input(operator, 0);
  if (x.shape === null) return [];
  const { shape: sides } = x;
  const axes = ints(operator, 'axes')?.map((axis) => frontAxis(axis, sides.length)) ?? null;
  /** Where the new size of an axis is given; −1 where it stays. */
  const placeOf = (axis: number) => (axes === null ? axis : axes.indexOf(axis));
  const sizes = input(operator, 3).values;
  const target = sizes ?? resizeScales(operator);
  const policy = text(operator, 'keep_aspect_ratio_policy', 'stretch');
  if (target?.length !== (axes ?? sides).length || (sizes !== null && policy !== 'stretch')) {
    return [shaped(sides.map((side, axis) => (placeOf(axis) < 0 ? side : null)))];
  }
  return [
    shaped(
      sides.map((side, axis) => {
        const place = placeOf(axis);
        if (place < 0) return side;
        const wanted = target[place] ?? null;
        if (sizes !== null || wanted === null) return wanted;
        return side === null ? null : Math.floor(Math.fround(side * wanted));
      }),
    ),
  ];
};

/** Opset 7 has an attribute, 9 and 10 the second input, 11 and later the third. */
function resizeScales(operator: Operator): readonly number[] | null {
  const old = attribute(operator, 'scales')?.floats;
  if (old !== undefined) return old;
  const late = operator.op === 'Resize' && operator.opset >= 11;
  const { values } = input(operator, late ? 2 : 1);
  return values === null || values.length === 0 ? null : values;
}

/** Columns of blocks put back together: channels are divided by a block's places (onnx/docs/Operators.md, Col2Im). */
const columnsToImage: Rule = (operator) => {
  const [batch = null, columns = null] = input(operator, 0).shape ?? [];
  const [image, block] = [input(operator, 1).values, input(operator, 2).values];
  if (image === null || block === null) return [];
  if (image.length > MOST_SIDES || block.length > MOST_SIDES) return [];
  const places = product(block);
  return [shaped([batch, columns === null || !places ? null : columns / places, ...image])];
};

const centreCropPad: Rule = (operator) => {
  const x = input(operator, 0);
  const sizes = input(operator, 1).values;
  if (x.shape === null) return [];
  const { length: rank } = x.shape;
  const axes = (ints(operator, 'axes') ?? x.shape.map((_, axis) => axis)).map((axis) =>
    frontAxis(axis, rank),
  );
  const sides = x.shape.map((side, axis) => {
    const place = axes.indexOf(axis);
    return place < 0 ? side : (sizes?.[place] ?? null);
  });
  return [shaped(sides, x.integer)];
};

/** One place of two or three coordinates for each pixel of the wanted size. */
const affineGrid: Rule = (operator) => {
  const size = input(operator, 1).values;
  if (size === null || size.length > MOST_SIDES) return [];
  const [batch, , ...space] = size;
  return batch === undefined ? [] : [shaped([batch, ...space, space.length])];
};

/** Operators that make more or fewer elements by given sizes, repeats or scales. */
export const RESIZING_RULES: RuleTable = {
  Expand: expand,
  Tile: tile,
  Pad: pad,
  Resize: resize,
  Upsample: resize,
  Col2Im: columnsToImage,
  CenterCropPad: centreCropPad,
  AffineGrid: affineGrid,
};
