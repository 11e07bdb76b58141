import { aborted, type Native, nativesOf } from '../runtime';
import { asInteger, asReference, asVector } from '../values';

const E_INDEX_OUT_OF_BOUNDS = 1n;

/** Moves `length` elements at `start` of one vector to `place` in another (natives/vector.rs). */
const moveRange: Native = ({ args: [from, start, length, to, place] }) => {
  const [source, destination] = [asReference(from), asReference(to)];
  const [taken, given] = [asVector(source.get()), asVector(destination.get())];
  const [first, count, target] = [asInteger(start), asInteger(length), asInteger(place)];
  if (BigInt(first) + BigInt(count) > BigInt(taken.length) || target > given.length)
    throw aborted(E_INDEX_OUT_OF_BOUNDS);
  const moved = taken.remove(Number(first), Number(count));
  given.insert(Number(target), moved);
  source.touch();
  destination.touch();
  return [];
};

export const VECTOR = nativesOf('0x1::vector', { move_range: moveRange });
